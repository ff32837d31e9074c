// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import static java.util.Objects.requireNonNull;

import dev.switchback.diff.Level;
import dev.switchback.diff.Place;
import dev.switchback.diff.PropertyKind;
import dev.switchback.model.ComponentKey;
import java.util.Arrays;
import java.util.Optional;

/**
 * Places as text for command lines and documents: {@code property:component:item}, such as {@code
 * env:web:DB_HOST}, {@code image:web:} or {@code config-item::database/host}.
 *
 * <p>A component as a whole is {@code component:web:}. The component is empty for what belongs to
 * the app. A colon or percent sign in a component's key is written {@code %3A} or {@code %25}; the
 * item is everything after the second colon.
 */
public final class PlaceText {

  private PlaceText() {}

  /** Returns the text of {@code place}, as {@link #parse} reads it. */
  public static String of(Place place) {
    String component = place.component().map(ComponentKey::value).orElse("");
    return place.property().code()
        + ":"
        + component.replace("%", "%25").replace(":", "%3A")
        + ":"
        + place.item();
  }

  /** Reads a place if the text is one. */
  static Optional<Place> find(String text) {
    try {
      return Optional.of(parse(text));
    } catch (IllegalArgumentException notPlace) {
      return Optional.empty();
    }
  }

  /**
   * Reads a place.
   *
   * @throws IllegalArgumentException if the text has fewer than two colons, there is no such
   *     property, or a component is missing or too much
   */
  public static Place parse(String text) {
    String[] parts = requireNonNull(text, "text").split(":", 3);
    if (parts.length < 3) {
      throw new IllegalArgumentException(
          "Invalid item '" + text + "': write property:component:item, as in env:web:DB_HOST");
    }
    PropertyKind property = Arrays.stream(PropertyKind.values())
        .filter(kind -> kind.code().equals(parts[0]))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(
            "Invalid item '" + text + "': there is no property '" + parts[0] + "'"));
    String component = parts[1].replace("%3A", ":").replace("%25", "%");
    if ((property.level() == Level.COMPONENT) == component.isEmpty()) {
      throw new IllegalArgumentException("Invalid item '"
          + text
          + "': "
          + property.code()
          + (component.isEmpty() ? " belongs to a component" : " belongs to the app"));
    }
    if (property == PropertyKind.COMPONENT) {
      return Place.of(new ComponentKey(component));
    }
    return component.isEmpty()
        ? Place.ofApp(property, parts[2])
        : Place.of(new ComponentKey(component), property, parts[2]);
  }
}

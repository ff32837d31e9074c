// SPDX-License-Identifier: Apache-2.0
package dev.switchback.diff;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.Keyed;
import dev.switchback.model.Setting;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Replaces texts wherever a spec sets one that something at run time reads: env and connection values,
 * config files and items, commands, manifests. Kinds of property that cost nothing to change are left
 * alone, and so are marks for generated secrets. A secret stays one.
 */
public final class ItemTexts {

  private ItemTexts() {}

  /**
   * Replaces the texts of a spec.
   *
   * @param replacement given the place and a text of the item there, the text to have instead
   * @return the spec; the same value if nothing was replaced
   */
  public static AppSpec replace(AppSpec spec, BiFunction<Place, String, String> replacement) {
    requireNonNull(replacement, "replacement");
    SpecEditor editor = SpecEditor.of(spec);
    boolean any = false;
    for (PropertyKind kind : PropertyKind.ofApp()) {
      if (canHoldTexts(kind)) {
        for (Keyed.Item item : kind.items(spec)) {
          any |= replace(editor, Place.ofApp(kind, item.key()), item, replacement);
        }
      }
    }
    for (Component component : spec.components()) {
      for (PropertyKind kind : PropertyKind.ofComponent()) {
        if (canHoldTexts(kind)) {
          for (Keyed.Item item : kind.items(component)) {
            any |= replace(editor, Place.of(component.id(), kind, item.key()), item, replacement);
          }
        }
      }
    }
    return any ? editor.finish() : spec;
  }

  private static boolean canHoldTexts(PropertyKind kind) {
    return kind.cost() != Cost.NOTHING
        && (kind.itemType() == Scalar.class || Items.canHoldSettings(kind.itemType()));
  }

  private static boolean replace(
      SpecEditor editor,
      Place place,
      Keyed.Item item,
      BiFunction<Place, String, String> replacement) {
    Keyed.Item replaced = replaced(item, text -> replacement.apply(place, text));
    if (replaced.equals(item)) {
      return false;
    }
    editor.put(place, replaced);
    return true;
  }

  private static Keyed.Item replaced(Keyed.Item item, UnaryOperator<String> replacement) {
    if (item instanceof Scalar scalar) {
      return scalar.value() instanceof String text ? new Scalar(replacement.apply(text)) : scalar;
    }
    if (!Items.canHoldSettings(item.getClass())) {
      return item;
    }
    List<RecordComponent> fields = RecordFields.of(item.getClass());
    @Nullable Object[] values = new @Nullable Object[fields.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(RecordFields.read(fields.get(i), item), replacement);
    }
    return RecordFields.make(item.getClass(), values);
  }

  private static @Nullable Object value(@Nullable Object value, UnaryOperator<String> replacement) {
    if (value instanceof Setting setting) {
      return switch (setting.kind()) {
        case PLAIN -> Setting.plain(replacement.apply(setting.reveal()));
        case SECRET -> Setting.secret(replacement.apply(setting.reveal()));
        case GENERATED -> setting;
      };
    }
    if (value instanceof Keyed<?> items) {
      List<Keyed.Item> result = new ArrayList<>(items.size());
      for (Keyed.Item item : items) {
        result.add(replaced(item, replacement));
      }
      return Keyed.copyOf(result);
    }
    return value;
  }
}

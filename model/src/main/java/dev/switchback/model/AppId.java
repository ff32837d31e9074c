// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.internal.Check;
import java.util.regex.Pattern;

/**
 * Names an app, one installed template, at a site.
 *
 * <p>Backends put it into labels and network names, so its alphabet is the one that all of them
 * accept.
 *
 * @param value 1 to 63 characters of {@code A-Z a-z 0-9 . _ -}, the first a letter or digit
 */
public record AppId(String value) implements Comparable<AppId> {

  private static final Pattern ACCEPTED = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

  /**
   * Checks the id.
   *
   * @throws IllegalArgumentException if the text does not have the shape above
   */
  public AppId {
    requireNonNull(value, "value");
    if (!ACCEPTED.matcher(value).matches()) {
      throw new IllegalArgumentException("Invalid app id '" + Check.shorten(value)
          + "': use 1 to 63 characters of A-Z a-z 0-9 . _ -, the first a letter or digit");
    }
  }

  @Override
  public int compareTo(AppId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}

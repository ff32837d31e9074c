// SPDX-License-Identifier: Apache-2.0
package dev.switchback.diff;

import static java.util.Objects.requireNonNull;

/**
 * One item inside a component that comes or goes as a whole, as text without secrets.
 *
 * @param property the kind of property
 * @param item the key of the item; empty for an only child
 * @param value what it is; empty if its key says it all; long texts are cut, with their length behind
 */
public record ContentItem(PropertyKind property, String item, String value) {

  /** Checks that nothing is missing. */
  public ContentItem {
    requireNonNull(property, "property");
    requireNonNull(item, "item");
    requireNonNull(value, "value");
  }
}

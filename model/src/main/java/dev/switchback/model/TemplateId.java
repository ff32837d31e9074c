// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model;

import dev.switchback.model.internal.Check;

/**
 * Names a template, the product a vendor publishes. RAM calls it {@code group_key}.
 *
 * @param value the id: 1 to 200 characters, not blank, no control characters; case matters
 */
public record TemplateId(String value) implements Comparable<TemplateId> {

  /**
   * Checks the id.
   *
   * @throws IllegalArgumentException if the text is blank, too long or has control characters
   */
  public TemplateId {
    Check.id(value, "template id", 200);
  }

  @Override
  public int compareTo(TemplateId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}

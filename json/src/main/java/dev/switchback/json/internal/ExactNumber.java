// SPDX-License-Identifier: Apache-2.0
package dev.switchback.json.internal;

import com.fasterxml.jackson.databind.node.DecimalNode;
import java.math.BigDecimal;

/** A number that is written as it was read: {@code 1.50}, {@code 1e3} and {@code -0} stay so. */
final class ExactNumber extends DecimalNode {

  private static final long serialVersionUID = 1L;

  private final String text;

  ExactNumber(String text) {
    super(new BigDecimal(text));
    this.text = text;
  }

  @Override
  public String asText() {
    return text;
  }

  /** Compares by value, as other numbers do, so that 1.50 is 1.5. */
  @Override
  public boolean equals(Object other) {
    return super.equals(other);
  }

  @Override
  public int hashCode() {
    return super.hashCode();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.switchback.json.internal;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Prints a double as ECMAScript does: the fewest digits that read back as the same double, and of
 * those the closest. {@link Double#toString(double)} of Java 17 sometimes prints more.
 *
 * <p>Source: RFC 8785 section 3.2.2.3; ECMA-262, Number::toString.
 */
final class EcmaNumber {

  private static final int MAX_DIGITS = 17;
  private static final double EXACT_INTEGERS = 1L << 53;

  private EcmaNumber() {}

  /** Returns the text of a finite {@code value}; zero of either sign is {@code 0}. */
  static String text(double value) {
    if (value == Math.rint(value) && Math.abs(value) <= EXACT_INTEGERS) {
      return Long.toString((long) value);
    }
    BigDecimal shortest = shortest(Math.abs(value));
    String digits = shortest.unscaledValue().toString();
    int point = digits.length() - shortest.scale();
    return (value < 0 ? "-" : "") + layOut(digits, point);
  }

  private static BigDecimal shortest(double value) {
    BigDecimal all = new BigDecimal(value);
    for (int digits = 1; digits < MAX_DIGITS; digits++) {
      BigDecimal below = all.round(new MathContext(digits, RoundingMode.FLOOR));
      BigDecimal above = all.round(new MathContext(digits, RoundingMode.CEILING));
      boolean belowHolds = below.doubleValue() == value;
      boolean aboveHolds = above.doubleValue() == value;
      if (belowHolds || aboveHolds) {
        boolean takeBelow = belowHolds && (!aboveHolds || isCloser(below, above, all));
        return (takeBelow ? below : above).stripTrailingZeros();
      }
    }
    return all.round(new MathContext(MAX_DIGITS, RoundingMode.HALF_EVEN)).stripTrailingZeros();
  }

  /** Tells whether {@code below} is closer to {@code value}, or as close and even. */
  private static boolean isCloser(BigDecimal below, BigDecimal above, BigDecimal value) {
    int order = value.subtract(below).compareTo(above.subtract(value));
    return order < 0 || (order == 0 && !below.unscaledValue().testBit(0));
  }

  /** Places {@code digits} with the decimal point after the first {@code point} of them. */
  private static String layOut(String digits, int point) {
    int count = digits.length();
    if (count <= point && point <= 21) {
      return digits + "0".repeat(point - count);
    }
    if (0 < point && point <= 21) {
      return digits.substring(0, point) + "." + digits.substring(point);
    }
    if (-6 < point && point <= 0) {
      return "0." + "0".repeat(-point) + digits;
    }
    int exponent = point - 1;
    return digits.charAt(0)
        + (count == 1 ? "" : "." + digits.substring(1))
        + (exponent < 0 ? "e-" : "e+")
        + Math.abs(exponent);
  }
}

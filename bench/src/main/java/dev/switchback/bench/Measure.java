// SPDX-License-Identifier: Apache-2.0
package dev.switchback.bench;

import java.util.Locale;

/**
 * A measured value and half the width of its 99.9 % confidence interval.
 *
 * @param value the mean
 * @param error the half width; {@code NaN} if there are too few samples to tell
 */
public record Measure(double value, double error) {

  public static final double CONFIDENCE = 0.999;

  Measure plus(Measure other) {
    return new Measure(value + other.value, Math.hypot(error, other.error));
  }

  Measure times(double factor) {
    return new Measure(value * factor, error * factor);
  }

  /** Divides; the relative errors of independent values add up as the sides of a right angle. */
  Measure per(Measure other) {
    double ratio = value / other.value;
    return new Measure(ratio, ratio * Math.hypot(error / value, other.error / other.value));
  }

  /** Returns both in three digits, such as {@code 0.912 ± 0.034}. */
  @Override
  public String toString() {
    return digits(value) + (Double.isNaN(error) ? "" : " ± " + digits(error));
  }

  private static String digits(double number) {
    if (number == 0) {
      return "0";
    }
    int places = Math.max(0, 2 - (int) Math.floor(Math.log10(Math.abs(number))));
    return String.format(Locale.ROOT, "%." + Math.min(places, 6) + "f", number);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.faults;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which calls go wrong, and how.
 *
 * @param faults the faults by the number of the call, counted from 1
 */
public record FaultPlan(SortedMap<Integer, Fault> faults) {

  /**
   * Copies the faults.
   *
   * @throws IllegalArgumentException if a number is less than 1
   */
  public FaultPlan {
    faults = Collections.unmodifiableSortedMap(new TreeMap<>(faults));
    if (!faults.isEmpty() && faults.firstKey() < 1) {
      throw new IllegalArgumentException(
          "Invalid call number: " + faults.firstKey() + ", calls are counted from 1");
    }
  }

  /** Returns the plan by which nothing goes wrong. */
  public static FaultPlan none() {
    return new FaultPlan(new TreeMap<>());
  }

  /** Returns the plan by which call {@code number} goes wrong as {@code fault} says. */
  public static FaultPlan at(int number, Fault fault) {
    return none().and(number, fault);
  }

  /** Returns this plan with one more fault; it takes the place of one at the same call. */
  public FaultPlan and(int number, Fault fault) {
    SortedMap<Integer, Fault> more = new TreeMap<>(faults);
    more.put(number, requireNonNull(fault, "fault"));
    return new FaultPlan(more);
  }

  /** Returns what goes wrong with call {@code number}. */
  public Optional<Fault> find(int number) {
    return Optional.ofNullable(faults.get(number));
  }
}

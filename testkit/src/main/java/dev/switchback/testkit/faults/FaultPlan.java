// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.faults;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Which calls go wrong, and how. Its text, such as {@code 3:CRASH_AFTER 17:DELAY}, can be {@linkplain
 * #parse read}: what a test prints when it fails is what replays it.
 *
 * @param faults the faults by the number of the call, counted from 1
 */
public record FaultPlan(SortedMap<Integer, Fault> faults) {

  private static final String NONE = "none";

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

  /**
   * Draws a plan: each of the first {@code calls} calls goes wrong with {@code probability}, in one of
   * the ways in {@code faults}. The same draws of {@code random} give the same plan.
   *
   * @throws IllegalArgumentException if the probability is not between 0 and 1, or there are no faults
   */
  public static FaultPlan random(
      RandomGenerator random, int calls, double probability, Collection<Fault> faults) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException(
          "Invalid probability: " + probability + " is not between 0 and 1");
    }
    if (faults.isEmpty()) {
      throw new IllegalArgumentException("Invalid faults: there are none to draw from");
    }
    List<Fault> choice = List.copyOf(new TreeSet<>(faults));
    SortedMap<Integer, Fault> drawn = new TreeMap<>();
    for (int number = 1; number <= calls; number++) {
      if (random.nextDouble() < probability) {
        drawn.put(number, choice.get(random.nextInt(choice.size())));
      }
    }
    return new FaultPlan(drawn);
  }

  /**
   * Reads the text of a plan.
   *
   * @throws IllegalArgumentException if it is no such text
   */
  public static FaultPlan parse(String text) {
    SortedMap<Integer, Fault> faults = new TreeMap<>();
    if (!text.equals(NONE)) {
      for (String part : text.strip().split("\\s+", -1)) {
        int colon = part.indexOf(':');
        try {
          faults.put(
              Integer.valueOf(part.substring(0, Math.max(colon, 0))),
              Fault.valueOf(part.substring(colon + 1).toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
          throw new IllegalArgumentException(
              "Invalid fault '" + part + "': expected number:FAULT, such as 3:CRASH_AFTER", e);
        }
      }
    }
    return new FaultPlan(faults);
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

  /** Returns the text that {@link #parse} reads. */
  @Override
  public String toString() {
    return faults.isEmpty()
        ? NONE
        : faults.entrySet().stream()
            .map(entry -> entry.getKey() + ":" + entry.getValue())
            .collect(Collectors.joining(" "));
  }
}

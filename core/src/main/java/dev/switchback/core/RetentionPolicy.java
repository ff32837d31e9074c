// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What is kept because it is recent: the latest few of a kind, and whatever is younger than an age. It
 * takes both to go, being too many and being too old. What is needed is kept in any case, and records
 * and the entries of {@link Audit} are never let go of.
 */
public final class RetentionPolicy {

  private final int revisions;
  private final int builds;
  private final int operations;
  private final Duration age;
  private final Duration grace;

  private RetentionPolicy(Builder builder) {
    this.revisions = builder.revisions;
    this.builds = builder.builds;
    this.operations = builder.operations;
    this.age = builder.age;
    this.grace = builder.grace;
  }

  /** Starts the default policy. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Returns the default policy: the latest 10 revisions of each app, 10 builds of each component and
   * 50 operations of each app, whatever is younger than 30 days, and a day of grace for blobs.
   */
  public static RetentionPolicy defaults() {
    return builder().build();
  }

  /** Returns how many revisions of an app are kept, the present one included. */
  public int revisions() {
    return revisions;
  }

  /** Returns how many builds of a component are kept, and how many successful ones. */
  public int builds() {
    return builds;
  }

  /** Returns of how many operations of an app journal and plan are kept. */
  public int operations() {
    return operations;
  }

  /**
   * Returns how old something has to be to go. A revision counts from when another took its place, a
   * journal from when its operation ended, a build from when it was reported.
   */
  public Duration age() {
    return age;
  }

  /** Returns how long a blob that nothing needs has to have lain untouched to go. */
  public Duration grace() {
    return grace;
  }

  /** Collects a policy; everything not set keeps its default. */
  public static final class Builder {

    private int revisions = 10;
    private int builds = 10;
    private int operations = 50;
    private Duration age = Duration.ofDays(30);
    private Duration grace = Duration.ofDays(1);

    private Builder() {}

    /**
     * Sets how many revisions of an app are kept, the present one included.
     *
     * @throws IllegalArgumentException if it is less than one
     */
    public Builder revisions(int revisions) {
      this.revisions = atLeast(1, revisions, "revisions");
      return this;
    }

    /**
     * Sets how many builds of a component are kept, and how many successful ones.
     *
     * @throws IllegalArgumentException if it is less than one
     */
    public Builder builds(int builds) {
      this.builds = atLeast(1, builds, "builds");
      return this;
    }

    /**
     * Sets of how many operations of an app journal and plan are kept.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Builder operations(int operations) {
      this.operations = atLeast(0, operations, "operations");
      return this;
    }

    /**
     * Sets how old something has to be to go.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Builder age(Duration age) {
      this.age = notNegative(age, "age");
      return this;
    }

    /**
     * Sets how long a blob that nothing needs has to have lain untouched to go. It protects what an
     * import or an operation has brought in and not finished with: make it longer than either takes.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Builder grace(Duration grace) {
      this.grace = notNegative(grace, "grace");
      return this;
    }

    /** Returns the finished policy. */
    public RetentionPolicy build() {
      return new RetentionPolicy(this);
    }

    private static int atLeast(int least, int number, String what) {
      if (number < least) {
        throw new IllegalArgumentException(
            "Invalid number of " + what + " to keep: " + number + " is less than " + least);
      }
      return number;
    }

    private static Duration notNegative(Duration duration, String what) {
      if (requireNonNull(duration, what).isNegative()) {
        throw new IllegalArgumentException("Invalid " + what + ": " + duration + " is negative");
      }
      return duration;
    }
  }
}

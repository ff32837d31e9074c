// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/** How a plan is executed. */
public final class ExecutionOptions {

  /** What to do when a step fails. */
  public enum OnFailure {
    /** Begin no further step; what is done stays, and the record says so. */
    STOP,
    /** Go on with the steps that do not need the failed one; what is done stays. */
    CONTINUE,
    /** Take back what this operation did, so that the app is as before. */
    ROLL_BACK
  }

  private final String actor;
  private final String reason;
  private final OnFailure onFailure;
  private final Duration healthDeadline;
  private final Duration healthInterval;
  private final int healthyInARow;
  private final ProgressListener listener;

  private ExecutionOptions(Builder builder) {
    this.actor = builder.actor;
    this.reason = builder.reason;
    this.onFailure = builder.onFailure;
    this.healthDeadline = builder.healthDeadline;
    this.healthInterval = builder.healthInterval;
    this.healthyInARow = builder.healthyInARow;
    this.listener = builder.listener;
  }

  /** Starts the default options. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Returns the default options: stop on failure, five minutes for a wave to become healthy, two good
   * looks in a row, a second apart.
   */
  public static ExecutionOptions defaults() {
    return builder().build();
  }

  /** Returns who executes the plan; may be empty. */
  public String actor() {
    return actor;
  }

  /** Returns why, in the words of the actor; may be empty. */
  public String reason() {
    return reason;
  }

  /** Returns what to do when a step fails. */
  public OnFailure onFailure() {
    return onFailure;
  }

  /** Returns how long the components of one wave may take to become healthy. */
  public Duration healthDeadline() {
    return healthDeadline;
  }

  /** Returns how long to wait between two looks at health. */
  public Duration healthInterval() {
    return healthInterval;
  }

  /** Returns how many good looks in a row make a component healthy. */
  public int healthyInARow() {
    return healthyInARow;
  }

  /** Returns who is told of progress. */
  public ProgressListener listener() {
    return listener;
  }

  /** Collects options; everything not set keeps its default. */
  public static final class Builder {

    private String actor = "";
    private String reason = "";
    private OnFailure onFailure = OnFailure.STOP;
    private Duration healthDeadline = Duration.ofMinutes(5);
    private Duration healthInterval = Duration.ofSeconds(1);
    private int healthyInARow = 2;
    private ProgressListener listener = event -> {};

    private Builder() {}

    /** Says who executes the plan. */
    public Builder actor(String actor) {
      this.actor = requireNonNull(actor, "actor");
      return this;
    }

    /** Says why. */
    public Builder reason(String reason) {
      this.reason = requireNonNull(reason, "reason");
      return this;
    }

    /** Says what to do when a step fails. */
    public Builder onFailure(OnFailure onFailure) {
      this.onFailure = requireNonNull(onFailure, "onFailure");
      return this;
    }

    /**
     * Sets how long the components of one wave may take to become healthy.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder healthDeadline(Duration healthDeadline) {
      this.healthDeadline = positive(healthDeadline, "health deadline");
      return this;
    }

    /**
     * Sets how long to wait between two looks at health.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder healthInterval(Duration healthInterval) {
      this.healthInterval = positive(healthInterval, "health interval");
      return this;
    }

    /**
     * Sets how many good looks in a row make a component healthy.
     *
     * @throws IllegalArgumentException if it is less than one
     */
    public Builder healthyInARow(int healthyInARow) {
      if (healthyInARow < 1) {
        throw new IllegalArgumentException(
            "Invalid number of good looks in a row: " + healthyInARow + " is less than 1");
      }
      this.healthyInARow = healthyInARow;
      return this;
    }

    /** Says who is told of progress, in order, on the thread that executes. */
    public Builder listener(ProgressListener listener) {
      this.listener = requireNonNull(listener, "listener");
      return this;
    }

    /** Returns the finished options. */
    public ExecutionOptions build() {
      return new ExecutionOptions(this);
    }

    private static Duration positive(Duration duration, String what) {
      if (duration.isNegative() || duration.isZero()) {
        throw new IllegalArgumentException(
            "Invalid " + what + ": " + duration + " is not positive");
      }
      return duration;
    }
  }
}

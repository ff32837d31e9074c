// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.app.OnFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** How a plan is executed. */
public final class ExecutionOptions {

  private final String actor;
  private final String reason;
  private final OnFailure onFailure;
  private final boolean holdsVersion;
  private final Duration healthDeadline;
  private final Duration healthInterval;
  private final int healthyInARow;
  private final ProgressListener listener;
  private final @Nullable Executor executor;
  private final int maxParallel;
  private final @Nullable Duration deadline;

  private ExecutionOptions(Builder builder) {
    this.actor = builder.actor;
    this.reason = builder.reason;
    this.onFailure = builder.onFailure;
    this.holdsVersion = builder.holdsVersion;
    this.healthDeadline = builder.healthDeadline;
    this.healthInterval = builder.healthInterval;
    this.healthyInARow = builder.healthyInARow;
    this.listener = builder.listener;
    this.executor = builder.executor;
    this.maxParallel = builder.maxParallel;
    this.deadline = builder.deadline;
  }

  /** Starts the default options. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Returns the default options: stop on failure, five minutes for a component to become healthy, two
   * good looks in a row, a second apart.
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

  /** Tells whether a rollback holds the version that it leaves. */
  public boolean holdsVersion() {
    return holdsVersion;
  }

  /** Returns how long a component may take to become healthy. */
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

  /** Returns who lends threads to the operation; empty if it runs on one thread. */
  public Optional<Executor> executor() {
    return Optional.ofNullable(executor);
  }

  /** Returns how many components of one wave may be on their way at a time. */
  public int maxParallel() {
    return maxParallel;
  }

  /** Returns how long the whole operation may take; empty for as long as it takes. */
  public Optional<Duration> deadline() {
    return Optional.ofNullable(deadline);
  }

  /** Collects options; everything not set keeps its default. */
  public static final class Builder {

    private String actor = "";
    private String reason = "";
    private OnFailure onFailure = OnFailure.STOP;
    private boolean holdsVersion = false;
    private Duration healthDeadline = Duration.ofMinutes(5);
    private Duration healthInterval = Duration.ofSeconds(1);
    private int healthyInARow = 2;
    private ProgressListener listener = event -> {};
    private @Nullable Executor executor;
    private int maxParallel = 16;
    private @Nullable Duration deadline;

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
     * Makes a rollback hold the version that it leaves, so that nobody upgrades to it again until it
     * is {@linkplain Audit#releaseVersion released}. It is held from before the first change, however
     * the rollback ends. Other operations are not affected.
     */
    public Builder holdVersion() {
      this.holdsVersion = true;
      return this;
    }

    /**
     * Sets how long a component may take to become healthy, from when the backend took its change.
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

    /**
     * Lends threads to the operation: calls to the backend for components of one wave run on them and
     * on the thread that executes. A pool of any size will do; none of its threads is ever waited for
     * before it has begun. By default an operation makes one call after the other.
     */
    public Builder executor(Executor executor) {
      this.executor = requireNonNull(executor, "executor");
      return this;
    }

    /**
     * Sets how many components of one wave may be on their way at a time, from the call to the backend
     * until they are first seen healthy.
     *
     * @throws IllegalArgumentException if it is less than one
     */
    public Builder maxParallel(int maxParallel) {
      if (maxParallel < 1) {
        throw new IllegalArgumentException(
            "Invalid number of components at a time: " + maxParallel + " is less than 1");
      }
      this.maxParallel = maxParallel;
      return this;
    }

    /**
     * Sets how long the whole operation may take, from now or from when it is resumed. Reaching it is a
     * failure, after which no step is begun; taking back, if that is wanted, is not bound by it.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder deadline(Duration deadline) {
      this.deadline = positive(deadline, "deadline");
      return this;
    }

    /** Says who is told of progress, one event after the other, in order. */
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

// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Digest;
import dev.switchback.model.Obstacle;
import dev.switchback.model.VersionRef;
import dev.switchback.model.app.FollowUp;
import dev.switchback.model.app.OperationKind;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an operation will do, decided before anything happens: every difference with a decision, the
 * steps in order, what stays to be done by hand, and every reason why it cannot run.
 *
 * <p>A plan holds no secret and can be shown, saved and mailed. It is bound to the state it was
 * made from; the same inputs give the same plan, whatever their order.
 */
public final class Plan {

  private final OperationKind operation;
  private final AppId app;
  private final PlanRequest request;
  private final long baseGeneration;
  private final @Nullable Digest baseDigest;
  private final @Nullable VersionRef from;
  private final @Nullable VersionRef to;
  private final @Nullable Digest toDigest;
  private final int maxParallel;
  private final List<Decision> decisions;
  private final List<Wave> waves;
  private final List<FollowUp> followUps;
  private final List<Obstacle> obstacles;
  private final List<Warning> warnings;
  private final List<Artifact> artifacts;
  private final SortedMap<ComponentKey, String> componentNames;
  private final boolean recordOnly;
  private final Instant createdAt;
  private final Instant expiresAt;

  private Plan(Builder builder) {
    this.operation = builder.operation;
    this.app = builder.app;
    this.request = builder.request;
    this.baseGeneration = builder.baseGeneration;
    this.baseDigest = builder.baseDigest;
    this.from = builder.from;
    this.to = builder.to;
    this.toDigest = builder.toDigest;
    this.maxParallel = builder.maxParallel;
    this.decisions = builder.decisions;
    this.waves = builder.waves;
    this.followUps = builder.followUps;
    this.obstacles = builder.obstacles;
    this.warnings = builder.warnings;
    this.artifacts = builder.artifacts;
    this.componentNames = builder.componentNames;
    this.recordOnly = builder.recordOnly;
    this.createdAt = builder.createdAt;
    this.expiresAt = builder.expiresAt;
  }

  /** Starts the plan for {@code request} on {@code app}. */
  public static Builder builder(OperationKind operation, AppId app, PlanRequest request) {
    return new Builder(operation, app, request);
  }

  /** Starts a changed copy. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** Returns what the plan is for. */
  public OperationKind operation() {
    return operation;
  }

  /** Returns the app. */
  public AppId app() {
    return app;
  }

  /** Returns what was asked for. */
  public PlanRequest request() {
    return request;
  }

  /** Returns the generation it was made from; 0 if the app was never installed. */
  public long baseGeneration() {
    return baseGeneration;
  }

  /** Returns the digest of the state it was made from. */
  public Optional<Digest> baseDigest() {
    return Optional.ofNullable(baseDigest);
  }

  /** Returns the template version before; empty for an install. */
  public Optional<VersionRef> from() {
    return Optional.ofNullable(from);
  }

  /** Returns the template version that is gone to; empty for an uninstall. */
  public Optional<VersionRef> to() {
    return Optional.ofNullable(to);
  }

  /**
   * Returns the digest of the content of {@link #to()}, for an install or upgrade; for ending drift
   * that of the app as it really runs.
   */
  public Optional<Digest> toDigest() {
    return Optional.ofNullable(toDigest);
  }

  /** Returns how many steps of a wave may run together. */
  public int maxParallel() {
    return maxParallel;
  }

  /** Returns every difference with what becomes of it; the app first, then by component. */
  public List<Decision> decisions() {
    return decisions;
  }

  /** Returns the steps in order; empty if there is nothing to do. */
  public List<Wave> waves() {
    return waves;
  }

  /** Returns what the operator has to do by hand. */
  public List<FollowUp> followUps() {
    return followUps;
  }

  /** Returns every reason why the plan cannot be executed. */
  public List<Obstacle> obstacles() {
    return obstacles;
  }

  /** Returns what to know before executing it. */
  public List<Warning> warnings() {
    return warnings;
  }

  /** Returns the artifacts that the steps run, by reference. */
  public List<Artifact> artifacts() {
    return artifacts;
  }

  /**
   * Returns what people call the components of the app and of the version gone to, by installed key;
   * only of those that have a name other than their key.
   */
  public SortedMap<ComponentKey, String> componentNames() {
    return componentNames;
  }

  /** Returns the name of a component with its key in brackets; the key alone if it has no name. */
  public String componentName(ComponentKey key) {
    return Names.of(this).of(key);
  }

  /** Returns whether the recorded state changes although there are no steps. */
  public boolean recordOnly() {
    return recordOnly;
  }

  /** Returns when it was made. */
  public Instant createdAt() {
    return createdAt;
  }

  /** Returns until when it may be executed. */
  public Instant expiresAt() {
    return expiresAt;
  }

  /** Tells whether nothing stands in its way. */
  public boolean isExecutable() {
    return obstacles.isEmpty();
  }

  /** Tells whether there is nothing to do: neither a step nor a change to the recorded state. */
  public boolean isEmpty() {
    return waves.isEmpty() && !recordOnly;
  }

  /** Tells whether it is too late to execute it at {@code now}. */
  public boolean isExpired(Instant now) {
    return now.isAfter(expiresAt);
  }

  /** Returns the steps of all waves, in order. */
  public List<Step> steps() {
    return waves.stream().flatMap(wave -> wave.steps().stream()).toList();
  }

  /** Returns the decisions with {@code verdict}, in order. */
  public List<Decision> decisions(Verdict verdict) {
    return decisions.stream().filter(decision -> decision.verdict() == verdict).toList();
  }

  /** Returns one line that names the operation, the app and the versions. */
  @Override
  public String toString() {
    return operation
        + " of "
        + app
        + (from == null ? "" : " from " + from)
        + (to == null ? "" : " to " + to)
        + " at generation "
        + baseGeneration;
  }

  @Override
  public boolean equals(Object other) {
    if (this == other) {
      return true;
    }
    return other instanceof Plan that
        && operation.equals(that.operation)
        && app.equals(that.app)
        && request.equals(that.request)
        && baseGeneration == that.baseGeneration
        && Objects.equals(baseDigest, that.baseDigest)
        && Objects.equals(from, that.from)
        && Objects.equals(to, that.to)
        && Objects.equals(toDigest, that.toDigest)
        && maxParallel == that.maxParallel
        && decisions.equals(that.decisions)
        && waves.equals(that.waves)
        && followUps.equals(that.followUps)
        && obstacles.equals(that.obstacles)
        && warnings.equals(that.warnings)
        && artifacts.equals(that.artifacts)
        && componentNames.equals(that.componentNames)
        && recordOnly == that.recordOnly
        && createdAt.equals(that.createdAt)
        && expiresAt.equals(that.expiresAt);
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        operation,
        app,
        request,
        baseGeneration,
        baseDigest,
        from,
        to,
        toDigest,
        maxParallel,
        decisions,
        waves,
        followUps,
        obstacles,
        warnings,
        artifacts,
        componentNames,
        recordOnly,
        createdAt,
        expiresAt);
  }

  /** Collects the parts; everything not set keeps its empty default. */
  public static final class Builder {

    private final OperationKind operation;
    private final AppId app;
    private final PlanRequest request;
    private long baseGeneration = 0;
    private @Nullable Digest baseDigest;
    private @Nullable VersionRef from;
    private @Nullable VersionRef to;
    private @Nullable Digest toDigest;
    private int maxParallel = 1;
    private List<Decision> decisions = List.of();
    private List<Wave> waves = List.of();
    private List<FollowUp> followUps = List.of();
    private List<Obstacle> obstacles = List.of();
    private List<Warning> warnings = List.of();
    private List<Artifact> artifacts = List.of();
    private SortedMap<ComponentKey, String> componentNames = Collections.emptySortedMap();
    private boolean recordOnly = false;
    private Instant createdAt = Instant.EPOCH;
    private Instant expiresAt = Instant.EPOCH;

    private Builder(OperationKind operation, AppId app, PlanRequest request) {
      this.operation = requireNonNull(operation, "operation");
      this.app = requireNonNull(app, "app");
      this.request = requireNonNull(request, "request");
    }

    private Builder(Plan source) {
      this.operation = source.operation;
      this.app = source.app;
      this.request = source.request;
      this.baseGeneration = source.baseGeneration;
      this.baseDigest = source.baseDigest;
      this.from = source.from;
      this.to = source.to;
      this.toDigest = source.toDigest;
      this.maxParallel = source.maxParallel;
      this.decisions = source.decisions;
      this.waves = source.waves;
      this.followUps = source.followUps;
      this.obstacles = source.obstacles;
      this.warnings = source.warnings;
      this.artifacts = source.artifacts;
      this.componentNames = source.componentNames;
      this.recordOnly = source.recordOnly;
      this.createdAt = source.createdAt;
      this.expiresAt = source.expiresAt;
    }

    /** Sets the generation it was made from; 0 if the app was never installed. */
    public Builder baseGeneration(long baseGeneration) {
      this.baseGeneration = baseGeneration;
      return this;
    }

    /** Sets the digest of the state it was made from. */
    public Builder baseDigest(@Nullable Digest baseDigest) {
      this.baseDigest = baseDigest;
      return this;
    }

    /** Sets the template version before; empty for an install. */
    public Builder from(@Nullable VersionRef from) {
      this.from = from;
      return this;
    }

    /** Sets the template version that is gone to; empty for an uninstall. */
    public Builder to(@Nullable VersionRef to) {
      this.to = to;
      return this;
    }

    /** Sets the digest of what is gone to, or of what runs. */
    public Builder toDigest(@Nullable Digest toDigest) {
      this.toDigest = toDigest;
      return this;
    }

    /** Sets how many steps of a wave may run together. */
    public Builder maxParallel(int maxParallel) {
      this.maxParallel = maxParallel;
      return this;
    }

    /** Sets every difference with what becomes of it; the app first, then by component. */
    public Builder decisions(List<Decision> decisions) {
      this.decisions = List.copyOf(decisions);
      return this;
    }

    /** Sets the steps in order; empty if there is nothing to do. */
    public Builder waves(List<Wave> waves) {
      this.waves = List.copyOf(waves);
      return this;
    }

    /** Sets what the operator has to do by hand. */
    public Builder followUps(List<FollowUp> followUps) {
      this.followUps = List.copyOf(followUps);
      return this;
    }

    /** Sets every reason why the plan cannot be executed. */
    public Builder obstacles(List<Obstacle> obstacles) {
      this.obstacles = List.copyOf(obstacles);
      return this;
    }

    /** Sets what to know before executing it. */
    public Builder warnings(List<Warning> warnings) {
      this.warnings = List.copyOf(warnings);
      return this;
    }

    /** Sets the artifacts that the steps run, by reference. */
    public Builder artifacts(List<Artifact> artifacts) {
      this.artifacts = List.copyOf(artifacts);
      return this;
    }

    /** Sets what people call the components that have a name other than their key. */
    public Builder componentNames(Map<ComponentKey, String> componentNames) {
      this.componentNames = Collections.unmodifiableSortedMap(new TreeMap<>(componentNames));
      return this;
    }

    /** Sets whether the recorded state changes although there are no steps. */
    public Builder recordOnly(boolean recordOnly) {
      this.recordOnly = recordOnly;
      return this;
    }

    /** Sets when it was made. */
    public Builder createdAt(Instant createdAt) {
      this.createdAt = requireNonNull(createdAt, "createdAt");
      return this;
    }

    /** Sets until when it may be executed. */
    public Builder expiresAt(Instant expiresAt) {
      this.expiresAt = requireNonNull(expiresAt, "expiresAt");
      return this;
    }

    /** Returns the finished value. */
    public Plan build() {
      return new Plan(this);
    }
  }
}

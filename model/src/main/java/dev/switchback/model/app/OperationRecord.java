// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model.app;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.AppId;
import dev.switchback.model.Digest;
import dev.switchback.model.RecordId;
import dev.switchback.model.VersionRef;
import dev.switchback.model.internal.Check;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What happened in one operation on an app: who asked for what, what was decided, how it ended.
 *
 * <p>A record is written before the first side effect and closed after the last one. {@link
 * #previous()} chains the records of an app: it is the digest of the canonical JSON of the record
 * before, so that a record changed later shows.
 *
 * <p>Source: Rainbond's upgrade record, with its status codes.
 */
public final class OperationRecord {

  private final RecordId id;
  private final AppId app;
  private final OperationKind kind;
  private final RecordStatus status;
  private final String actor;
  private final String reason;
  private final OnFailure onFailure;
  private final @Nullable VersionRef from;
  private final @Nullable VersionRef to;
  private final long baseGeneration;
  private final long resultGeneration;
  private final @Nullable Digest plan;
  private final List<Approval> approvals;
  private final @Nullable RecordId parent;
  private final long fence;
  private final Instant startedAt;
  private final @Nullable Instant finishedAt;
  private final List<ComponentResult> results;
  private final List<FollowUp> followUps;
  private final String message;
  private final @Nullable Digest previous;

  private OperationRecord(Builder builder) {
    this.id = builder.id;
    this.app = builder.app;
    this.kind = builder.kind;
    this.status = builder.status;
    this.actor = builder.actor;
    this.reason = builder.reason;
    this.onFailure = builder.onFailure;
    this.from = builder.from;
    this.to = builder.to;
    this.baseGeneration = builder.baseGeneration;
    this.resultGeneration = builder.resultGeneration;
    this.plan = builder.plan;
    this.approvals = builder.approvals;
    this.parent = builder.parent;
    this.fence = builder.fence;
    this.startedAt = builder.startedAt;
    this.finishedAt = builder.finishedAt;
    this.results = builder.results;
    this.followUps = builder.followUps;
    this.message = builder.message;
    this.previous = builder.previous;
  }

  /** Starts one with what it cannot be without. */
  public static Builder builder(RecordId id, AppId app, OperationKind kind) {
    return new Builder(id, app, kind);
  }

  /** Starts a changed copy. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** Returns the id. */
  public RecordId id() {
    return id;
  }

  /** Returns the app. */
  public AppId app() {
    return app;
  }

  /** Returns what was asked for. */
  public OperationKind kind() {
    return kind;
  }

  /** Returns how far it came. */
  public RecordStatus status() {
    return status;
  }

  /** Returns who asked for it. */
  public String actor() {
    return actor;
  }

  /** Returns why, in the words of the actor; may be empty. */
  public String reason() {
    return reason;
  }

  /** Returns what it does when a step fails, whoever finishes it. */
  public OnFailure onFailure() {
    return onFailure;
  }

  /** Returns the template version before; empty for an install. */
  public Optional<VersionRef> from() {
    return Optional.ofNullable(from);
  }

  /** Returns the template version after; empty for an uninstall. */
  public Optional<VersionRef> to() {
    return Optional.ofNullable(to);
  }

  /** Returns the generation it was planned from; 0 for an install. */
  public long baseGeneration() {
    return baseGeneration;
  }

  /** Returns the generation it brought about; 0 if the state did not change. */
  public long resultGeneration() {
    return resultGeneration;
  }

  /** Returns the digest of the plan that was executed. */
  public Optional<Digest> plan() {
    return Optional.ofNullable(plan);
  }

  /** Returns who approved the plan, where the host demands that, in order of time. */
  public List<Approval> approvals() {
    return approvals;
  }

  /** Returns the record that this one rolls back or retries. */
  public Optional<RecordId> parent() {
    return Optional.ofNullable(parent);
  }

  /** Returns the fencing number of the lease it ran under. */
  public long fence() {
    return fence;
  }

  /** Returns when it started. */
  public Instant startedAt() {
    return startedAt;
  }

  /** Returns when it ended; empty while it runs. */
  public Optional<Instant> finishedAt() {
    return Optional.ofNullable(finishedAt);
  }

  /** Returns what became of each component that was to change, in step order. */
  public List<ComponentResult> results() {
    return results;
  }

  /** Returns what the operator has to do by hand. */
  public List<FollowUp> followUps() {
    return followUps;
  }

  /** Returns why it failed; empty if it did not. */
  public String message() {
    return message;
  }

  /** Returns the digest of the record before this one; empty for the first. */
  public Optional<Digest> previous() {
    return Optional.ofNullable(previous);
  }

  @Override
  public boolean equals(Object other) {
    if (this == other) {
      return true;
    }
    return other instanceof OperationRecord that
        && id.equals(that.id)
        && app.equals(that.app)
        && kind.equals(that.kind)
        && status.equals(that.status)
        && actor.equals(that.actor)
        && reason.equals(that.reason)
        && onFailure.equals(that.onFailure)
        && Objects.equals(from, that.from)
        && Objects.equals(to, that.to)
        && baseGeneration == that.baseGeneration
        && resultGeneration == that.resultGeneration
        && Objects.equals(plan, that.plan)
        && approvals.equals(that.approvals)
        && Objects.equals(parent, that.parent)
        && fence == that.fence
        && startedAt.equals(that.startedAt)
        && Objects.equals(finishedAt, that.finishedAt)
        && results.equals(that.results)
        && followUps.equals(that.followUps)
        && message.equals(that.message)
        && Objects.equals(previous, that.previous);
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        id,
        app,
        kind,
        status,
        actor,
        reason,
        onFailure,
        from,
        to,
        baseGeneration,
        resultGeneration,
        plan,
        approvals,
        parent,
        fence,
        startedAt,
        finishedAt,
        results,
        followUps,
        message,
        previous);
  }

  @Override
  public String toString() {
    return kind + " " + id + " of " + app + ": " + status;
  }

  /** Collects the parts; everything not set keeps its empty default. */
  public static final class Builder {

    private RecordId id;
    private AppId app;
    private OperationKind kind;
    private RecordStatus status = RecordStatus.PLANNED;
    private String actor = "";
    private String reason = "";
    private OnFailure onFailure = OnFailure.STOP;
    private @Nullable VersionRef from;
    private @Nullable VersionRef to;
    private long baseGeneration = 0;
    private long resultGeneration = 0;
    private @Nullable Digest plan;
    private List<Approval> approvals = List.of();
    private @Nullable RecordId parent;
    private long fence = 0;
    private Instant startedAt = Instant.EPOCH;
    private @Nullable Instant finishedAt;
    private List<ComponentResult> results = List.of();
    private List<FollowUp> followUps = List.of();
    private String message = "";
    private @Nullable Digest previous;

    private Builder(RecordId id, AppId app, OperationKind kind) {
      this.id = requireNonNull(id, "id");
      this.app = requireNonNull(app, "app");
      this.kind = requireNonNull(kind, "kind");
    }

    private Builder(OperationRecord source) {
      this.id = source.id;
      this.app = source.app;
      this.kind = source.kind;
      this.status = source.status;
      this.actor = source.actor;
      this.reason = source.reason;
      this.onFailure = source.onFailure;
      this.from = source.from;
      this.to = source.to;
      this.baseGeneration = source.baseGeneration;
      this.resultGeneration = source.resultGeneration;
      this.plan = source.plan;
      this.approvals = source.approvals;
      this.parent = source.parent;
      this.fence = source.fence;
      this.startedAt = source.startedAt;
      this.finishedAt = source.finishedAt;
      this.results = source.results;
      this.followUps = source.followUps;
      this.message = source.message;
      this.previous = source.previous;
    }

    /** Sets the id. */
    public Builder id(RecordId id) {
      this.id = requireNonNull(id, "id");
      return this;
    }

    /** Sets the app. */
    public Builder app(AppId app) {
      this.app = requireNonNull(app, "app");
      return this;
    }

    /** Sets what was asked for. */
    public Builder kind(OperationKind kind) {
      this.kind = requireNonNull(kind, "kind");
      return this;
    }

    /** Sets how far it came. */
    public Builder status(RecordStatus status) {
      this.status = requireNonNull(status, "status");
      return this;
    }

    /** Sets who asked for it. */
    public Builder actor(String actor) {
      this.actor = requireNonNull(actor, "actor");
      return this;
    }

    /** Sets why, in the words of the actor; may be empty. */
    public Builder reason(String reason) {
      this.reason = requireNonNull(reason, "reason");
      return this;
    }

    /** Sets what it does when a step fails. */
    public Builder onFailure(OnFailure onFailure) {
      this.onFailure = requireNonNull(onFailure, "onFailure");
      return this;
    }

    /** Sets the template version before; empty for an install. */
    public Builder from(@Nullable VersionRef from) {
      this.from = from;
      return this;
    }

    /** Sets the template version after; empty for an uninstall. */
    public Builder to(@Nullable VersionRef to) {
      this.to = to;
      return this;
    }

    /** Sets the generation it was planned from; 0 for an install. */
    public Builder baseGeneration(long baseGeneration) {
      this.baseGeneration = Check.notNegative(baseGeneration, "baseGeneration");
      return this;
    }

    /** Sets the generation it brought about; 0 if the state did not change. */
    public Builder resultGeneration(long resultGeneration) {
      this.resultGeneration = Check.notNegative(resultGeneration, "resultGeneration");
      return this;
    }

    /** Sets the digest of the plan that was executed. */
    public Builder plan(@Nullable Digest plan) {
      this.plan = plan;
      return this;
    }

    /** Sets who approved the plan. */
    public Builder approvals(List<Approval> approvals) {
      this.approvals = List.copyOf(approvals);
      return this;
    }

    /** Sets the record that this one rolls back or retries. */
    public Builder parent(@Nullable RecordId parent) {
      this.parent = parent;
      return this;
    }

    /** Sets the fencing number of the lease it ran under. */
    public Builder fence(long fence) {
      this.fence = Check.notNegative(fence, "fence");
      return this;
    }

    /** Sets when it started. */
    public Builder startedAt(Instant startedAt) {
      this.startedAt = requireNonNull(startedAt, "startedAt");
      return this;
    }

    /** Sets when it ended; empty while it runs. */
    public Builder finishedAt(@Nullable Instant finishedAt) {
      this.finishedAt = finishedAt;
      return this;
    }

    /** Sets what became of each component that was to change, in step order. */
    public Builder results(List<ComponentResult> results) {
      this.results = List.copyOf(results);
      return this;
    }

    /** Sets what the operator has to do by hand. */
    public Builder followUps(List<FollowUp> followUps) {
      this.followUps = List.copyOf(followUps);
      return this;
    }

    /** Sets why it failed; empty if it did not. */
    public Builder message(String message) {
      this.message = requireNonNull(message, "message");
      return this;
    }

    /** Sets the digest of the record before this one; empty for the first. */
    public Builder previous(@Nullable Digest previous) {
      this.previous = previous;
      return this;
    }

    /** Returns the finished value. */
    public OperationRecord build() {
      return new OperationRecord(this);
    }
  }
}

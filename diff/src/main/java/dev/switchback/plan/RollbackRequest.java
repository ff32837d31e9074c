// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.ComponentKey;
import dev.switchback.model.RecordId;
import dev.switchback.model.app.OperationKind;
import java.util.Map;
import java.util.TreeMap;

/**
 * Asks to go back. By default what was added since stays, what was removed since stays away, and
 * what the operator edited since is kept; each is an option, and each is shown in the plan.
 */
public final class RollbackRequest implements PlanRequest {

  private final RollbackTarget target;
  private final boolean removeAdded;
  private final boolean recreateRemoved;
  private final OperatorEdits operatorEdits;
  private final boolean acceptOlder;

  private RollbackRequest(Builder builder) {
    this.target = builder.target;
    this.removeAdded = builder.removeAdded;
    this.recreateRemoved = builder.recreateRemoved;
    this.operatorEdits = builder.operatorEdits;
    this.acceptOlder = builder.acceptOlder;
  }

  /** Starts a request to go back to before the operation of {@code record}. */
  public static Builder beforeRecord(RecordId record, long generation) {
    return builder(new RollbackTarget.BeforeRecord(record, generation));
  }

  /** Starts a request to go back to the revision {@code generation}. */
  public static Builder revision(long generation) {
    return builder(new RollbackTarget.ToRevision(generation));
  }

  /** Starts a request to go back to earlier builds of some components. */
  public static Builder builds(Map<ComponentKey, String> builds) {
    return builder(new RollbackTarget.ToBuilds(new TreeMap<>(builds)));
  }

  /** Starts a request to go back to {@code target}. */
  public static Builder builder(RollbackTarget target) {
    return new Builder(target);
  }

  /** Starts a changed copy. */
  public Builder toBuilder() {
    return builder(target)
        .removeAdded(removeAdded)
        .recreateRemoved(recreateRemoved)
        .operatorEdits(operatorEdits)
        .acceptOlder(acceptOlder);
  }

  @Override
  public OperationKind operation() {
    return OperationKind.ROLLBACK;
  }

  /** Returns where to go back to. */
  public RollbackTarget target() {
    return target;
  }

  /**
   * Tells whether components that were added since are removed; their volumes stay. One that the
   * operator added after the operation taken back is an edit, see {@link #operatorEdits()}.
   */
  public boolean removeAdded() {
    return removeAdded;
  }

  /**
   * Tells whether components that were removed since come back. One that the operator removed after
   * the operation taken back is an edit, see {@link #operatorEdits()}.
   */
  public boolean recreateRemoved() {
    return recreateRemoved;
  }

  /**
   * Returns what becomes of edits that the operator made after the operation taken back. It is about
   * the fields that were edited; the other fields of an item go back.
   */
  public OperatorEdits operatorEdits() {
    return operatorEdits;
  }

  /** Tells whether the rollback may also undo operations newer than the one it is about. */
  public boolean acceptOlder() {
    return acceptOlder;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RollbackRequest that
        && target.equals(that.target)
        && removeAdded == that.removeAdded
        && recreateRemoved == that.recreateRemoved
        && operatorEdits == that.operatorEdits
        && acceptOlder == that.acceptOlder;
  }

  @Override
  public int hashCode() {
    return 31 * target.hashCode() + operatorEdits.hashCode();
  }

  @Override
  public String toString() {
    return "rollback to " + target;
  }

  /** Collects the options of a request; everything not set keeps its default. */
  public static final class Builder {

    private final RollbackTarget target;
    private boolean removeAdded;
    private boolean recreateRemoved;
    private OperatorEdits operatorEdits = OperatorEdits.KEEP;
    private boolean acceptOlder;

    private Builder(RollbackTarget target) {
      this.target = requireNonNull(target, "target");
    }

    /** Sets whether components that were added since are removed. */
    public Builder removeAdded(boolean removeAdded) {
      this.removeAdded = removeAdded;
      return this;
    }

    /** Sets whether components that were removed since come back. */
    public Builder recreateRemoved(boolean recreateRemoved) {
      this.recreateRemoved = recreateRemoved;
      return this;
    }

    /** Sets what becomes of edits that the operator made after the operation taken back. */
    public Builder operatorEdits(OperatorEdits operatorEdits) {
      this.operatorEdits = requireNonNull(operatorEdits, "operatorEdits");
      return this;
    }

    /** Sets whether the rollback may also undo operations newer than the one it is about. */
    public Builder acceptOlder(boolean acceptOlder) {
      this.acceptOlder = acceptOlder;
      return this;
    }

    /** Returns the finished value. */
    public RollbackRequest build() {
      return new RollbackRequest(this);
    }
  }
}

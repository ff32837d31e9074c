// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.app.OperationKind;

/**
 * Asks to end the drift of an app: the difference between what is recorded and what really runs. What
 * runs is looked at when the plan is made, and again when it is executed.
 *
 * @param way which side gives way
 */
public record DriftRequest(Way way) implements PlanRequest {

  /** Which side of a drift gives way. */
  public enum Way {
    /** The record: it takes what runs as it is, and the backend is asked for nothing. */
    ADOPT,
    /**
     * What runs: components that differ are brought back to the record, those that are gone come
     * back. Components that run without being recorded stay, each a follow-up.
     */
    CORRECT,
    /** As {@link #CORRECT}, and components that run without being recorded are removed. */
    CORRECT_AND_REMOVE
  }

  /** Checks that nothing is missing. */
  public DriftRequest {
    requireNonNull(way, "way");
  }

  /** Asks to record what runs. */
  public static DriftRequest adopt() {
    return new DriftRequest(Way.ADOPT);
  }

  /** Asks to bring back what is recorded; nothing is removed. */
  public static DriftRequest correct() {
    return new DriftRequest(Way.CORRECT);
  }

  /** Returns {@link OperationKind#EDIT}: both ways change an app within its version. */
  @Override
  public OperationKind operation() {
    return OperationKind.EDIT;
  }
}

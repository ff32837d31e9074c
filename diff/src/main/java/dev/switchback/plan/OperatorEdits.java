// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

/** What a rollback does with edits that the operator made after the operation it takes back. */
public enum OperatorEdits {
  /** They stay. */
  KEEP,
  /** They go: the earlier state wins. */
  OVERWRITE,
  /** The plan cannot run until the request says {@link #KEEP} or {@link #OVERWRITE}. */
  ASK
}

// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model.app;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.ComponentKey;
import org.jspecify.annotations.Nullable;

/**
 * Something the operator has to do by hand, because the operation will not. Values are masked, so a
 * follow-up can be shown anywhere.
 *
 * @param id names it within its plan or record, such as {@code F1}
 * @param kind the property, by its code in the property table, such as {@code env}
 * @param component the component; null if it is about the app
 * @param item the key of the item, such as the name of the env variable; empty for a scalar
 * @param before the value that stays; empty if there is none
 * @param after the value that the vendor or the earlier state has; empty if there is none
 * @param instruction what to do and where, one sentence
 */
public record FollowUp(
    String id,
    String kind,
    @Nullable ComponentKey component,
    String item,
    String before,
    String after,
    String instruction) {

  /** Checks that nothing is missing. */
  public FollowUp {
    requireNonNull(id, "id");
    requireNonNull(kind, "kind");
    requireNonNull(item, "item");
    requireNonNull(before, "before");
    requireNonNull(after, "after");
    requireNonNull(instruction, "instruction");
  }
}

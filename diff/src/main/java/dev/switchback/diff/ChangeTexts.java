// SPDX-License-Identifier: Apache-2.0
package dev.switchback.diff;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A change in words without secrets.
 *
 * @param before what the item was; empty if it was not there
 * @param after what it becomes; empty if it is no longer there
 * @param fields the fields that differ; for an added or removed item those that say something
 */
public record ChangeTexts(String before, String after, List<FieldChange> fields) {

  /** Checks that nothing is missing and copies the fields. */
  public ChangeTexts {
    requireNonNull(before, "before");
    requireNonNull(after, "after");
    fields = List.copyOf(fields);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.app.AppState;
import dev.switchback.model.app.OperationRecord;

/**
 * A record with the state that its operation is to bring about, kept so that any node can finish the
 * operation or take it back.
 *
 * @param record the record
 * @param wanted the state wanted, with generated secrets filled in
 */
public record StoredOperation(OperationRecord record, AppState wanted) {

  /** Checks that nothing is missing. */
  public StoredOperation {
    requireNonNull(record, "record");
    requireNonNull(wanted, "wanted");
  }
}

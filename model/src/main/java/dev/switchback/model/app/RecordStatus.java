// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model.app;

import java.util.OptionalInt;

/**
 * How far an operation came.
 *
 * <p>Source: the status codes of Rainbond's upgrade record, which hosts may already store. A status
 * that Rainbond does not know has no code.
 */
public enum RecordStatus {
  /** Written, nothing changed yet. */
  PLANNED(1, false),
  /** An install, upgrade, edit or uninstall is under way. */
  RUNNING(2, false),
  /** Stopped between two steps by request; any node can go on with it or cancel it. */
  PAUSED(0, false),
  /** Everything asked for was done. */
  SUCCEEDED(3, true),
  /** A rollback is under way. */
  ROLLING_BACK(4, false),
  /** The rollback did everything asked for. */
  ROLLED_BACK(5, true),
  /** Some components changed, others did not. */
  PARTLY_SUCCEEDED(6, true),
  /** The rollback took some components back, others not. */
  PARTLY_ROLLED_BACK(7, true),
  /** It failed; the results say what has changed nevertheless. */
  FAILED(8, true),
  /** The rollback failed; the results say what has changed nevertheless. */
  ROLLBACK_FAILED(9, true),
  /** The backend could not be asked to change anything. */
  DEPLOY_FAILED(10, true),
  /** It failed and was undone by itself: the app is as before. */
  UNDONE(0, true),
  /** It was given up before anything changed. */
  CANCELLED(0, true);

  private final int code;
  private final boolean terminal;

  RecordStatus(int code, boolean terminal) {
    this.code = code;
    this.terminal = terminal;
  }

  /** Returns Rainbond's number for this status; empty where it has none. */
  public OptionalInt code() {
    return code == 0 ? OptionalInt.empty() : OptionalInt.of(code);
  }

  /** Tells whether nothing more will happen under the record. */
  public boolean isTerminal() {
    return terminal;
  }
}

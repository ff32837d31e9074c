// SPDX-License-Identifier: Apache-2.0
package dev.switchback.cli;

/** What a command ends with. */
final class ExitCode {

  /** Everything asked for was done; a plan can be executed. */
  static final int DONE = 0;

  /** It was understood and refused, for the reasons printed; nothing was changed. */
  static final int REFUSED = 1;

  /** The words of the command line make no sense. */
  static final int USAGE = 2;

  /** A file, the storage or the site failed, or an operation ended without doing all of its work. */
  static final int FAILED = 3;

  private ExitCode() {}
}

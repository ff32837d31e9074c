// SPDX-License-Identifier: Apache-2.0
package dev.switchback.diff;

/** The policies the property table has a rule for in every row. */
public enum Preset {
  /**
   * The default: existing env values, config-file content and storage are never touched, new ones are
   * added; everything else as in {@link #RAINBOND}.
   */
  PRESERVE_ENVIRONMENT("preserve-environment"),
  /** The table that Rainbond publishes for its upgrades; config-file content is updated. */
  RAINBOND("rainbond"),
  /** Three-way: what one side changed is taken from that side, what both changed is a conflict. */
  MERGE("merge"),
  /** The target wins, removals included. */
  EXACT("exact");

  private final String code;

  Preset(String code) {
    this.code = code;
  }

  /** Returns the name in documents and on the command line: lower case with hyphens. */
  public String code() {
    return code;
  }
}

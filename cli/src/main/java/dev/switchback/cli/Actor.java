// SPDX-License-Identifier: Apache-2.0
package dev.switchback.cli;

import picocli.CommandLine.Option;

/** The option of every command that somebody answers for. */
final class Actor {

  @Option(
      names = "--actor",
      paramLabel = "NAME",
      description = "Who does it, for the record (the user of the machine).")
  private String name = System.getProperty("user.name", "");

  String name() {
    return name;
  }
}

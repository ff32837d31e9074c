// SPDX-License-Identifier: Apache-2.0
package dev.switchback.deploy.docker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** What this machine itself shows of the processes in containers, which costs the engine nothing. */
final class LocalProcesses {

  private LocalProcesses() {}

  /**
   * Returns the children of the first process of a container, as process ids; empty if this machine
   * does not show that {@code pid} is in that container, as from within another container.
   */
  static Optional<Set<String>> children(long pid, String containerId) {
    Path process = Path.of("/proc", Long.toString(pid));
    try {
      if (!Files.readString(process.resolve("cgroup")).contains(containerId)) {
        return Optional.empty();
      }
      String children =
          Files.readString(process.resolve("task/" + pid + "/children")).strip();
      return Optional.of(children.isEmpty() ? Set.of() : Set.of(children.split(" ")));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}

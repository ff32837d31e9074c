// SPDX-License-Identifier: Apache-2.0
package dev.switchback.deploy.docker;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds an image of HAProxy: the one that is configured, or one made of this machine's package. */
final class ProxyImage {

  private static final List<Path> PROGRAMS =
      List.of(Path.of("/usr/sbin/haproxy"), Path.of("/usr/local/sbin/haproxy"));

  private ProxyImage() {}

  /** Returns what to create a proxy from; empty if there is nothing on the engine or this machine. */
  static Optional<String> find(Engine engine, Artifacts artifacts, String reference) {
    if (engine.images().find(reference).isPresent()) {
      return Optional.of(reference);
    }
    Optional<Path> program = PROGRAMS.stream().filter(Files::isExecutable).findFirst();
    if (program.isEmpty()) {
      return Optional.empty();
    }
    MachineImage image = MachineImage.builder()
        .program(program.get())
        .file("/etc/nsswitch.conf", "hosts: files dns\n")
        .build();
    artifacts.load(image.digest(), image.open());
    return artifacts.find(image.digest(), "");
  }
}

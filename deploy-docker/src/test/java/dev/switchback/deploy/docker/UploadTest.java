// SPDX-License-Identifier: Apache-2.0
package dev.switchback.deploy.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.model.Keyed;
import dev.switchback.model.Setting;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.EnvVar;
import dev.switchback.model.spec.Image;
import dev.switchback.model.spec.Port;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Bodies of all sizes are on their way to a component while it goes to its next version. */
@NeedsEngine
final class UploadTest extends OnEngine {

  /** Answers each request with the number of bytes in its body, once it has all of them. */
  private static final String COUNT = """
      #!/usr/bin/perl
      $| = 1;
      while (defined($line = <STDIN>)) {
        ($length, $chunked, $got) = (0, 0, 0);
        while (defined($line = <STDIN>) && $line =~ /\\S/) {
          $length = $1 if $line =~ /^content-length: *(\\d+)/i;
          $chunked = 1 if $line =~ /^transfer-encoding: *chunked/i;
        }
        do {
          $length = hex($1) if $chunked && <STDIN> =~ /^(\\w+)/;
          for ($left = $length; $left > 0; $left -= $n) {
            $n = read(STDIN, $buffer, $left < 65536 ? $left : 65536) or exit;
            $got += $n;
          }
          <STDIN> if $chunked;
        } while ($chunked && $length);
        print "HTTP/1.1 200 OK\\r\\nContent-Length: ", length($got), "\\r\\n\\r\\n$got";
      }
      """;

  private static final String START = """
      #!/bin/busybox sh
      /bin/busybox nc -ll -p 8080 -e /count &
      trap 'exit 0' TERM
      wait
      """;

  @Override
  DockerBackend open() {
    return DockerBackend.builder()
        .publishOn("127.0.0.1")
        .drain(Duration.ofMinutes(1))
        .stopGrace(Duration.ofSeconds(2))
        .open();
  }

  private Component counting(String version) {
    MachineImage image = MachineImage.builder()
        .program(Path.of("/bin/busybox"))
        .program(Path.of("/usr/bin/perl"))
        .script("/count", COUNT)
        .script("/start", START)
        .command("/start")
        .build();
    backend.artifactLoader().orElseThrow().load(image.digest(), image.open());
    return Component.builder("web")
        .image(new Image("example/count", image.digest(), version))
        .ports(Keyed.of(new Port(8080, "http", "", true, true, "", "")))
        .env(Keyed.of(new EnvVar("VERSION", Setting.plain(version), "", true, 0)))
        .build();
  }

  @Test
  void bodiesOfAllSizes_whileVersionsChange_arriveWhole() throws Exception {
    bringUp(counting("1"));
    String address = URI.create(address(WEB)).getAuthority();

    try (Traffic traffic = new Traffic()
        .uploading(address, 20_000, false)
        .uploading(address, 20_000, true)
        .uploading(address, 1 << 20, false)
        .uploading(address, 1 << 20, true)
        .uploading(address, 20 << 20, false)
        .uploading(address, 20 << 20, true)
        .start()) {
      for (String version : new String[] {"2", "3", "4"}) {
        int before = traffic.uploads();
        bringUp(counting(version));
        assertThat(traffic.failures()).as(version).isEmpty();
        assertThat(traffic.uploads()).as("uploads since").isGreaterThan(before);
      }
    }
  }
}

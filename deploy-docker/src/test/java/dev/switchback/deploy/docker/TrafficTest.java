// SPDX-License-Identifier: Apache-2.0
package dev.switchback.deploy.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.deploy.Observation;
import dev.switchback.deploy.Observation.Health;
import dev.switchback.model.Keyed;
import dev.switchback.model.Setting;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.ConfigFile;
import dev.switchback.model.spec.EnvVar;
import dev.switchback.model.spec.Image;
import dev.switchback.model.spec.Port;
import dev.switchback.model.spec.Probe;
import dev.switchback.model.spec.Scaling;
import dev.switchback.model.spec.Volume;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A component of many ports goes through changes of many kinds, while clients of many kinds ask. */
@NeedsEngine
final class TrafficTest extends OnEngine {

  private static final String CONFIG = """
      defaults
        mode http
        timeout client 1m
        timeout server 1m
        timeout connect 1s
      listen web
        bind :8080
        http-request return status 200 content-type text/plain string VERSION
      """;
  private static final String SLOW = """
      #!/bin/busybox sh
      /bin/busybox sleep 2
      echo 'Content-Type: text/plain'
      echo
      echo slow
      """;
  private static final String START = """
      #!/bin/busybox sh
      /bin/busybox httpd -p 8081 -h /www
      /bin/busybox nc -ll -p 9000 -e /bin/busybox cat &
      /usr/sbin/haproxy -db -f /etc/web.cfg &
      """;

  @Override
  DockerBackend open() {
    return DockerBackend.builder()
        .publishOn("127.0.0.1")
        .stopGrace(Duration.ofSeconds(2))
        .open();
  }

  /** An image whose first process ends at once when it is asked to, or does not listen. */
  private Image image(String version, boolean listens) {
    MachineImage image = MachineImage.builder()
        .program(Path.of("/bin/busybox"))
        .program(Path.of("/usr/sbin/haproxy"))
        .file("/etc/web.cfg", CONFIG.replace("VERSION", version))
        .script("/www/cgi-bin/slow", SLOW)
        .script("/start", START + (listens ? "trap 'exit 0' TERM\nwait\n" : "trap '' TERM\nwait\n"))
        .command("/start")
        .build();
    backend.artifactLoader().orElseThrow().load(image.digest(), image.open());
    return new Image("example/traffic:" + version, image.digest(), version);
  }

  private static Port port(int number, String protocol) {
    return new Port(number, protocol, "", true, true, "", "");
  }

  private static Probe probe(int period) {
    return new Probe("readiness", "http", "/", 8080, "", "", 0, period, 1, 3, 1, true);
  }

  private Component component(Image image) {
    return Component.builder("web")
        .image(image)
        .ports(Keyed.of(port(8080, "http"), port(8081, "http"), port(9000, "tcp")))
        .probes(Keyed.of(probe(1)))
        .build();
  }

  private Map<String, String> addresses() {
    Map<String, String> addresses = new TreeMap<>();
    for (Observation.Finding finding : observe(WEB).findings()) {
      if (finding.reason().equals("published")) {
        String[] words = finding.message().split(" ", -1);
        addresses.put(words[1], words[words.length - 1]);
      }
    }
    return addresses;
  }

  private Traffic traffic() throws InterruptedException {
    Map<String, String> addresses = addresses();
    String web = addresses.get("8080");
    return new Traffic()
        .keeping(web, "GET")
        .keeping(web, "POST")
        .connecting(web, "/", "1.1")
        .connecting(web, "/", "1.0")
        .connecting(addresses.get("8081"), "/cgi-bin/slow", "1.1")
        .connecting(addresses.get("8081"), "/cgi-bin/slow", "1.0")
        .echoing(addresses.get("9000"))
        .start();
  }

  private static void assertUnnoticed(Traffic traffic, String change) {
    assertThat(traffic.failures()).as(change).isEmpty();
  }

  @Test
  void clientsOfAllKinds_whateverChanges_areAllAnswered() throws Exception {
    Component web = component(image("1", true));
    bringUp(web);

    try (Traffic traffic = traffic()) {
      web = web.toBuilder().image(image("2", true)).build();
      bringUp(web);
      assertUnnoticed(traffic, "image");
      web = web.toBuilder()
          .env(Keyed.of(new EnvVar("COLOUR", Setting.plain("green"), "", true, 0)))
          .build();
      bringUp(web);
      assertUnnoticed(traffic, "env");
      web = web.toBuilder()
          .configFiles(Keyed.of(new ConfigFile("/etc/app.conf", "app", Setting.plain("a=1"), 600)))
          .build();
      bringUp(web);
      assertUnnoticed(traffic, "config file");
      web = web.toBuilder().probes(Keyed.of(probe(2))).build();
      bringUp(web);
      assertUnnoticed(traffic, "probe");
      web = web.toBuilder()
          .volumes(
              Keyed.of(new Volume("/data", "data", "share-file", 1, "RWX", "", "", "", "", null)))
          .build();
      bringUp(web);
      assertUnnoticed(traffic, "volume");
      assertThat(traffic.answers()).containsExactlyInAnyOrder("1", "2", "slow", "echo");
    }
  }

  @Test
  void clientsOfAllKinds_whileItGrowsAndShrinks_areAllAnswered() throws Exception {
    Component web = component(image("1", true));
    bringUp(web);

    try (Traffic traffic = traffic()) {
      bringUp(web.toBuilder()
          .image(image("2", true))
          .scaling(Scaling.one().withMinReplicas(3))
          .build());
      assertUnnoticed(traffic, "growing");
      assertThat(instances(WEB)).hasSize(3);
      bringUp(web);
      assertUnnoticed(traffic, "shrinking");
      assertThat(instances(WEB)).hasSize(1);
    }
  }

  @Test
  void clientsOfAllKinds_ofWhatDoesNotListenToItsEnd_areAllAnswered() throws Exception {
    bringUp(component(image("3", false)));

    try (Traffic traffic = traffic()) {
      bringUp(component(image("4", false)));
      assertUnnoticed(traffic, "image");
      assertThat(traffic.answers()).contains("3", "4");
    }
  }

  @Test
  void clientsOfOtherPorts_whenOneGoesAndOneComes_areAllAnswered() throws Exception {
    Component web = component(image("1", true));
    bringUp(web.toBuilder()
        .ports(web.ports().with(port(8085, "tcp")))
        .probes(Keyed.of(probe(1)))
        .build());

    try (Traffic traffic = traffic()) {
      bringUp(web.toBuilder().ports(web.ports().with(port(8086, "tcp"))).build());
      assertUnnoticed(traffic, "port");
      assertThat(addresses()).containsOnlyKeys("8080", "8081", "8086", "9000");
    }
  }

  @Test
  void clientsOfAllKinds_whenTheNextVersionCrashesAgainAndAgain_areAllAnswered() throws Exception {
    Component web = component(image("1", true));
    bringUp(web);

    try (Traffic traffic = traffic()) {
      apply(web.toBuilder()
          .image(image("2", true))
          .command("/bin/busybox sh -c '/start & /bin/busybox usleep 300000; exit 3'")
          .probes(Keyed.of(new Probe("readiness", "http", "/", 8080, "", "", 0, 1, 1, 3, 3, true)))
          .build());
      await(WEB, seen -> seen.health() == Health.FAILED);
      assertUnnoticed(traffic, "crashes");
      bringUp(web);
      assertUnnoticed(traffic, "way back");
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.switchback.deploy.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.core.Switchback;
import dev.switchback.deploy.DeploymentException;
import dev.switchback.deploy.Observation;
import dev.switchback.deploy.Observation.Health;
import dev.switchback.model.app.AppState;
import dev.switchback.model.spec.Component;
import dev.switchback.storage.PageRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes and engines that are killed at any moment of an operation. Nothing may be left over, lost
 * or stuck.
 *
 * <p>{@code -Dswitchback.kills=50} kills that often. The engine is killed, too, if {@code
 * SWITCHBACK_DOCKERD} has the command that starts it again: an engine that others use is left alone.
 */
@NeedsEngine
final class KillTest {

  private static final int KILLS = Integer.getInteger("switchback.kills", 4);
  private static final long SEED = Long.getLong("switchback.seed", 7);
  private static final Path PID_FILE = Path.of("/var/run/docker.pid");
  private static final Path LOG = Path.of(System.getProperty("java.io.tmpdir"), "dockerd.log");

  @TempDir
  private Path directory;

  @BeforeEach
  @AfterEach
  void cleanUp() {
    Site.run(engine -> {
      engine.containers(Shop.APP).forEach(seen -> engine.remove(seen.id(), seen.name()));
      engine.networks().remove(Names.network(Shop.APP));
      return true;
    });
    try (DockerBackend backend = Shop.backend()) {
      backend.removeVolumes(Shop.APP);
    }
  }

  @Test
  void app_whateverIsKilled_isNeitherStuckNorLeaves() throws Exception {
    Path site = directory.resolve("site");
    Path log = directory.resolve("log");
    install(site);
    int took = millisOfAChange(site, log);
    Random random = new Random(SEED);
    for (int i = 0; i < KILLS; i++) {
      Process node = Node.start(site, log, "change");
      long delay = random.nextInt(took);
      boolean engine = dockerd() != null && random.nextBoolean();
      boolean over = node.waitFor(delay, TimeUnit.MILLISECONDS);
      if (engine) {
        killEngine();
        startEngine();
      } else {
        node.destroyForcibly();
      }
      assertThat(node.waitFor(5, TimeUnit.MINUTES)).as("node ends").isTrue();
      assertThat(Node.start(site, log, "recover").waitFor(5, TimeUnit.MINUTES))
          .as("recovery ends")
          .isTrue();
      try {
        check(site);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(
            "kill " + i + " of " + (engine ? "engine" : "process") + " after " + delay + " ms\n"
                + Files.readString(log),
            e);
      }
      System.err.println("kill " + i + " of " + (engine ? "engine" : "process") + " after " + delay
          + " ms" + (over ? ", when it was over" : ""));
    }
  }

  /** Returns how long one change takes, process and all, when nothing is killed. */
  private static int millisOfAChange(Path site, Path log) throws Exception {
    long start = System.nanoTime();
    assertThat(Node.start(site, log, "change").waitFor(5, TimeUnit.MINUTES)).isTrue();
    return Math.toIntExact(Duration.ofNanos(System.nanoTime() - start).toMillis());
  }

  private static void install(Path directory) {
    try (DockerBackend backend = Shop.backend();
        Switchback site = Shop.site(directory, backend)) {
      var first = Shop.publish(site, backend, "1.0");
      Shop.publish(site, backend, "2.0");
      site.apps().install(Shop.APP, first);
    }
    Site.run(engine -> {
      Seen db = Site.instance(engine, Shop.APP, Shop.DB);
      engine.put(db.id(), db.name(), Tars.of(Shop.DATA + "/file", "precious".getBytes(UTF_8)));
      return true;
    });
  }

  /** Looks whether what runs is what is recorded, nothing less and nothing more. */
  private static void check(Path directory) {
    try (DockerBackend backend = Shop.backend();
        Switchback site = Shop.site(directory, backend)) {
      assertThat(site.apps().records(Shop.APP, PageRequest.first(1)).items())
          .allMatch(record -> record.status().isTerminal());
      AppState state = site.apps().find(Shop.APP).orElseThrow();
      List<Observation> seen = awaitReady(backend);
      assertThat(seen).allMatch(observation -> observation.health() == Health.READY);
      assertThat(seen)
          .extracting(observation -> observation.component().value())
          .containsExactlyElementsOf(
              state.spec().components().stream().map(Component::key).toList());
      for (Observation observation : seen) {
        assertThat(observation.image())
            .isEqualTo(
                state.spec().component(observation.component()).orElseThrow().image());
      }
    }
    Site.run(engine -> {
      List<Seen> containers = engine.containers(Shop.APP);
      View.of(containers).values().forEach(view -> {
        assertThat(view.turns()).as("turns of %s", view.component()).hasSize(1);
        assertThat(view.turns().get(0).instances()).hasSize(1);
        assertThat(view.proxies()).hasSize(view.component().equals(Shop.DB) ? 0 : 1);
      });
      Seen db = Site.instance(engine, Shop.APP, Shop.DB);
      assertThat(engine.file(db.id(), Shop.DATA + "/file").flatMap(Tars::first).orElseThrow())
          .asString()
          .isEqualTo("precious");
      return true;
    });
  }

  private static List<Observation> awaitReady(DockerBackend backend) {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    List<Observation> seen = backend.observe(Shop.APP);
    while (seen.stream().anyMatch(o -> o.health() != Health.READY)
        && System.nanoTime() < deadline) {
      LockSupport.parkNanos(100_000_000);
      seen = backend.observe(Shop.APP);
    }
    return seen;
  }

  private static String dockerd() {
    return System.getenv("SWITCHBACK_DOCKERD");
  }

  private static void killEngine() throws IOException {
    long pid = Long.parseLong(Files.readString(PID_FILE).strip());
    ProcessHandle engine = ProcessHandle.of(pid).orElseThrow();
    engine.destroyForcibly();
    engine.onExit().join();
    endHalfStarted();
  }

  /**
   * Ends the processes that the engine had made for containers and not started yet. An engine never
   * does: it gives their address to another container while they still answer there, with a refusal.
   */
  private static void endHalfStarted() {
    ProcessHandle.allProcesses()
        .filter(process -> isOf(process, "runc\0init\0"))
        .filter(process ->
            process.parent().filter(it -> isOf(it, "-namespace\0moby\0")).isPresent())
        .forEach(ProcessHandle::destroyForcibly);
  }

  private static boolean isOf(ProcessHandle process, String words) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"))
          .contains(words);
    } catch (IOException e) {
      return false; // it is gone
    }
  }

  private static void startEngine() throws IOException {
    long deadline = System.nanoTime() + Duration.ofMinutes(5).toNanos();
    Process starting = runEngine();
    while (true) {
      try {
        DockerBackend.builder().withoutProxies().open().close();
        return;
      } catch (DeploymentException e) {
        assertThat(System.nanoTime() - deadline).as(e.getMessage()).isNegative();
        LockSupport.parkNanos(100_000_000);
        if (!starting.isAlive()) {
          // On a busy machine it gives up on its own containerd.
          starting = runEngine();
        }
      }
    }
  }

  private static Process runEngine() throws IOException {
    return new ProcessBuilder("setsid", "-w", "sh", "-c", "exec " + dockerd())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(LOG.toFile()))
        .start();
  }
}

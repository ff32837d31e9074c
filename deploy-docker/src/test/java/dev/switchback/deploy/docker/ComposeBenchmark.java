// SPDX-License-Identifier: Apache-2.0
package dev.switchback.deploy.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.core.ExecutionOptions;
import dev.switchback.core.Switchback;
import dev.switchback.model.Keyed;
import dev.switchback.model.VersionRef;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.app.RecordStatus;
import dev.switchback.model.app.StepId;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.Image;
import dev.switchback.plan.UpgradeRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Upgrades an app of 1, 10 and 30 components to another image and back, here and with {@code
 * docker-compose up -d}, in turn: wall time as a ratio, and requests to the engine for each component.
 *
 * <p>Both have as many threads as compose has by default, and an image whose process ends when it is
 * asked to. What compose does not do, this does within its time: it plans, records, waits until each
 * component answered two times, and lets no request fail. No part of the tests: the README of the benchmarks tells how to
 * run it.
 */
@NeedsEngine
final class ComposeBenchmark {

  /** What compose runs at a time unless {@code COMPOSE_PARALLEL_LIMIT} says otherwise. */
  private static final int PARALLEL = 64;

  private static final int ROUNDS = Integer.getInteger("switchback.rounds", 6);

  /** The upgrades of one side: seconds, and requests to the engine. */
  private record Round(double seconds, long requests) {}

  @TempDir
  private Path directory;

  private final DockerBackend backend = Shop.backend();
  private final ExecutorService threads = Executors.newFixedThreadPool(PARALLEL);
  private final Image one = load("1");
  private final Image two = load("2");
  private int size;

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 30})
  void upgrade_besideCompose_takesLittleLonger(int components) throws Exception {
    size = components;
    try (Switchback site = Shop.site(directory.resolve("site"), backend)) {
      site.apps().install(Shop.APP, Shop.publish(site, "1.0.0", spec(one)));
      up(one);
      // Whatever is done for the first time is not counted.
      upgrade(site, 1);
      up(two);
      List<Round> own = new ArrayList<>();
      List<Double> compose = new ArrayList<>();
      for (int round = 2; round < ROUNDS + 2; round++) {
        own.add(upgrade(site, round));
        compose.add(up(round % 2 == 0 ? one : two));
      }
      assertThat(report(own, compose)).isLessThanOrEqualTo(1.2);
    }
  }

  @AfterEach
  void close() throws IOException, InterruptedException {
    compose("down");
    backend
        .observe(Shop.APP)
        .forEach(seen -> backend.remove(new StepId("end"), Shop.APP, seen.component()));
    backend.close();
    threads.shutdown();
  }

  /** An image whose first process hears that it is to end, and does. */
  private Image load(String version) {
    MachineImage image = MachineImage.builder()
        .program(Path.of("/bin/busybox"))
        .file("/www/index.html", version + "\n")
        .command(
            "/bin/busybox",
            "sh",
            "-c",
            "/bin/busybox httpd -f -p 8080 -h /www & trap 'exit 0' TERM; wait")
        .build();
    backend.artifactLoader().orElseThrow().load(image.digest(), image.open());
    return new Image("example/web:" + version, image.digest(), version);
  }

  private Round upgrade(Switchback site, int round) {
    VersionRef next = Shop.publish(site, "1." + round + ".0", spec(round % 2 == 0 ? one : two));
    ExecutionOptions options = ExecutionOptions.builder()
        .healthInterval(Duration.ofMillis(100))
        .executor(threads)
        .maxParallel(PARALLEL)
        .build();
    long requests = backend.requests();
    long start = System.nanoTime();
    OperationRecord record =
        site.apps().execute(site.apps().plan(Shop.APP, UpgradeRequest.to(next)), options);
    double seconds = (System.nanoTime() - start) / 1e9;
    if (record.status() != RecordStatus.SUCCEEDED) {
      throw new IllegalStateException("Cannot compare: the upgrade ended " + record);
    }
    return new Round(seconds, backend.requests() - requests);
  }

  private AppSpec spec(Image image) {
    List<Component> components = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      components.add(Images.web("c" + i, image));
    }
    return AppSpec.builder().components(Keyed.copyOf(components)).build();
  }

  private double up(Image image) throws IOException, InterruptedException {
    String id =
        Site.run(engine -> new Artifacts(engine).find(image.digest(), "").orElseThrow());
    StringBuilder file = new StringBuilder("version: '2.1'\nservices:\n");
    for (int i = 0; i < size; i++) {
      file.append("  c").append(i).append(":\n    image: '").append(id).append("'\n");
    }
    Files.writeString(directory.resolve("docker-compose.yml"), file.toString());
    long start = System.nanoTime();
    compose("up", "-d");
    return (System.nanoTime() - start) / 1e9;
  }

  private void compose(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("docker-compose"));
    command.addAll(List.of(words));
    Process process = new ProcessBuilder(command)
        .directory(directory.toFile())
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("log").toFile())
        .start();
    if (process.waitFor() != 0 && !words[0].equals("down")) {
      throw new IllegalStateException(Files.readString(directory.resolve("log")));
    }
  }

  /** Tells the means, and returns their ratio; its error is that of the rounds' ratios. */
  private double report(List<Round> own, List<Double> compose) {
    double[] ratios = new double[own.size()];
    double requests = 0;
    double seconds = 0;
    double composed = 0;
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = own.get(i).seconds() / compose.get(i);
      seconds += own.get(i).seconds();
      composed += compose.get(i);
      requests += own.get(i).requests();
    }
    int rounds = ratios.length;
    System.out.printf(
        Locale.ROOT,
        "%d components: %.2f s, docker-compose %.2f s, ratio %.2f ± %.2f, %.1f requests each%n",
        size,
        seconds / rounds,
        composed / rounds,
        seconds / composed,
        standardError(ratios),
        requests / rounds / size);
    return seconds / composed;
  }

  private static double standardError(double[] values) {
    double mean = 0;
    for (double value : values) {
      mean += value / values.length;
    }
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return Math.sqrt(squares / Math.max(1, values.length - 1) / values.length);
  }
}

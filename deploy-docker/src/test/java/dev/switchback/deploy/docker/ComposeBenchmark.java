// SPDX-License-Identifier: Apache-2.0
package dev.switchback.deploy.docker;

import dev.switchback.core.ExecutionOptions;
import dev.switchback.core.Switchback;
import dev.switchback.model.Keyed;
import dev.switchback.model.VersionRef;
import dev.switchback.model.app.OperationRecord;
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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Upgrades 1, 10 and 30 components, here and with {@code docker-compose up -d}, in turn: wall time,
 * and requests to the engine for each component. Compose does not wait for health; this does.
 */
final class ComposeBenchmark {

  private final Path directory;
  private final DockerBackend backend;
  private final Image one;
  private final Image two;

  private ComposeBenchmark(Path directory, DockerBackend backend) {
    this.directory = directory;
    this.backend = backend;
    this.one = Images.load(backend, "1");
    this.two = Images.load(backend, "2");
  }

  /** Takes the numbers of components; 1, 10 and 30 by default. */
  public static void main(String[] args) throws Exception {
    List<String> sizes = args.length == 0 ? List.of("1", "10", "30") : List.of(args);
    try (DockerBackend backend = Shop.backend()) {
      for (String size : sizes) {
        Path directory = Files.createTempDirectory("switchback-compose-");
        new ComposeBenchmark(directory, backend).run(Integer.parseInt(size));
      }
    }
  }

  private void run(int size) throws Exception {
    long compose = compose(size);
    long requests = backend.requests();
    long[] own = own(size);
    System.out.printf(
        "%d components: %.1f s, docker-compose %.1f s, ratio %.2f, %.1f requests each (%d in all)%n",
        size,
        own[0] / 1e9,
        compose / 1e9,
        own[0] / (double) compose,
        own[1] / (double) size,
        backend.requests() - requests);
  }

  private long[] own(int size) {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    ExecutionOptions options = ExecutionOptions.builder()
        .healthInterval(Duration.ofMillis(100))
        .executor(threads)
        .maxParallel(8)
        .build();
    try (Switchback site = Shop.site(directory.resolve("site"), backend)) {
      site.apps().install(Shop.APP, Shop.publish(site, "1.0", spec(size, one)));
      VersionRef next = Shop.publish(site, "2.0", spec(size, two));
      long requests = backend.requests();
      long start = System.nanoTime();
      OperationRecord record =
          site.apps().execute(site.apps().plan(Shop.APP, UpgradeRequest.to(next)), options);
      long[] result = {System.nanoTime() - start, backend.requests() - requests};
      System.out.println(record.status());
      return result;
    } finally {
      backend
          .observe(Shop.APP)
          .forEach(seen -> backend.remove(
              new dev.switchback.model.app.StepId("end"), Shop.APP, seen.component()));
      threads.shutdown();
    }
  }

  private static AppSpec spec(int size, Image image) {
    List<Component> components = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      components.add(Images.web("c" + i, image));
    }
    return AppSpec.builder().components(Keyed.copyOf(components)).build();
  }

  private long compose(int size) throws IOException, InterruptedException {
    up(size, one);
    long start = System.nanoTime();
    up(size, two);
    long time = System.nanoTime() - start;
    compose("down");
    return time;
  }

  private void up(int size, Image image) throws IOException, InterruptedException {
    String id =
        Site.run(engine -> new Artifacts(engine).find(image.digest(), "").orElseThrow());
    StringBuilder file = new StringBuilder("version: '2.1'\nservices:\n");
    for (int i = 0; i < size; i++) {
      file.append("  c").append(i).append(":\n    image: '").append(id).append("'\n");
    }
    Files.writeString(directory.resolve("docker-compose.yml"), file.toString());
    compose("up", "-d");
  }

  private void compose(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("docker-compose"));
    command.addAll(List.of(words));
    Process process = new ProcessBuilder(command)
        .directory(directory.toFile())
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("log").toFile())
        .start();
    if (process.waitFor() != 0) {
      throw new IllegalStateException(Files.readString(directory.resolve("log")));
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.switchback.bench.storage;

import static java.util.Objects.requireNonNull;

import dev.switchback.bench.Measure;
import dev.switchback.model.Digest;
import dev.switchback.storage.files.FileBlobStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.openjdk.jmh.util.ListStatistics;

/**
 * Putting a blob in a directory and reading it, beside {@code cp}, {@code sync} and {@code openssl
 * dgst -sha256}, which do the same: the bytes are copied, are on the disk, and have their digest
 * checked.
 *
 * <p>Arguments: a directory on a real disk, and megabytes. System property: {@code bench.rounds} (8).
 */
public final class BlobRates {

  private static final int ROUNDS = Integer.getInteger("bench.rounds", 8);
  private static final int MEGABYTE = 1 << 20;
  private static final Instant LATER = Instant.parse("9999-01-01T00:00:00Z");

  private static final String COPY = "cp, sync, openssl dgst";
  private static final String PUT = "put";
  private static final String READ = "openssl dgst";
  private static final String GET = "open, read and digest";

  /** Something to do with the file. */
  private interface Work {
    void run() throws Exception;
  }

  private final Map<String, List<Double>> seconds = new LinkedHashMap<>();

  private BlobRates() {}

  /** Measures and prints; see the class. */
  public static void main(String[] arguments) throws Exception {
    Path directory = Files.createDirectories(Path.of(arguments[0]));
    new BlobRates().measure(directory, Integer.parseInt(arguments[1]));
  }

  private void measure(Path directory, int megabytes) throws Exception {
    Path file = directory.resolve("bytes");
    Path copy = directory.resolve("copy");
    Digest digest = write(file, megabytes);
    try (FileBlobStore store =
        FileBlobStore.open(Files.createDirectories(directory.resolve("blobs")))) {
      for (int round = 0; round <= ROUNDS; round++) {
        store.delete(digest, LATER);
        Files.deleteIfExists(copy);
        boolean counts = round > 0;
        time(counts, COPY, () -> {
          run("cp", "--reflink=never", file.toString(), copy.toString());
          run("sync", copy.toString());
          run("openssl", "dgst", "-sha256", copy.toString());
        });
        time(counts, PUT, () -> {
          try (InputStream content = Files.newInputStream(file)) {
            store.put(digest, content);
          }
        });
        time(counts, READ, () -> run("openssl", "dgst", "-sha256", copy.toString()));
        time(counts, GET, () -> {
          try (InputStream content = store.open(digest).orElseThrow()) {
            if (!digest(content).equals(digest)) {
              throw new IllegalStateException("The bytes are not those that were put");
            }
          }
        });
      }
      store.delete(digest, LATER);
    }
    System.out.println(
        "\n### Blobs of " + megabytes + " MB\n\n| | MB per second |\n| --- | ---: |");
    seconds.forEach((name, times) -> System.out.println(
        "| " + name + " | " + mean(times.stream().map(time -> megabytes / time).toList()) + " |"));
    System.out.println("\n| ratio of times | |\n| --- | ---: |");
    System.out.println("| " + PUT + " / " + COPY + " | " + ratio(PUT, COPY) + " |");
    System.out.println("| " + GET + " / " + READ + " | " + ratio(GET, READ) + " |");
  }

  private static Digest write(Path file, int megabytes) throws IOException {
    Random random = new Random(megabytes);
    byte[] bytes = new byte[MEGABYTE];
    try (OutputStream output = Files.newOutputStream(file)) {
      for (int i = 0; i < megabytes; i++) {
        random.nextBytes(bytes);
        output.write(bytes);
      }
    }
    try (InputStream content = Files.newInputStream(file)) {
      return digest(content);
    }
  }

  private static Digest digest(InputStream content) throws IOException {
    var sha256 = Digest.newSha256();
    byte[] buffer = new byte[MEGABYTE / 16];
    for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
      sha256.update(buffer, 0, count);
    }
    return Digest.from(sha256);
  }

  private void time(boolean counts, String name, Work work) throws Exception {
    long start = System.nanoTime();
    work.run();
    if (counts) {
      seconds
          .computeIfAbsent(name, unused -> new ArrayList<>())
          .add((System.nanoTime() - start) / 1e9);
    }
  }

  private Measure ratio(String name, String other) {
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      ratios.add(seconds(name).get(round) / seconds(other).get(round));
    }
    return mean(ratios);
  }

  private List<Double> seconds(String name) {
    return requireNonNull(seconds.get(name), name);
  }

  private static Measure mean(List<Double> values) {
    ListStatistics statistics = new ListStatistics();
    values.forEach(statistics::addValue);
    return new Measure(statistics.getMean(), statistics.getMeanErrorAt(Measure.CONFIDENCE));
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
    if (process.waitFor() != 0) {
      throw new IOException("Cannot run " + String.join(" ", command));
    }
  }
}

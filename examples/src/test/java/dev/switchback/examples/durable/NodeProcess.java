// SPDX-License-Identifier: Apache-2.0
package dev.switchback.examples.durable;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A child process: what it says can be read after its death, too. */
final class NodeProcess implements AutoCloseable {

  private final Process process;
  private final BufferedReader output;
  private final PrintWriter input;

  NodeProcess(Class<?> main, Place place, String name) throws IOException {
    process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1", // starts sooner
            "-Xshare:auto",
            "-cp",
            System.getProperty("java.class.path"),
            main.getName(),
            place.directory().toString(),
            place.url(),
            name)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    input = new PrintWriter(process.getOutputStream(), true, UTF_8);
  }

  /** Waits for the next line; null if the process has ended. */
  @Nullable
  String line() {
    try {
      return output.readLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for a line that the process has to say. */
  String answer() {
    String line = line();
    if (line == null) {
      throw new AssertionError("The node has ended");
    }
    return line;
  }

  void tell(String line) {
    input.println(line);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Kills the process as {@code kill -9} does, and returns the whole lines that it had said. */
  List<String> kill() throws InterruptedException {
    process.toHandle().destroyForcibly(); // the one of Process would close its output
    process.waitFor();
    List<String> lines = new ArrayList<>();
    for (String line = line(); line != null; line = line()) {
      lines.add(line);
    }
    return lines;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}

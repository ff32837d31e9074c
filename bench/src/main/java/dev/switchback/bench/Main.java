// SPDX-License-Identifier: Apache-2.0
package dev.switchback.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs the benchmarks that the arguments name, several times in turn, and writes the report.
 *
 * <p>Takes JMH's own arguments. Each round gives every benchmark one fork, so that whatever else the
 * machine does in the meantime falls on both sides of a ratio; the rounds are then taken together.
 * System properties: {@code bench.rounds} (3) and {@code bench.report} (where to write the report;
 * it is printed as well).
 */
public final class Main {

  private Main() {}

  /** Runs; see the class. */
  public static void main(String[] arguments)
      throws CommandLineOptionException, RunnerException, IOException {
    int rounds = Integer.getInteger("bench.rounds", 3);
    Path place = Path.of(System.getProperty("bench.report", "bench-report.md"));
    CommandLineOptions options = new CommandLineOptions(arguments);
    Report report = new Report();
    for (int round = 0; round < rounds; round++) {
      ChainedOptionsBuilder builder = new OptionsBuilder().parent(options);
      if (!options.getForkCount().hasValue()) {
        builder.forks(1);
      }
      if (options.getProfilers().isEmpty()) {
        builder.addProfiler(GCProfiler.class);
      }
      Collection<RunResult> results = new Runner(builder.build()).run();
      results.forEach(report::add);
    }
    String text = report.text();
    Files.writeString(place, text);
    System.out.println(text);
  }
}

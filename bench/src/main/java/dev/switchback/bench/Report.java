// SPDX-License-Identifier: Apache-2.0
package dev.switchback.bench;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.util.ListStatistics;

/**
 * What came out, as Markdown: per benchmark class a table of times, one of bytes allocated, and one
 * of the ratios that its methods declare with {@link Against}.
 *
 * <p>All rounds of a benchmark count as one sample; the error of a ratio comes from the errors of
 * both sides.
 */
final class Report {

  private static final String ALLOCATED = "gc.alloc.rate.norm";

  /** All samples of one method with one set of parameters. */
  private static final class Samples {
    private final ListStatistics times = new ListStatistics();
    private final ListStatistics bytes = new ListStatistics();
    private String unit = "";

    Measure time() {
      return measure(times);
    }

    Measure allocated() {
      return measure(bytes);
    }

    private static Measure measure(ListStatistics statistics) {
      return new Measure(
          statistics.getMean(),
          statistics.getN() < 2 ? Double.NaN : statistics.getMeanErrorAt(Measure.CONFIDENCE));
    }
  }

  // Class, then method, then parameters, each in the order in which they ran.
  private final Map<String, Map<String, Map<String, Samples>>> classes = new LinkedHashMap<>();

  void add(RunResult run) {
    BenchmarkParams params = run.getParams();
    String name = params.getBenchmark();
    int dot = name.lastIndexOf('.');
    Samples samples = classes
        .computeIfAbsent(name.substring(0, dot), unused -> new LinkedHashMap<>())
        .computeIfAbsent(name.substring(dot + 1), unused -> new LinkedHashMap<>())
        .computeIfAbsent(parameters(params), unused -> new Samples());
    samples.unit = run.getPrimaryResult().getScoreUnit();
    run.getBenchmarkResults().forEach(fork -> {
      for (IterationResult iteration : fork.getIterationResults()) {
        samples.times.addValue(iteration.getPrimaryResult().getScore());
        Result<?> allocated = iteration.getSecondaryResults().get(ALLOCATED);
        if (allocated != null) {
          samples.bytes.addValue(allocated.getScore());
        }
      }
    });
  }

  private static String parameters(BenchmarkParams params) {
    return params.getParamsKeys().stream().map(params::getParam).collect(Collectors.joining(", "));
  }

  String text() {
    StringBuilder text = new StringBuilder();
    classes.forEach((type, methods) -> {
      text.append("### ").append(type.substring(type.lastIndexOf('.') + 1)).append("\n\n");
      List<String> columns = methods.values().stream()
          .flatMap(byParameters -> byParameters.keySet().stream())
          .distinct()
          .toList();
      times(text, methods, columns);
      allocated(text, methods, columns);
      ratios(text, type, methods, columns);
    });
    return text.toString();
  }

  private static void times(
      StringBuilder text, Map<String, Map<String, Samples>> methods, List<String> columns) {
    String unit = methods.values().iterator().next().values().iterator().next().unit;
    head(text, unit, columns);
    methods.forEach((method, found) -> row(text, method, columns, found, Samples::time));
    text.append('\n');
  }

  private static void allocated(
      StringBuilder text, Map<String, Map<String, Samples>> methods, List<String> columns) {
    boolean any = methods.values().stream()
        .flatMap(found -> found.values().stream())
        .anyMatch(samples -> samples.bytes.getN() > 0);
    if (any) {
      head(text, "bytes allocated/op", columns);
      methods.forEach((method, found) -> row(text, method, columns, found, Samples::allocated));
      text.append('\n');
    }
  }

  private static void ratios(
      StringBuilder text,
      String type,
      Map<String, Map<String, Samples>> methods,
      List<String> columns) {
    List<String> rows = new ArrayList<>();
    methods.forEach((method, found) -> {
      for (Against against : declared(type, method)) {
        SortedMap<String, Measure> ratios = new TreeMap<>();
        found.forEach((column, samples) -> {
          List<Samples> others = Arrays.stream(against.value())
              .map(other -> methods.getOrDefault(other, Map.of()).get(column))
              .toList();
          if (others.stream().allMatch(other -> other != null)) {
            Measure sum =
                others.stream().map(Samples::time).reduce(new Measure(0, 0), Measure::plus);
            ratios.put(column, samples.time().per(sum.times(against.times())));
          }
        });
        if (!ratios.isEmpty()) {
          rows.add(line(method, against, columns, ratios));
        }
      }
    });
    if (!rows.isEmpty()) {
      head(text, "ratio of times", columns);
      rows.forEach(text::append);
      text.append('\n');
    }
  }

  private static String line(
      String method, Against against, List<String> columns, Map<String, Measure> ratios) {
    String factor = against.times() == 1 ? "" : new Measure(against.times(), Double.NaN) + " × ";
    StringBuilder line = new StringBuilder("| ")
        .append(method)
        .append(" / ")
        .append(factor)
        .append(String.join(" + ", against.value()));
    if (against.atMost() > 0) {
      line.append(" (aim: ≤ ").append(new Measure(against.atMost(), Double.NaN)).append(')');
    }
    for (String column : columns) {
      Measure ratio = ratios.get(column);
      line.append(" | ").append(ratio == null ? "" : ratio);
    }
    return line.append(" |\n").toString();
  }

  private static List<Against> declared(String type, String method) {
    try {
      for (Method candidate : Class.forName(type).getMethods()) {
        if (candidate.getName().equals(method)) {
          return List.of(candidate.getAnnotationsByType(Against.class));
        }
      }
      return List.of();
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("Cannot find the benchmark class " + type, e);
    }
  }

  private static void head(StringBuilder text, String title, List<String> columns) {
    text.append("| ").append(title);
    columns.forEach(column -> text.append(" | ").append(column));
    text.append(" |\n| ---").append(" | ---:".repeat(columns.size())).append(" |\n");
  }

  private static void row(
      StringBuilder text,
      String method,
      List<String> columns,
      Map<String, Samples> found,
      java.util.function.Function<Samples, Measure> value) {
    text.append("| ").append(method);
    for (String column : columns) {
      Samples samples = found.get(column);
      text.append(" | ").append(samples == null ? "" : value.apply(samples));
    }
    text.append(" |\n");
  }
}

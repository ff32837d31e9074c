// SPDX-License-Identifier: Apache-2.0
package dev.switchback.bench.diff;

import com.fasterxml.jackson.databind.JsonNode;
import dev.switchback.bench.Against;
import dev.switchback.diff.Diff;
import dev.switchback.diff.Sharing;
import dev.switchback.model.spec.AppSpec;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Diff of two versions of a template, beside what a user would take instead. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xms3g", "-Xmx3g"})
@SuppressWarnings("NullAway.Init") // the states are set up before anything runs
public class DiffBenchmark {

  /** How many components. */
  @State(Scope.Benchmark)
  public static class Size {
    /** Components of the first version. */
    @Param({"10", "100", "1000", "10000"})
    public int size;
  }

  /** Two specs that share nothing, as they are when they have just been read. */
  @State(Scope.Benchmark)
  public static class Parsed {
    private Pairs<AppSpec> pairs;

    /** Makes them. */
    @Setup
    public void make(Size size) {
      pairs = new Pairs<>(size.size, Specs::of);
    }
  }

  /** Two specs that share what is equal, as they do when versions are kept. */
  @State(Scope.Benchmark)
  public static class Kept {
    private Pairs<AppSpec> pairs;

    /** Makes them. */
    @Setup
    public void make(Size size) {
      pairs = new Pairs<>(size.size, Specs.kept());
    }
  }

  /** The same in plain records. */
  @State(Scope.Benchmark)
  public static class Records {
    private Pairs<List<Plain.Component>> pairs;

    /** Makes them. */
    @Setup
    public void make(Size size) {
      pairs = new Pairs<>(size.size, HandCoded::of);
    }
  }

  /** The same in plain records with fingerprints. */
  @State(Scope.Benchmark)
  public static class Fingerprints {
    private Pairs<List<Printed>> pairs;

    /** Makes them. */
    @Setup
    public void make(Size size) {
      pairs = new Pairs<>(size.size, Printed::of);
    }
  }

  /** The same in JSON trees. */
  @State(Scope.Benchmark)
  public static class Json {
    private Pairs<JsonNode> pairs;

    /** Makes them. */
    @Setup
    public void make(Size size) {
      pairs = new Pairs<>(size.size, Tools::tree);
    }
  }

  /** Ours, of what was just read. */
  @Benchmark
  @Against(value = "recordEquality", atMost = 1)
  @Against("semanticFloor")
  @Against(value = "zjsonpatch", atMost = 1 / 12.0)
  @Against(value = "javers", atMost = 1 / 65.0)
  public Diff parsed(Parsed specs) {
    return specs.pairs.next(Diff::between);
  }

  /** Ours, of what is kept. */
  @Benchmark
  @Against(value = "recordEquality", atMost = 0.1)
  @Against("fingerprintEquality")
  @Against(value = "javers", atMost = 1 / 650.0)
  public Diff kept(Kept specs) {
    return specs.pairs.next(Diff::between);
  }

  /** What it costs, once, to let a version share with the one before. */
  @Benchmark
  @Against("recordEquality")
  public AppSpec sharing(Parsed specs) {
    return specs.pairs.next((from, to) -> Sharing.of(to, from));
  }

  /** The limit when every value must be looked at. */
  @Benchmark
  public int recordEquality(Records records) {
    return records.pairs.next(HandCoded::unequal);
  }

  /** The limit when most is known to be equal by a stored fingerprint. */
  @Benchmark
  public int fingerprintEquality(Fingerprints records) {
    return records.pairs.next(Printed::unequal);
  }

  /** What differs, by hand. */
  @Benchmark
  public List<Object> semanticFloor(Records records) {
    return records.pairs.next(HandCoded::differences);
  }

  /** zjsonpatch on Jackson trees. */
  @Benchmark
  public JsonNode zjsonpatch(Json trees) {
    return trees.pairs.next(Tools::patch);
  }

  /** JaVers on records, lists compared by position. */
  @Benchmark
  public org.javers.core.diff.Diff javers(Records records) {
    return records.pairs.next(Tools::javers);
  }
}

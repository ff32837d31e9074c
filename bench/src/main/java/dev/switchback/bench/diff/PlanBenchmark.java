// SPDX-License-Identifier: Apache-2.0
package dev.switchback.bench.diff;

import dev.switchback.bench.Against;
import dev.switchback.plan.PlannedOperation;
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

/**
 * A diff, then a plan with its three-way merge, beside the least that somebody would write by hand: a
 * diff of two sides and an order in waves, without merge, decisions, reasons or steps.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xms4g", "-Xmx4g"})
@SuppressWarnings("NullAway.Init") // the states are set up before anything runs
public class PlanBenchmark {

  /** How many components. */
  @State(Scope.Benchmark)
  public static class Size {
    /** Components of the first version. */
    @Param({"10", "100", "1000", "10000"})
    public int size;
  }

  /** Base, recorded state and target, sharing nothing. */
  @State(Scope.Benchmark)
  public static class Parsed {
    private Pairs<Upgrade> upgrades;

    /** Makes them. */
    @Setup
    public void make(Size size) {
      upgrades = Pairs.single(size.size, Upgrade::parsed);
    }
  }

  /** The same, sharing what is equal. */
  @State(Scope.Benchmark)
  public static class Kept {
    private Pairs<Upgrade> upgrades;

    /** Makes them. */
    @Setup
    public void make(Size size) {
      upgrades = Pairs.single(size.size, Upgrade::kept);
    }
  }

  /** Each component needs the one before. */
  @State(Scope.Benchmark)
  public static class Chain {
    private Upgrade upgrade;

    /** Makes it. */
    @Setup
    public void make(Size size) {
      upgrade = Upgrade.chain(size.size);
    }
  }

  /** Two versions in plain records. */
  @State(Scope.Benchmark)
  public static class Records {
    private Pairs<List<Plain.Component>> pairs;

    /** Makes them. */
    @Setup
    public void make(Size size) {
      pairs = new Pairs<>(size.size, HandCoded::of);
    }
  }

  /** Ours, the strict sequence: of specs that share nothing a diff, then the plan. */
  @Benchmark
  @Against(
      value = {"semanticFloor", "waves"},
      times = 4,
      atMost = 1)
  public Upgrade.Result parsed(Parsed parsed) {
    return parsed.upgrades.next((upgrade, same) -> upgrade.diffAndPlan());
  }

  /** Ours, of the same specs: lets the target share with the recorded state before both. */
  @Benchmark
  @Against(
      value = {"semanticFloor", "waves"},
      times = 4,
      atMost = 1)
  public Upgrade.Result shared(Parsed parsed) {
    return parsed.upgrades.next((upgrade, same) -> upgrade.shareThenDiffAndPlan());
  }

  /** Only the plan of what was just read: its decisions are the diff. */
  @Benchmark
  @Against(
      value = {"semanticFloor", "waves"},
      times = 4,
      atMost = 1)
  public PlannedOperation planOnly(Parsed parsed) {
    return parsed.upgrades.next((upgrade, same) -> upgrade.plan());
  }

  /** Ours, on what is kept. */
  @Benchmark
  @Against(
      value = {"semanticFloor", "waves"},
      times = 4,
      atMost = 1)
  public Upgrade.Result kept(Kept kept) {
    return kept.upgrades.next((upgrade, same) -> upgrade.diffAndPlan());
  }

  /** Ours, on a chain as long as there are components. */
  @Benchmark
  public Upgrade.Result chain(Chain chain) {
    return chain.upgrade.diffAndPlan();
  }

  /** What differs, by hand. */
  @Benchmark
  public List<Object> semanticFloor(Records records) {
    return records.pairs.next(HandCoded::differences);
  }

  /** An order in waves, by hand. */
  @Benchmark
  public List<List<String>> waves(Records records) {
    return records.pairs.next((from, to) -> Order.waves(to));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.switchback.bench.engine;

import dev.switchback.bench.Against;
import dev.switchback.core.ExecutionOptions;
import dev.switchback.model.app.OperationRecord;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Upgrades of every component of an app on a site in memory: what the engine costs by itself, and how
 * closely it follows a backend that takes a fixed time for each component, sixteen at a time. All
 * times are of {@code execute}: planning again, begin, waves, end.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5)
@Measurement(iterations = 5)
@Fork(1)
@SuppressWarnings("NullAway.Init") // the states are set up before anything runs
public class EngineBenchmark {

  private static final int PARALLEL = 16;
  private static final Duration INSTANT = Duration.ZERO;
  private static final Duration CALL = Duration.ofMillis(50);
  private static final Duration ROLL = Duration.ofMillis(200);

  /** How many components, and threads for them. */
  @State(Scope.Benchmark)
  public static class Size {
    /** Components of the app. */
    @Param("1000")
    public int size;

    private ExecutorService pool;

    /** Makes the threads. */
    @Setup
    public void open() {
      pool = Executors.newFixedThreadPool(PARALLEL);
    }

    /** Ends them. */
    @TearDown
    public void close() {
      pool.shutdown();
    }

    private ExecutionOptions.Builder options() {
      return ExecutionOptions.builder()
          .healthyInARow(1)
          .healthInterval(Duration.ofMillis(5))
          .maxParallel(PARALLEL);
    }
  }

  /** An upgrade on a backend that does everything at once. */
  @State(Scope.Thread)
  public static class Instant {
    private Upgrade upgrade;

    /** Makes it. */
    @Setup(Level.Invocation)
    public void make(Size size) {
      upgrade = upgrade(size, INSTANT, INSTANT);
    }
  }

  /** An upgrade on a backend whose calls take their time. */
  @State(Scope.Thread)
  public static class Calls {
    private Upgrade upgrade;

    /** Makes it. */
    @Setup(Level.Invocation)
    public void make(Size size) {
      upgrade = upgrade(size, CALL, INSTANT);
    }
  }

  /** An upgrade on a backend whose components take their time to become healthy. */
  @State(Scope.Thread)
  public static class Rolls {
    private Upgrade upgrade;

    /** Makes it. */
    @Setup(Level.Invocation)
    public void make(Size size) {
      upgrade = upgrade(size, INSTANT, ROLL);
    }
  }

  private static Upgrade upgrade(Size size, Duration call, Duration roll) {
    return new Upgrade(size.size, new TimedBackend(INSTANT, INSTANT), new TimedBackend(call, roll));
  }

  /** The engine alone. */
  @Benchmark
  @Against(value = "aMillisecondEach", atMost = 1)
  public OperationRecord instant(Instant ready, Size size) {
    return ready.upgrade.execute(size.options().build());
  }

  /** What it may take. */
  @Benchmark
  public void aMillisecondEach(Size size) {
    TimedBackend.pause(TimeUnit.MILLISECONDS.toNanos(size.size));
  }

  /** Calls that take 50 ms each. */
  @Benchmark
  @Against(value = "callsAtBest", atMost = 1.05)
  public OperationRecord calls(Calls ready, Size size) {
    return ready.upgrade.execute(size.options().executor(size.pool).build());
  }

  /** As many calls one after the other as it takes at best. */
  @Benchmark
  public void callsAtBest(Calls ready) {
    TimedBackend.pause(CALL.multipliedBy(ready.upgrade.rounds(PARALLEL)).toNanos());
  }

  /** Components that become healthy 200 ms after a call that takes no time. */
  @Benchmark
  @Against(value = "rollsAtBest", atMost = 1.05)
  public OperationRecord rolls(Rolls ready, Size size) {
    return ready.upgrade.execute(size.options().executor(size.pool).build());
  }

  /** As many rolls one after the other as it takes at best. */
  @Benchmark
  public void rollsAtBest(Rolls ready) {
    TimedBackend.pause(ROLL.multipliedBy(ready.upgrade.rounds(PARALLEL)).toNanos());
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.site.proof;

import dev.switchback.testkit.memory.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Lets several threads take turns, so that only one runs at a time and who comes next is drawn: the
 * same seed gives the same course. Who sleeps is passed over until the clock has come that far; when
 * all sleep, the clock is moved on.
 */
final class Turns {

  private static final ExecutorService THREADS = Executors.newCachedThreadPool(work -> {
    Thread thread = new Thread(work, "crash proof");
    thread.setDaemon(true);
    return thread;
  });

  /** How much time goes by while somebody works. */
  private static final Duration TICK = Duration.ofMillis(10);

  /** One who takes turns. */
  private static final class Actor {

    private final Semaphore turn = new Semaphore(0);
    private Instant wakesAt = Instant.MIN;
    private boolean done;
  }

  private static final ThreadLocal<@Nullable Actor> SELF = new ThreadLocal<>();

  private final List<Actor> actors = new ArrayList<>();
  private final Semaphore over = new Semaphore(0);
  private final RandomGenerator random;
  private final ManualClock clock;
  private final Consumer<Duration> pause;

  /**
   * Makes one without actors.
   *
   * @param clock the clock they sleep by
   * @param pause lets time pass when all sleep, and moves the clock on
   */
  Turns(RandomGenerator random, ManualClock clock, Consumer<Duration> pause) {
    this.random = random;
    this.clock = clock;
    this.pause = pause;
  }

  /** Runs {@code work} as actors until all have ended. */
  void run(List<Runnable> work) {
    work.forEach(one -> actors.add(new Actor()));
    for (int i = 0; i < work.size(); i++) {
      Actor actor = actors.get(i);
      Runnable own = work.get(i);
      THREADS.execute(() -> {
        SELF.set(actor);
        actor.turn.acquireUninterruptibly();
        try {
          own.run();
        } finally {
          SELF.remove();
          actor.done = true;
          next();
        }
      });
    }
    next();
    over.acquireUninterruptibly();
  }

  /** Maybe lets another one go on; comes back when it is the caller's turn again. */
  void pass() {
    Actor actor = SELF.get();
    if (actor != null) {
      clock.advance(TICK);
      if (random.nextInt(4) == 0) {
        handOver(actor);
      }
    }
  }

  /** Lets the others go on for {@code duration}. */
  void sleep(Duration duration) {
    Actor actor = SELF.get();
    if (actor == null) {
      pause.accept(duration);
    } else {
      actor.wakesAt = clock.instant().plus(duration);
      handOver(actor);
    }
  }

  private void handOver(Actor actor) {
    Actor next = choose();
    if (next != null && next != actor) {
      next.turn.release();
      actor.turn.acquireUninterruptibly();
    }
  }

  private void next() {
    Actor next = choose();
    if (next == null) {
      over.release();
    } else {
      next.turn.release();
    }
  }

  private @Nullable Actor choose() {
    List<Actor> left = actors.stream().filter(actor -> !actor.done).toList();
    if (left.isEmpty()) {
      return null;
    }
    List<Actor> awake = awake(left);
    while (awake.isEmpty()) {
      Instant first =
          left.stream().map(actor -> actor.wakesAt).min(Instant::compareTo).orElseThrow();
      pause.accept(Duration.between(clock.instant(), first));
      awake = awake(left);
    }
    return awake.get(random.nextInt(awake.size()));
  }

  private List<Actor> awake(List<Actor> actors) {
    Instant now = clock.instant();
    return actors.stream().filter(actor -> !actor.wakesAt.isAfter(now)).toList();
  }
}

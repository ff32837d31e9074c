// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Runs the steps of one wave: begins as many as may run together, looks at their health, and begins
 * another as soon as one is up.
 *
 * <p>The thread of the operation does whatever there is to do; threads of the host's executor, as far
 * as it has any to spare, take calls off it. None of them is waited for before it has begun, so that
 * a pool of any size will do, even one that never runs anything.
 */
final class WaveRun {

  /** Decides whether to go on, and is told how the steps come along; called by any thread. */
  interface Guide {

    /** Asked before each step; once it said no, no further step is begun. */
    boolean mayBegin();

    /** Returns why not to wait for health any longer; null to go on. */
    @Nullable
    String giveUp();

    void begins(StepRun step);

    void ended(StepRun step);
  }

  private final Site site;
  private final LeaseKeeper lease;
  private final int maxParallel;
  private final @Nullable Executor executor;
  private final StepCall call;
  private final HealthWatch watch;
  private final Elapsed elapsed;
  private final Guide guide;
  private final Thread owner = Thread.currentThread();
  private boolean interrupted;

  // Guarded by this.
  private final Queue<StepRun> queue = new ArrayDeque<>();
  private int calling;
  private int helpers;
  private boolean closed;
  private boolean looking;
  private @Nullable Throwable broken;

  WaveRun(
      Site site,
      LeaseKeeper lease,
      ExecutionOptions options,
      StepTargets targets,
      Retries retries,
      Elapsed elapsed,
      Guide guide) {
    this.site = site;
    this.lease = lease;
    this.maxParallel = options.maxParallel();
    this.executor = options.executor().orElse(null);
    this.call = new StepCall(site.deployment(), retries, targets);
    this.watch = new HealthWatch(site, options, targets.app(), elapsed);
    this.elapsed = elapsed;
    this.guide = guide;
  }

  /** Runs {@code steps}; those that were not begun when this returns are pending as before. */
  void run(List<StepRun> steps) {
    synchronized (this) {
      queue.addAll(steps);
    }
    try {
      while (turn()) {
        rethrow();
      }
    } finally {
      close();
    }
    rethrow();
  }

  /** Does the next thing there is to do; returns false if there is none any more. */
  private boolean turn() {
    StepRun step = take();
    if (step != null) {
      ask(step);
      return true;
    }
    if (!watch.isEmpty()) {
      long wait = watch.untilLook();
      if (wait > 0) {
        interrupted |= Thread.interrupted();
        elapsed.pause(wait);
      } else if (!look()) {
        awaitOthers();
      }
      return true;
    }
    return awaitOthers();
  }

  /** Takes the next step that may begin; the room that is left then is for the helpers. */
  private @Nullable StepRun take() {
    synchronized (this) {
      if (room() == 0) {
        return null;
      }
    }
    boolean may = guide.mayBegin();
    StepRun step;
    int called;
    synchronized (this) {
      closed |= !may;
      if (room() == 0) {
        return null;
      }
      calling++;
      step = queue.poll();
      called = executor == null ? 0 : Math.max(0, Math.min(room(), maxParallel - 1 - helpers));
      helpers += called;
    }
    callHelpers(called);
    return step;
  }

  /** Returns how many steps may be begun now. */
  private int room() {
    return closed || queue.isEmpty()
        ? 0
        : Math.max(0, Math.min(queue.size(), maxParallel - calling - watch.rolling()));
  }

  private void ask(StepRun step) {
    try {
      lease.keep();
      step.startedAt = step.startedAt == null ? site.clock().instant() : step.startedAt;
      guide.begins(step);
      call.ask(step);
      if (step.isPending() && step.component != null) {
        watch.add(step.component, step);
      } else {
        end(step);
      }
    } catch (RuntimeException | Error e) {
      breakOff(e);
    } finally {
      synchronized (this) {
        calling--;
        notifyAll();
      }
      LockSupport.unpark(owner);
    }
  }

  private void end(StepRun step) {
    step.endedAt = site.clock().instant();
    guide.ended(step);
  }

  /** Looks; returns false if another thread is at it. */
  private boolean look() {
    synchronized (this) {
      if (looking) {
        return false;
      }
      looking = true;
    }
    try {
      lease.keep();
      String why = guide.giveUp();
      (why == null ? watch.look() : watch.giveUp(why)).forEach(this::end);
      return true;
    } finally {
      synchronized (this) {
        looking = false;
        notifyAll();
      }
      LockSupport.unpark(owner);
    }
  }

  /**
   * Waits until another thread is through with what it does, or wakes up by chance: the callers look
   * again. Returns false if none does anything.
   */
  @SuppressWarnings("WaitNotInLoop")
  private synchronized boolean awaitOthers() {
    boolean any = calling > 0 || looking;
    if (any) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    return any;
  }

  private void callHelpers(int number) {
    for (int i = 0; i < number && executor != null; i++) {
      try {
        executor.execute(this::help);
      } catch (RejectedExecutionException e) {
        synchronized (this) {
          helpers -= number - i;
        }
        return;
      }
    }
  }

  private void help() {
    try {
      boolean more = true;
      while (more) {
        StepRun step = take();
        if (step != null) {
          ask(step);
        } else {
          more = lookForRoom();
        }
      }
    } catch (RuntimeException | Error e) {
      breakOff(e);
    } finally {
      synchronized (this) {
        helpers--;
        notifyAll();
      }
    }
  }

  /** Looks whether a component came up, where a step waits for that; returns whether it looked. */
  private boolean lookForRoom() {
    synchronized (this) {
      if (closed || queue.isEmpty() || looking || watch.isEmpty() || watch.untilLook() > 0) {
        return false;
      }
    }
    return look();
  }

  private synchronized void breakOff(Throwable failure) {
    if (broken == null) {
      broken = failure;
    }
    closed = true;
    notifyAll();
  }

  /**
   * Lets no thread begin anything any more, and waits for those that do something. A thread that was
   * interrupted meanwhile is so again afterwards: an operation ends by signal, not by interruption.
   */
  private synchronized void close() {
    closed = true;
    boolean others;
    do {
      others = awaitOthers();
    } while (others);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void rethrow() {
    if (broken instanceof Error error) {
      throw error;
    }
    if (broken instanceof RuntimeException exception) {
      throw exception;
    }
  }
}

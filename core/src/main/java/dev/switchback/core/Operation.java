// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import dev.switchback.model.AppId;
import dev.switchback.model.RecordId;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.app.Signal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * An operation that runs on a thread of its own. The thread keeps the JVM up; if the process dies
 * nevertheless, recovery finishes the operation. Safe for use by many threads.
 */
public final class Operation {

  private final Engine engine;
  private final OperationRun run;
  private final String actor;
  private final CompletableFuture<OperationRecord> end = new CompletableFuture<>();

  private Operation(Engine engine, OperationRun run, String actor) {
    this.engine = engine;
    this.run = run;
    this.actor = actor;
  }

  static Operation start(Engine engine, OperationRun run, String actor) {
    Operation operation = new Operation(engine, run, actor);
    new Thread(operation::work, "switchback-" + run.id()).start();
    return operation;
  }

  private void work() {
    try (OperationRun toClose = run) {
      end.complete(toClose.run());
    } catch (Throwable e) {
      end.completeExceptionally(e);
    }
  }

  /** Returns the id of its record. */
  public RecordId id() {
    return run.id();
  }

  /** Returns the app that it changes. */
  public AppId app() {
    return run.app();
  }

  /** Tells whether it has ended, was paused, or broke off. */
  public boolean isDone() {
    return end.isDone();
  }

  /** Returns what has happened so far, in order. */
  public List<ProgressEvent> events() {
    return run.events();
  }

  /**
   * Waits until it has ended or is paused.
   *
   * @return the record as it is then: closed, or paused
   * @throws InterruptedException if the waiting thread is interrupted; the operation goes on
   * @throws dev.switchback.storage.FencedOffException if somebody else took over while this process
   *     was away; they finish the operation
   * @throws dev.switchback.storage.StorageException if the storage failed on the way; recovery
   *     finishes the operation
   */
  public OperationRecord await() throws InterruptedException {
    try {
      return end.get();
    } catch (ExecutionException e) {
      throw unwrapped(e);
    }
  }

  /**
   * Waits until it has ended or is paused, but not longer than {@code limit}.
   *
   * @return the record as {@link #await()}; empty if the operation is still under way
   * @throws InterruptedException as {@link #await()}
   */
  public Optional<OperationRecord> await(Duration limit) throws InterruptedException {
    try {
      return Optional.of(end.get(limit.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (ExecutionException e) {
      throw unwrapped(e);
    }
  }

  private static RuntimeException unwrapped(ExecutionException e) {
    if (e.getCause() instanceof Error error) {
      throw error;
    }
    return e.getCause() instanceof RuntimeException failure
        ? failure
        : new IllegalStateException(e.getCause());
  }

  /**
   * Asks it to begin no further step, to wait for those under way and to let go of the app. Returns at
   * once; {@link #await()} returns the paused record. Does nothing if it has ended.
   *
   * @throws dev.switchback.model.RefusedException if the actor may not
   */
  public void pause() {
    engine.send(this, Authorizer.Action.PAUSE, Signal.PAUSE);
  }

  /**
   * Asks it to begin no further step and to take back what was done. Returns at once; {@link #await()}
   * returns the closed record. Does nothing if it has ended.
   *
   * @throws dev.switchback.model.RefusedException if the actor may not
   */
  public void cancel() {
    engine.send(this, Authorizer.Action.CANCEL, Signal.CANCEL);
  }

  String actor() {
    return actor;
  }

  @Override
  public String toString() {
    return id() + " of " + app();
  }
}

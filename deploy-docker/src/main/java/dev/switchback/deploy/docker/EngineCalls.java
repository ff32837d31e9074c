// SPDX-License-Identifier: Apache-2.0
package dev.switchback.deploy.docker;

import com.github.dockerjava.api.exception.DockerException;
import dev.switchback.deploy.DeploymentException;
import dev.switchback.deploy.DeploymentException.Reason;
import dev.switchback.model.OutcomeUnknownException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * How a call to an engine is made.
 *
 * <p>Every call can be made again without doing more, so a call that the engine does not answer is
 * made again until patience runs out: an engine that restarts is waited for.
 */
final class EngineCalls {

  private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final Duration patience;
  private final LongAdder requests;

  EngineCalls(Duration patience) {
    this(patience, new LongAdder());
  }

  private EngineCalls(Duration patience, LongAdder requests) {
    this.patience = patience;
    this.requests = requests;
  }

  /** Returns the same, but for patience of at most {@code limit}. */
  EngineCalls waitingAtMost(Duration limit) {
    return limit.compareTo(patience) < 0 ? new EngineCalls(limit, requests) : this;
  }

  /** Returns how many requests were sent. */
  long requests() {
    return requests.sum();
  }

  /** Counts a request that is made in another way than by the methods below. */
  void count() {
    requests.increment();
  }

  /** Asks for something; whatever the engine answers that is an error is a deployment exception. */
  <T> T read(String what, Supplier<T> call) {
    try {
      return find(what, call);
    } catch (DockerException e) {
      throw Failures.of(what, e);
    }
  }

  /** Asks for something; answers that are errors pass through. */
  <T> T find(String what, Supplier<T> call) {
    return make(what, false, call);
  }

  /** Changes something; answers that are errors pass through. */
  <T> T change(String what, Supplier<T> call) {
    return make(what, true, call);
  }

  private <T> T make(String what, boolean changes, Supplier<T> call) {
    long deadline = System.nanoTime() + patience.toNanos();
    boolean half = false;
    while (true) {
      requests.increment();
      try {
        return call.get();
      } catch (DockerException e) {
        throw e;
      } catch (RuntimeException e) {
        if (!Failures.isUnreachable(e)) {
          throw Failures.of(what, e);
        }
        half |= changes && !isRefusedConnection(e);
        if (System.nanoTime() - deadline >= 0 || Thread.currentThread().isInterrupted()) {
          throw half
              ? new OutcomeUnknownException(
                  "Cannot tell whether this was done: " + what + ": the engine stopped answering",
                  e)
              : unreachable(what, e);
        }
        LockSupport.parkNanos(RETRY_NANOS);
      }
    }
  }

  static DeploymentException unreachable(String what, RuntimeException e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return Failures.make(
        Reason.UNREACHABLE, what, "the engine does not answer (" + root.getMessage() + ")", e);
  }

  /** Tells whether nothing was sent. */
  private static boolean isRefusedConnection(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      String message = String.valueOf(t.getMessage());
      if (message.contains("Connection refused") || message.contains("No such file")) {
        return true;
      }
    }
    return false;
  }
}

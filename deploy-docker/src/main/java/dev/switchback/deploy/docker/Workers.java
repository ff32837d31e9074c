// SPDX-License-Identifier: Apache-2.0
package dev.switchback.deploy.docker;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;

/** Does one thing for many at the same time, and waits for all. */
final class Workers implements AutoCloseable {

  private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
    Thread thread = new Thread(task, "switchback-docker");
    thread.setDaemon(true);
    return thread;
  });

  /** Returns the results in the order of {@code items}; the first failure, once all are done. */
  <T, R> List<R> map(List<T> items, Function<T, R> function) {
    if (items.size() == 1) {
      return List.of(function.apply(items.get(0)));
    }
    List<Future<R>> futures = new ArrayList<>();
    for (T item : items) {
      futures.add(threads.submit(() -> function.apply(item)));
    }
    List<R> results = new ArrayList<>();
    RuntimeException failure = null;
    for (Future<R> future : futures) {
      try {
        results.add(future.get());
      } catch (ExecutionException e) {
        RuntimeException cause = e.getCause() instanceof RuntimeException runtime
            ? runtime
            : new IllegalStateException(e.getCause());
        if (failure == null) {
          failure = cause;
        } else {
          failure.addSuppressed(cause);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("Cannot wait: interrupted", e);
      }
    }
    if (failure != null) {
      throw failure;
    }
    return results;
  }

  <T> void forEach(List<T> items, Consumer<T> action) {
    map(items, item -> {
      action.accept(item);
      return Boolean.TRUE;
    });
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}

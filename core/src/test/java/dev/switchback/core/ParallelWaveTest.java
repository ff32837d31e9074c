// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import static dev.switchback.core.Sites.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.deploy.DeploymentBackend;
import dev.switchback.model.Keyed;
import dev.switchback.model.app.ComponentResult;
import dev.switchback.model.app.ComponentResult.Outcome;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.app.RecordStatus;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.plan.InstallRequest;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Steps of one wave on threads of the host, however many or few those are. */
@Timeout(60)
final class ParallelWaveTest {

  private final Sites sites = new Sites();

  @AfterEach
  void close() {
    sites.close();
  }

  @Test
  void wave_onAPool_runsAsManyCallsTogetherAsAllowed() {
    CyclicBarrier fourTogether = new CyclicBarrier(4);
    AtomicInteger calls = new AtomicInteger();
    Set<String> threads = ConcurrentHashMap.newKeySet();
    ExecutorService pool = Executors.newFixedThreadPool(8);

    OperationRecord record = install(8, 4, pool, () -> {
      threads.add(Thread.currentThread().getName());
      if (calls.incrementAndGet() <= 4) {
        awaitAll(fourTogether);
      }
    });
    pool.shutdown();

    assertAllDone(record, 8);
    assertThat(threads).hasSizeGreaterThanOrEqualTo(4);
  }

  @Test
  void wave_neverHasMoreOnTheirWayThanAllowed() {
    AtomicInteger calls = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    ExecutorService pool = Executors.newFixedThreadPool(8);

    OperationRecord record = install(20, 3, pool, () -> {
      most.accumulateAndGet(calls.incrementAndGet(), Math::max);
      Thread.onSpinWait();
      calls.decrementAndGet();
    });
    pool.shutdown();

    assertAllDone(record, 20);
    assertThat(most.get()).isBetween(1, 3);
  }

  @Test
  void wave_onAPoolThatNeverRunsAnything_isDoneByTheOperationItself() {
    Queue<Runnable> neverRun = new ArrayDeque<>();

    OperationRecord record = install(20, 4, neverRun::add, () -> {});
    neverRun.forEach(Runnable::run);

    assertAllDone(record, 20);
    assertThat(sites.backend.changes()).hasSize(20);
  }

  @Test
  void wave_onAPoolOfOneThread_ends() {
    ExecutorService pool = Executors.newSingleThreadExecutor();
    assertAllDone(install(20, 16, pool, () -> {}), 20);
    pool.shutdown();
  }

  @Test
  void wave_onTheThreadOfTheCaller_ends() {
    assertAllDone(install(20, 16, Runnable::run, () -> {}), 20);
  }

  @Test
  void wave_onAPoolThatRefuses_isDoneByTheOperationItself() {
    Executor full = task -> {
      throw new RejectedExecutionException("full");
    };
    assertAllDone(install(20, 16, full, () -> {}), 20);
  }

  @Test
  void wave_withoutAPool_staysOnOneThread() {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();

    assertAllDone(install(20, 16, null, () -> threads.add(Thread.currentThread())), 20);

    assertThat(threads).containsExactly(Thread.currentThread());
  }

  private OperationRecord install(
      int components, int maxParallel, @Nullable Executor executor, Runnable duringCall) {
    ExecutionOptions.Builder options = ExecutionOptions.builder().maxParallel(maxParallel);
    if (executor != null) {
      options.executor(executor);
    }
    try (Switchback site = Switchback.builder()
        .storage(sites.storage)
        .blobs(sites.blobs)
        .backend(calling(duringCall))
        .clock(sites.clock)
        .pause(sites.clock::advance)
        .open()) {
      return site.apps()
          .execute(
              site.apps().plan(SHOP, new InstallRequest(sites.publish("1.0", wide(components)))),
              options.build());
    }
  }

  /** Runs something while a component is being changed, before the simulated platform locks. */
  private DeploymentBackend calling(Runnable duringCall) {
    return (DeploymentBackend) Proxy.newProxyInstance(
        getClass().getClassLoader(),
        new Class<?>[] {DeploymentBackend.class},
        (proxy, method, arguments) -> {
          if (method.getName().equals("apply")) {
            duringCall.run();
          }
          try {
            return method.invoke(sites.backend, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        });
  }

  private static void awaitAll(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static AppSpec wide(int components) {
    List<Component> all = IntStream.range(0, components)
        .mapToObj(i -> Sites.component(String.format("c%02d", i), "1"))
        .toList();
    return AppSpec.builder().components(Keyed.copyOf(all)).build();
  }

  private static void assertAllDone(OperationRecord record, int components) {
    assertThat(record.status()).isEqualTo(RecordStatus.SUCCEEDED);
    assertThat(record.results()).hasSize(components);
    assertThat(record.results()).extracting(ComponentResult::outcome).containsOnly(Outcome.DONE);
  }
}

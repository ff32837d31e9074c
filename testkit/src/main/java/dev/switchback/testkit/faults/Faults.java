// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.faults;

import static java.util.Objects.requireNonNull;

import dev.switchback.deploy.ArtifactLoader;
import dev.switchback.deploy.DeploymentBackend;
import dev.switchback.deploy.DeploymentException;
import dev.switchback.deploy.Inspector;
import dev.switchback.model.OutcomeUnknownException;
import dev.switchback.model.SwitchbackException;
import dev.switchback.storage.AppStore;
import dev.switchback.storage.AuditStore;
import dev.switchback.storage.BlobStore;
import dev.switchback.storage.BuildStore;
import dev.switchback.storage.JournalStore;
import dev.switchback.storage.LeaseStore;
import dev.switchback.storage.RecordStore;
import dev.switchback.storage.SignalStore;
import dev.switchback.storage.Storage;
import dev.switchback.storage.StorageException;
import dev.switchback.storage.TemplateStore;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes the calls of one simulated process go wrong by plan. It counts the calls to everything that
 * it wraps in one row, from 1, so that a test can go through all of them: run once without faults,
 * then once for each call that was counted. Closing is not counted and always done.
 *
 * <p>After a crash every further call throws {@link SimulatedCrash}; the test then opens what it
 * wraps anew, as a restarted process or another node would.
 *
 * <p>Safe for use by many threads; with several of them the numbers depend on who comes first.
 */
public final class Faults {

  /** The parts of a storage, and other things that a wrapped thing hands out. */
  private static final List<Class<?>> PARTS = List.of(
      TemplateStore.class,
      AppStore.class,
      RecordStore.class,
      JournalStore.class,
      BuildStore.class,
      LeaseStore.class,
      SignalStore.class,
      AuditStore.class);

  private static final Set<String> WRITES = Set.of(
      "create",
      "commit",
      "append",
      "send",
      "acquire",
      "renew",
      "release",
      "put",
      "delete",
      "apply",
      "remove",
      "applyShared",
      "load");

  private final FaultPlan plan;
  private final List<String> calls = new ArrayList<>();
  private final Map<Integer, Runnable> before = new HashMap<>();
  private Consumer<String> beforeEach = name -> {};
  private Duration delay = Duration.ofMillis(1);
  private Consumer<Duration> pause = duration -> LockSupport.parkNanos(duration.toNanos());
  private boolean crashed;

  /** Makes a process whose calls go wrong as {@code plan} says. */
  public Faults(FaultPlan plan) {
    this.plan = requireNonNull(plan, "plan");
  }

  /** Wraps a storage with all its parts. */
  public Storage storage(Storage storage) {
    return wrap(Storage.class, storage, Faults::storageFailure);
  }

  /** Wraps a blob store. */
  public BlobStore blobs(BlobStore blobs) {
    return wrap(BlobStore.class, blobs, Faults::storageFailure);
  }

  /** Wraps a deployment backend with its abilities. Failures: unreachable. */
  public DeploymentBackend backend(DeploymentBackend backend) {
    return wrap(DeploymentBackend.class, backend, Faults::backendFailure);
  }

  /**
   * Runs {@code action} right before call {@code number}, on the thread of the caller: to let time
   * pass, or to let another node act in between. Its own calls through this object are counted too.
   */
  public synchronized Faults before(int number, Runnable action) {
    before.put(number, requireNonNull(action, "action"));
    return this;
  }

  /**
   * Runs {@code action} with the name of the call right before every call, on the thread of the
   * caller: to let the nodes of a test take turns.
   */
  public synchronized Faults beforeEach(Consumer<String> action) {
    beforeEach = requireNonNull(action, "action");
    return this;
  }

  /**
   * Says how a {@link Fault#DELAY} comes about; a millisecond of real time unless this is called.
   *
   * @param delay how late such a call is made
   * @param pause lets the time pass before the call, on the thread of the caller: moves a clock on, or
   *     lets others act
   */
  public synchronized Faults delays(Duration delay, Consumer<Duration> pause) {
    this.delay = requireNonNull(delay, "delay");
    this.pause = requireNonNull(pause, "pause");
    return this;
  }

  /** Returns the calls so far in order, such as {@code Storage.commit}; the first has number 1. */
  public synchronized List<String> calls() {
    return List.copyOf(calls);
  }

  /** Tells whether the process has ended. */
  public synchronized boolean crashed() {
    return crashed;
  }

  private <T> T wrap(Class<T> type, T target, Function<String, SwitchbackException> failure) {
    requireNonNull(target, "target");
    InvocationHandler handler = (proxy, method, arguments) -> {
      if (method.getDeclaringClass() == Object.class) {
        return onObject(proxy, target, method, arguments);
      }
      if (method.getName().equals("close")) {
        return invoke(target, method, arguments);
      }
      if (PARTS.contains(method.getReturnType())) {
        return wrapPart(method.getReturnType(), invoke(target, method, arguments), failure);
      }
      if (method.getName().equals("artifactLoader")) {
        return ((Optional<?>) requireNonNull(invoke(target, method, arguments)))
            .map(loader -> wrap(ArtifactLoader.class, (ArtifactLoader) loader, failure));
      }
      if (method.getName().equals("inspector")) {
        return ((Optional<?>) requireNonNull(invoke(target, method, arguments)))
            .map(inspector -> wrap(Inspector.class, (Inspector) inspector, failure));
      }
      return call(target, method, arguments, failure);
    };
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private <P> P wrapPart(
      Class<P> type, @Nullable Object part, Function<String, SwitchbackException> failure) {
    return wrap(type, type.cast(requireNonNull(part)), failure);
  }

  private static @Nullable Object onObject(
      Object proxy, Object target, Method method, Object @Nullable [] arguments) throws Throwable {
    return switch (method.getName()) {
      case "equals" -> arguments != null && proxy == arguments[0];
      case "hashCode" -> System.identityHashCode(proxy);
      default -> invoke(target, method, arguments);
    };
  }

  private @Nullable Object call(
      Object target,
      Method method,
      Object @Nullable [] arguments,
      Function<String, SwitchbackException> failure)
      throws Throwable {
    String name = method.getDeclaringClass().getSimpleName() + "." + method.getName();
    int number = begin(name);
    Optional<Fault> fault = plan.find(number);
    if (fault.isEmpty()) {
      return invoke(target, method, arguments);
    }
    String what = "call " + number + ", " + name;
    boolean writes = WRITES.contains(method.getName());
    SwitchbackException unknown = writes
        ? new OutcomeUnknownException(
            "Cannot tell how " + what + ", ended: its answer was lost by plan", null)
        : failure.apply(what);
    switch (fault.get()) {
      case FAIL -> throw failure.apply(what);
      case LOSE_REQUEST -> throw unknown;
      case LOSE_ANSWER -> {
        invoke(target, method, arguments);
        throw unknown;
      }
      case REPEAT -> {
        Object answer = invoke(target, method, arguments);
        try {
          invoke(target, method, arguments);
        } catch (SwitchbackException refused) {
          // The repetition may well be refused; the caller has the answer to the first.
        }
        return answer;
      }
      case DELAY -> {
        pause();
        return invoke(target, method, arguments);
      }
      case CRASH_BEFORE -> throw crash(what);
      case CRASH_AFTER -> {
        try {
          invoke(target, method, arguments);
        } catch (SwitchbackException refused) {
          // Nobody is left to be told.
        }
        throw crash(what);
      }
    }
    throw new IllegalStateException("Every fault was handled above");
  }

  private void pause() {
    Consumer<Duration> wait;
    Duration duration;
    synchronized (this) {
      wait = pause;
      duration = delay;
    }
    wait.accept(duration);
  }

  private int begin(String name) {
    Runnable action;
    Consumer<String> each;
    int number;
    synchronized (this) {
      if (crashed) {
        throw new SimulatedCrash("an earlier call; " + name + " came after it");
      }
      calls.add(name);
      number = calls.size();
      action = before.remove(number);
      each = beforeEach;
    }
    each.accept(name);
    if (action != null) {
      action.run();
    }
    return number;
  }

  private synchronized SimulatedCrash crash(String what) {
    crashed = true;
    return new SimulatedCrash(what);
  }

  private static @Nullable Object invoke(
      Object target, Method method, Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  private static SwitchbackException storageFailure(String what) {
    return new StorageException("Cannot answer " + what + ": it was to fail by plan", null);
  }

  private static SwitchbackException backendFailure(String what) {
    return new DeploymentException(
        DeploymentException.Reason.UNREACHABLE,
        "Cannot answer " + what + ": it was to fail by plan",
        null);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.switchback.deploy.docker;

import dev.switchback.deploy.DeploymentException;
import dev.switchback.deploy.DeploymentException.Reason;
import dev.switchback.model.AppId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Takes a component from one turn to the next: starts what waits, leads consumers to the new instances
 * once they are healthy, lets the old ones finish, and removes them.
 *
 * <p>It goes as far as it can each time somebody looks, and reads where it is from what the engine
 * has. So it does not matter which process looks, or whether the last one came to its end. Old instances
 * are not touched before the new ones are healthy, unless both cannot be at the same time.
 */
final class Handovers {

  private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long FIRST_LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(40);
  private static final long LAST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final Engine engine;
  private final Health health;
  private final @Nullable Proxies proxies;
  private final Workers workers;
  private final Duration stopGrace;
  private final Duration waitAtMost;

  Handovers(
      Engine engine,
      Health health,
      @Nullable Proxies proxies,
      Workers workers,
      Duration stopGrace,
      Duration waitAtMost) {
    this.engine = engine;
    this.health = health;
    this.proxies = proxies;
    this.workers = workers;
    this.stopGrace = stopGrace;
    this.waitAtMost = waitAtMost;
  }

  /** Tells whether there is anything to do for a component. */
  boolean isDue(View view) {
    Turn current = view.current().orElse(null);
    return current != null
        && current.isWhole()
        && (!view.older().isEmpty()
            || current.instances().stream().anyMatch(Seen::isCreated)
            || isHidden(current, view));
  }

  private boolean isHidden(Turn current, View view) {
    return proxies != null
        && current.isProxied()
        && (!Proxies.show(current.face(), view.proxies())
            || view.proxies().stream().anyMatch(proxy -> !proxy.isRunning()));
  }

  /** Goes on with a handover for as long as it gets on; returns what there is then. */
  View advance(AppId app, View due) {
    View view = startAll(app, due);
    long deadline = deadline();
    Turn current = view.current().orElseThrow();
    long pause = FIRST_PAUSE_NANOS;
    while (!health.isReady(current)) {
      if (System.nanoTime() - deadline >= 0 || health.isFailed(current)) {
        return view;
      }
      LockSupport.parkNanos(pause);
      pause = Math.min(2 * pause, LAST_PAUSE_NANOS);
      view = again(app, view);
      if (!isDue(view)) {
        return view;
      }
      current = view.current().orElseThrow();
    }
    if (current.isProxied() && proxies != null) {
      view = show(app, view, current, proxies);
      if (!view.older().isEmpty()) {
        proxies.lead(current.face(), view.proxies(), names(current));
        if (!awaitDrained(view, proxies)) {
          return view;
        }
      }
    }
    List<Seen> old = view.olderInstances();
    workers.forEach(old, instance -> {
      engine.stop(instance, stopGrace);
      engine.remove(instance.id(), instance.name());
    });
    return view.withoutOlder();
  }

  /** When to give up waiting for something that begins now; the next look waits again. */
  private long deadline() {
    return System.nanoTime() + waitAtMost.toNanos();
  }

  /** Waits until the old workers are gone, looking less and less often. */
  private boolean awaitDrained(View view, Proxies proxies) {
    long deadline = deadline();
    long pause = FIRST_LOOK_NANOS;
    LockSupport.parkNanos(pause);
    while (!proxies.isDrained(view.proxies())) {
      if (System.nanoTime() - deadline >= 0) {
        return false;
      }
      LockSupport.parkNanos(pause);
      pause = Math.min(2 * pause, LAST_PAUSE_NANOS);
    }
    return true;
  }

  private View startAll(AppId app, View view) {
    Turn current = view.current().orElseThrow();
    List<Seen> waiting = current.instances().stream().filter(Seen::isCreated).toList();
    if (waiting.isEmpty() || !waiting.stream().allMatch(this::hasItsFiles)) {
      return view;
    }
    if (current.handover() == Turn.Handover.REPLACE) {
      workers.forEach(view.olderInstances(), old -> engine.retire(old, stopGrace));
    }
    workers.forEach(waiting, this::start);
    return again(app, view);
  }

  /** Starts an instance. If the engine refuses, its health tells why: other components are well. */
  private void start(Seen instance) {
    try {
      engine.start(instance.id(), instance.name());
    } catch (DeploymentException e) {
      if (e.reason() == Reason.UNREACHABLE) {
        throw e;
      }
      System.getLogger(Handovers.class.getName())
          .log(System.Logger.Level.DEBUG, "Cannot start " + instance.name(), e);
    }
  }

  /** Tells whether whoever created an instance came as far as to write its config files. */
  private boolean hasItsFiles(Seen instance) {
    String last = instance.label(Labels.LAST_FILE);
    return last.isEmpty()
        || engine
            .file(instance.id(), last.substring(last.indexOf(' ') + 1))
            .filter(tar -> Tars.isLast(last, tar))
            .isPresent();
  }

  /** Brings the proxies up as the current turn wants them. */
  private View show(AppId app, View view, Turn current, Proxies proxies) {
    if (!isHidden(current, view)) {
      return view;
    }
    List<Seen> unfit = Proxies.unfit(current.face(), view.proxies());
    unfit.forEach(proxy -> {
      engine.remove(proxy.id(), proxy.name());
      proxies.forget(proxy);
    });
    List<Seen> fit =
        view.proxies().stream().filter(proxy -> !unfit.contains(proxy)).toList();
    proxies.complete(app, view.component(), current.face(), fit, names(current));
    return again(app, view);
  }

  private static List<String> names(Turn turn) {
    return turn.instances().stream().map(Seen::name).toList();
  }

  private View again(AppId app, View view) {
    return View.of(view.component(), engine.containers(app, view.component()));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import dev.switchback.deploy.DeploymentBackend;
import dev.switchback.deploy.Observation;
import dev.switchback.deploy.Observation.Health;
import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.app.ComponentResult.Outcome;
import dev.switchback.model.app.StepAction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Waits until changed components are healthy, all of them by one look at a time.
 *
 * <p>A component passes when it was seen READY at the step that changed it, several times in a row
 * and not closer together than two looks are. It fails when the backend says that it failed, or when
 * time is up: time running out is never success, and a platform that does not answer is asked again
 * until then. Safe for use by many threads.
 */
final class HealthWatch {

  private static final class Wait {
    private final StepRun step;
    private final long since;
    private int goodInARow;
    private long lastGood = Long.MIN_VALUE;
    private int looks;
    private String lastSeen = "it was not seen at all";
    private List<String> findings = List.of();

    private Wait(StepRun step, long since) {
      this.step = step;
      this.since = since;
    }

    private boolean toBeGone() {
      return step.action == StepAction.REMOVE;
    }
  }

  private final Site site;
  private final ExecutionOptions options;
  private final AppId app;
  private final Elapsed elapsed;
  private final SortedMap<ComponentKey, Wait> waiting = new TreeMap<>();
  private boolean fresh;
  private long nextLook = Long.MIN_VALUE;
  private long earliestLook = Long.MIN_VALUE;

  HealthWatch(Site site, ExecutionOptions options, AppId app, Elapsed elapsed) {
    this.site = site;
    this.options = options;
    this.app = app;
    this.elapsed = elapsed;
  }

  /** Waits for the component of {@code step} from now on. */
  synchronized void add(ComponentKey component, StepRun step) {
    waiting.put(component, new Wait(step, elapsed.nanos()));
    fresh = true;
  }

  synchronized boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Returns how many components have not been seen healthy even once. */
  synchronized int rolling() {
    int rolling = 0;
    for (Wait wait : waiting.values()) {
      rolling += wait.goodInARow == 0 ? 1 : 0;
    }
    return rolling;
  }

  /**
   * Returns how long it is until the next look, in nanoseconds: at once where a step is new, but no
   * more than half of the time is spent on looks that find nothing.
   */
  synchronized long untilLook() {
    long due = fresh ? earliestLook : Math.max(earliestLook, nextLook);
    return due == Long.MIN_VALUE ? 0 : Math.max(0, due - elapsed.nanos());
  }

  /** Looks once, and returns the steps that have ended by it, in key order. */
  List<StepRun> look() {
    synchronized (this) {
      fresh = false;
    }
    long start = elapsed.nanos();
    Map<ComponentKey, Observation> seen = new HashMap<>();
    String failure = observe(seen);
    synchronized (this) {
      int rolling = rolling();
      List<StepRun> ended = new ArrayList<>();
      for (Map.Entry<ComponentKey, Wait> entry : List.copyOf(waiting.entrySet())) {
        Wait wait = entry.getValue();
        if (wait.since <= start && ends(wait, seen.get(entry.getKey()), failure, start)) {
          waiting.remove(entry.getKey());
          ended.add(wait.step);
        }
      }
      boolean moved = !ended.isEmpty() || rolling() < rolling;
      long end = elapsed.nanos();
      earliestLook = moved ? end : end + (end - start);
      nextLook = start + options.healthInterval().toNanos();
      return ended;
    }
  }

  /** Ends every step that is waited for, because of {@code why}. */
  synchronized List<StepRun> giveUp(String why) {
    List<StepRun> ended = new ArrayList<>();
    waiting.values().forEach(wait -> {
      fail(wait, why + "; " + wait.lastSeen);
      ended.add(wait.step);
    });
    waiting.clear();
    return ended;
  }

  /** Returns why nothing could be seen; null if it could. */
  private @Nullable String observe(Map<ComponentKey, Observation> seen) {
    DeploymentBackend backend = site.deployment();
    try {
      backend.observe(app).forEach(each -> seen.put(each.component(), each));
      return null;
    } catch (Exception e) {
      return "the platform did not tell: " + BackendFailure.words(e);
    }
  }

  private boolean ends(Wait wait, @Nullable Observation seen, @Nullable String failure, long now) {
    wait.looks++;
    boolean good = note(wait, seen, failure);
    if (seen != null
        && seen.step().equals(wait.step.id)
        && seen.health() == Health.FAILED
        && !wait.toBeGone()) {
      fail(wait, wait.lastSeen);
      return true;
    }
    if (!good) {
      wait.goodInARow = 0;
    } else if (wait.goodInARow == 0
        || now - wait.lastGood >= options.healthInterval().toNanos()) {
      wait.goodInARow++;
      wait.lastGood = now;
    }
    if (wait.goodInARow >= (wait.toBeGone() ? 1 : options.healthyInARow())) {
      wait.step.end(Outcome.DONE, "");
      wait.step.evidence = List.of();
      return true;
    }
    if (now - wait.since >= options.healthDeadline().toNanos()) {
      fail(
          wait,
          "not " + (wait.toBeGone() ? "gone" : "healthy") + " within "
              + words(options.healthDeadline()) + "; " + wait.lastSeen);
      return true;
    }
    return false;
  }

  /** Keeps what is seen of a component, and tells whether it is as it should be. */
  private static boolean note(Wait wait, @Nullable Observation seen, @Nullable String failure) {
    if (failure != null) {
      wait.lastSeen = failure;
      return false;
    }
    if (seen == null) {
      wait.lastSeen = "it is not there";
      wait.findings = List.of();
      return wait.toBeGone();
    }
    boolean ours = seen.step().equals(wait.step.id);
    wait.findings = seen.findings().stream()
        .map(finding -> finding.reason() + ": " + finding.message())
        .toList();
    wait.lastSeen = "it is "
        + (ours ? seen.health().name().toLowerCase(Locale.ROOT) : "not rolled yet")
        + seen.findings().stream()
            .map(finding -> finding.reason() + " - " + finding.message())
            .collect(Collectors.collectingAndThen(
                Collectors.joining("; "), text -> text.isEmpty() ? "" : ": " + text));
    return !wait.toBeGone() && ours && seen.health() == Health.READY;
  }

  private void fail(Wait wait, String message) {
    List<String> evidence = new ArrayList<>(wait.step.evidence);
    evidence.addAll(wait.findings);
    evidence.add("last of " + wait.looks + " looks, "
        + words(Duration.ofNanos(elapsed.nanos() - wait.since)) + " after the change: "
        + wait.lastSeen);
    wait.step.evidence = evidence;
    wait.step.end(Outcome.FAILED, message);
  }

  private static String words(Duration duration) {
    return duration.toSeconds() > 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
  }
}

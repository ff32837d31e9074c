// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import dev.switchback.deploy.Observation;
import dev.switchback.deploy.Observation.Health;
import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.app.StepId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Waits until every changed component is healthy.
 *
 * <p>A component passes when it was seen READY at the step that changed it, several times in a row.
 * It fails when the backend says that it failed, or when time is up: time running out is never
 * success, and a platform that does not answer is asked again until then.
 */
final class HealthGate {

  /** How a component came through: healthy, or why not. */
  record Verdict(boolean healthy, String message) {}

  private static final class Wait {
    private final StepId step;
    private final boolean gone;
    private int goodInARow;
    private String lastSeen = "it was not seen at all";

    private Wait(StepId step, boolean gone) {
      this.step = step;
      this.gone = gone;
    }
  }

  private final Site site;
  private final ExecutionOptions options;

  HealthGate(Site site, ExecutionOptions options) {
    this.site = site;
    this.options = options;
  }

  /**
   * Waits for the outcome of {@code steps}.
   *
   * @param app the app
   * @param steps the step that changed each component
   * @param removed those of the components that are to be gone
   * @param beforeLook called before each look, to keep the lease
   * @return how each component came through, in key order
   */
  SortedMap<ComponentKey, Verdict> await(
      AppId app, Map<ComponentKey, StepId> steps, List<ComponentKey> removed, Runnable beforeLook) {
    SortedMap<ComponentKey, Verdict> verdicts = new TreeMap<>();
    SortedMap<ComponentKey, Wait> waiting = new TreeMap<>();
    steps.forEach((key, step) -> waiting.put(key, new Wait(step, removed.contains(key))));
    Instant deadline = site.clock().instant().plus(options.healthDeadline());
    long looksLeft = options.healthyInARow()
        + options.healthDeadline().toNanos() / options.healthInterval().toNanos();
    while (!waiting.isEmpty()) {
      beforeLook.run();
      look(app, waiting, verdicts);
      if (waiting.isEmpty()) {
        break;
      }
      if (--looksLeft <= 0 || !site.clock().instant().isBefore(deadline)) {
        waiting.forEach((key, wait) -> verdicts.put(key, new Verdict(false, timedOut(wait))));
        break;
      }
      site.pause().forAbout(options.healthInterval());
    }
    return verdicts;
  }

  private void look(
      AppId app, SortedMap<ComponentKey, Wait> waiting, SortedMap<ComponentKey, Verdict> verdicts) {
    Map<ComponentKey, Observation> seen;
    try {
      seen = site.deployment().observe(app).stream()
          .collect(Collectors.toMap(Observation::component, observation -> observation));
    } catch (RuntimeException e) {
      waiting.values().forEach(wait -> {
        wait.goodInARow = 0;
        wait.lastSeen = "the platform did not tell: " + BackendFailure.words(e);
      });
      return;
    }
    for (Map.Entry<ComponentKey, Wait> entry : List.copyOf(waiting.entrySet())) {
      ComponentKey key = entry.getKey();
      Wait wait = entry.getValue();
      Observation observation = seen.get(key);
      boolean good;
      if (observation == null) {
        good = wait.gone;
        wait.lastSeen = "it is not there";
      } else {
        boolean ours = observation.step().equals(wait.step);
        good = !wait.gone && ours && observation.health() == Health.READY;
        wait.lastSeen = describe(observation, ours);
        if (!wait.gone && ours && observation.health() == Health.FAILED) {
          waiting.remove(key);
          verdicts.put(key, new Verdict(false, wait.lastSeen));
          continue;
        }
      }
      wait.goodInARow = good ? wait.goodInARow + 1 : 0;
      if (wait.goodInARow >= (wait.gone ? 1 : options.healthyInARow())) {
        waiting.remove(key);
        verdicts.put(key, new Verdict(true, ""));
      }
    }
  }

  private static String describe(Observation observation, boolean ours) {
    String health =
        ours ? observation.health().name().toLowerCase(java.util.Locale.ROOT) : "not rolled yet";
    return observation.findings().stream()
        .map(finding -> finding.reason() + " - " + finding.message())
        .collect(Collectors.joining(
            "; ", "it is " + health + (observation.findings().isEmpty() ? "" : ": "), ""));
  }

  private String timedOut(Wait wait) {
    return "not " + (wait.gone ? "gone" : "healthy") + " within "
        + options.healthDeadline().toSeconds() + " s; " + wait.lastSeen;
  }
}

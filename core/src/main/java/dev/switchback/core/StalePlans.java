// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import dev.switchback.json.JsonFormats;
import dev.switchback.model.Digest;
import dev.switchback.model.Obstacle;
import dev.switchback.plan.Decision;
import dev.switchback.plan.DriftRequest;
import dev.switchback.plan.Plan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Tells whether a plan is still what would be planned now, and if not, what is different.
 *
 * <p>A plan is a function of its request and of the state; the same inputs give the same plan. So
 * planning again and comparing finds everything that has moved.
 */
final class StalePlans {

  private StalePlans() {}

  /** Returns what is different now, in words; nothing if the same would be planned. */
  static List<Obstacle> differences(Plan saved, Plan now) {
    if (digest(saved).equals(digest(now))) {
      return List.of();
    }
    List<Obstacle> differences = new ArrayList<>();
    if (saved.baseGeneration() != now.baseGeneration()) {
      differences.add(stale("the app is at generation " + now.baseGeneration()
          + ", the plan was made at " + saved.baseGeneration()));
    } else if (!saved.baseDigest().equals(now.baseDigest())) {
      differences.add(stale("the recorded state is another than the one it was made from"));
    }
    if (now.toDigest().isPresent() && !saved.toDigest().equals(now.toDigest())) {
      differences.add(stale(
          now.request() instanceof DriftRequest
              ? "the app runs as another than when the plan was made"
              : "the target version has another content"));
    }
    differences.addAll(onlyIn(now.obstacles(), saved.obstacles()));
    for (Decision decision : onlyIn(now.decisions(), saved.decisions())) {
      differences.add(stale("planned now, but not then: " + words(decision)));
    }
    for (Decision decision : onlyIn(saved.decisions(), now.decisions())) {
      differences.add(stale("planned then, but not now: " + words(decision)));
    }
    if (differences.isEmpty()) {
      differences.add(stale("obstacles, steps or follow-ups are others than then"));
    }
    return differences;
  }

  /** Returns what one list has and the other has not, in order; in time linear in their lengths. */
  static <T> List<T> onlyIn(List<T> list, List<T> other) {
    Set<T> others = new HashSet<>(other);
    return list.stream().filter(each -> !others.contains(each)).toList();
  }

  /**
   * What runs may have drifted, or come back, since the plan was made; that changes neither what is
   * recorded nor what the plan does, so warnings of it do not count. Nor do holds, which are looked at
   * by themselves.
   */
  private static Digest digest(Plan plan) {
    return JsonFormats.plan()
        .digest(plan.toBuilder()
            .obstacles(plan.obstacles().stream()
                .filter(obstacle -> !Holds.isAbout(obstacle))
                .toList())
            .warnings(plan.warnings().stream()
                .filter(warning -> !DriftFinder.isAbout(warning))
                .toList())
            .build());
  }

  private static String words(Decision decision) {
    return decision.place()
        + ", "
        + decision.before()
        + " → "
        + decision.after()
        + " ("
        + decision.verdict().name().toLowerCase(Locale.ROOT)
        + ")";
  }

  private static Obstacle stale(String message) {
    return Obstacle.of("plan-stale", message, "plan again and review the new plan");
  }
}

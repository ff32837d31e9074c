// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import dev.switchback.model.Digest;
import dev.switchback.model.Obstacle;
import dev.switchback.model.app.Approval;
import dev.switchback.model.app.AuditEntry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds who approved a plan, and whether they are enough. */
final class Approvals {

  private Approvals() {}

  /** Returns the approvals of the plan with {@code digest} in order of time, one a person. */
  static List<Approval> of(List<AuditEntry> entries, Digest digest) {
    Map<String, Approval> byActor = new LinkedHashMap<>();
    for (AuditEntry entry : entries) {
      if (entry.act() == AuditEntry.Act.APPROVE && entry.subject().equals(digest.toString())) {
        byActor.putIfAbsent(entry.actor(), new Approval(entry.actor(), entry.note(), entry.at()));
      }
    }
    return List.copyOf(byActor.values());
  }

  /** Leaves out the word of the one who executes the plan: four eyes are those of two people. */
  static List<Approval> byOthers(List<Approval> approvals, String executor) {
    return approvals.stream()
        .filter(approval -> !approval.actor().equals(executor))
        .toList();
  }

  /** Returns why a plan that needs {@code needed} approvals cannot be executed; empty if it can. */
  static Optional<Obstacle> missing(
      int needed, List<Approval> byOthers, String executor, Digest digest) {
    if (needed <= 0) {
      return Optional.empty();
    }
    if (executor.isBlank()) {
      return Optional.of(Obstacle.of(
          "actor-missing",
          "it needs " + count(needed) + " by others than the one who executes it, and nobody said"
              + " who that is",
          "name the actor"));
    }
    return byOthers.size() >= needed
        ? Optional.empty()
        : Optional.of(Obstacle.of(
            "approval-missing",
            "it needs " + count(needed) + " by others than " + executor + " and has "
                + (byOthers.isEmpty()
                    ? "none"
                    : byOthers.size() + ", by "
                        + byOthers.stream().map(Approval::actor).collect(Collectors.joining(", ")))
                + " (plan " + digest.shortText() + ")",
            "save the plan, have it approved, and execute that very plan"));
  }

  private static String count(int needed) {
    return needed + (needed == 1 ? " approval" : " approvals");
  }
}

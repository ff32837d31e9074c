// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import dev.switchback.model.AppId;
import dev.switchback.model.Obstacle;
import dev.switchback.model.VersionRef;
import dev.switchback.model.app.AuditEntry;
import dev.switchback.model.app.OperationKind;
import dev.switchback.plan.Plan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds which holds of an app are not released yet, and what they stand in the way of. */
final class Holds {

  private static final String APP = "app-held";
  private static final String VERSION = "version-held";

  private Holds() {}

  /** Tells whether an obstacle of a plan is one of those that this makes. */
  static boolean isAbout(Obstacle obstacle) {
    return obstacle.code().equals(APP) || obstacle.code().equals(VERSION);
  }

  /** Returns the text that an entry about a hold has as its subject. */
  static String subject(Hold hold) {
    return hold.version().map(VersionRef::toString).orElse("");
  }

  static List<Hold> of(Site site, AppId app) {
    return of(AuditLog.read(site, app));
  }

  /** Returns the holds that are not released, oldest first; a release takes all of its subject away. */
  static List<Hold> of(List<AuditEntry> entries) {
    Map<Long, Hold> holds = new LinkedHashMap<>();
    for (AuditEntry entry : entries) {
      if (entry.act() == AuditEntry.Act.HOLD) {
        holds.put(entry.sequence(), hold(entry));
      } else if (entry.act() == AuditEntry.Act.RELEASE) {
        holds.values().removeIf(hold -> subject(hold).equals(entry.subject()));
      }
    }
    return List.copyOf(holds.values());
  }

  static Hold hold(AuditEntry entry) {
    return new Hold(
        entry.app(),
        entry.subject().isEmpty() ? null : VersionRef.parse(entry.subject()),
        entry.actor(),
        entry.note(),
        entry.at());
  }

  /** Returns why {@code plan} cannot be executed, an obstacle for each hold in its way. */
  static List<Obstacle> against(Plan plan, List<Hold> holds) {
    boolean goes =
        plan.operation() == OperationKind.INSTALL || plan.operation() == OperationKind.UPGRADE;
    List<Obstacle> obstacles = new ArrayList<>();
    for (Hold hold : holds) {
      if (hold.version().isEmpty() || (goes && hold.version().equals(plan.to()))) {
        obstacles.add(obstacle(hold));
      }
    }
    return obstacles;
  }

  /** Returns why an app cannot go to the versions that are held, by version. */
  static Map<VersionRef, List<Obstacle>> byVersion(List<Hold> holds) {
    Map<VersionRef, List<Obstacle>> obstacles = new LinkedHashMap<>();
    for (Hold hold : holds) {
      hold.version()
          .ifPresent(version ->
              obstacles.computeIfAbsent(version, unused -> new ArrayList<>()).add(obstacle(hold)));
    }
    return obstacles;
  }

  private static Obstacle obstacle(Hold hold) {
    String what = hold.version().map(version -> version + " for " + hold.app()).orElse("");
    return new Obstacle(
        what.isEmpty() ? APP : VERSION,
        hold.app().value(),
        (what.isEmpty() ? hold.app().value() : what) + " is held"
            + (hold.actor().isEmpty() ? "" : " by " + hold.actor()) + " since " + hold.since()
            + ": " + hold.reason(),
        "release it first");
  }
}

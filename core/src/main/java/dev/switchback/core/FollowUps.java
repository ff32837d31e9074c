// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import dev.switchback.model.AppId;
import dev.switchback.model.Obstacle;
import dev.switchback.model.RecordId;
import dev.switchback.model.app.AuditEntry;
import dev.switchback.model.app.FollowUp;
import dev.switchback.model.app.OperationKind;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.app.RecordStatus;
import dev.switchback.storage.RecordQuery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Collects what the operations on an app left to be done by hand. */
final class FollowUps {

  private FollowUps() {}

  /**
   * Returns the follow-ups that still matter, those of the latest operation first. They matter no
   * more if their operation changed nothing, was taken back, or came before the app was taken down.
   */
  static List<AppFollowUp> of(Site site, AppId app, List<AuditEntry> entries) {
    Map<String, AppFollowUp.Done> ticks = new HashMap<>();
    for (AuditEntry entry : entries) {
      if (entry.act() == AuditEntry.Act.TICK) {
        ticks.putIfAbsent(
            entry.subject(), new AppFollowUp.Done(entry.actor(), entry.note(), entry.at()));
      }
    }
    List<AppFollowUp> followUps = new ArrayList<>();
    for (OperationRecord record :
        inEffect(Pages.all(page -> site.storage().records().list(RecordQuery.ofApp(app), page)))) {
      for (FollowUp followUp : record.followUps()) {
        AppFollowUp open = new AppFollowUp(record.id(), followUp, null);
        followUps.add(new AppFollowUp(record.id(), followUp, ticks.get(open.id())));
      }
    }
    return followUps;
  }

  /** Leaves out what was taken back, but not what took it back: a rollback has follow-ups, too. */
  private static List<OperationRecord> inEffect(List<OperationRecord> latestFirst) {
    Map<RecordId, Integer> positions = new HashMap<>();
    for (int i = 0; i < latestFirst.size(); i++) {
      positions.put(latestFirst.get(i).id(), i);
    }
    List<OperationRecord> left = new ArrayList<>();
    for (int i = 0; i < latestFirst.size(); i++) {
      OperationRecord record = latestFirst.get(i);
      if (record.resultGeneration() == 0 && record.status().isTerminal()) {
        continue;
      }
      left.add(record);
      if (record.kind() == OperationKind.UNINSTALL && record.status() == RecordStatus.SUCCEEDED) {
        break;
      }
      if (record.status() == RecordStatus.ROLLED_BACK) {
        i = Math.max(i, record.parent().map(positions::get).orElse(i));
      }
    }
    return left;
  }

  /** Returns why {@code id} cannot be ticked off; empty if it can. */
  static Optional<Obstacle> obstacle(AppId app, String id, List<AppFollowUp> present) {
    AppFollowUp found =
        present.stream().filter(one -> one.id().equals(id)).findFirst().orElse(null);
    if (found == null) {
      return Optional.of(new Obstacle(
          "follow-up-missing",
          id,
          app + " has no such follow-up that still matters",
          "choose one that is listed"));
    }
    return found
        .ticked()
        .map(done -> new Obstacle(
            "follow-up-done",
            id,
            "it was ticked off already" + (done.actor().isEmpty() ? "" : " by " + done.actor())
                + " at " + done.at(),
            ""));
  }
}

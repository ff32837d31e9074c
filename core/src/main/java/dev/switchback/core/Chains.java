// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import dev.switchback.json.JsonFormats;
import dev.switchback.model.AppId;
import dev.switchback.model.Digest;
import dev.switchback.model.app.AuditEntry;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.storage.RecordQuery;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Verifies the chains of digests of an app. */
final class Chains {

  /** What a link says about itself. */
  private record Link(String name, Optional<Digest> previous, Digest own) {}

  private Chains() {}

  static ChainReport verify(Site site, AppId app) {
    List<OperationRecord> records = new ArrayList<>(
        Pages.all(page -> site.storage().records().list(RecordQuery.ofApp(app), page)));
    Collections.reverse(records);
    return new ChainReport(app, records(records), audit(AuditLog.read(site, app)));
  }

  /** Verifies records, oldest first. */
  static ChainReport.Chain records(List<OperationRecord> records) {
    return chain(records.stream()
        .map(record -> new Link(
            record.id().value(),
            record.previous(),
            JsonFormats.operationRecord().digest(record)))
        .toList());
  }

  /** Verifies entries, oldest first. */
  static ChainReport.Chain audit(List<AuditEntry> entries) {
    return chain(entries.stream()
        .map(entry -> new Link(
            Long.toString(entry.sequence()),
            entry.previous(),
            JsonFormats.auditEntry().digest(entry)))
        .toList());
  }

  private static ChainReport.Chain chain(List<Link> links) {
    Optional<Digest> before = Optional.empty();
    ChainReport.Break broken = null;
    for (int i = 0; i < links.size(); i++) {
      Link link = links.get(i);
      if (broken == null && !link.previous.equals(before)) {
        broken = new ChainReport.Break(link.name, i + 1, text(before), text(link.previous));
      }
      before = Optional.of(link.own);
    }
    return new ChainReport.Chain(links.size(), before.orElse(null), broken);
  }

  private static String text(Optional<Digest> digest) {
    return digest.map(Digest::toString).orElse("nothing");
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage.jdbc;

import dev.switchback.json.JsonFormats;
import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Keyed;
import dev.switchback.model.RecordId;
import dev.switchback.model.Setting;
import dev.switchback.model.VersionRef;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.AuditEntry;
import dev.switchback.model.app.Build;
import dev.switchback.model.app.JournalEntry;
import dev.switchback.model.app.Lease;
import dev.switchback.model.app.OperationKind;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.app.RecordStatus;
import dev.switchback.model.app.Signal;
import dev.switchback.model.app.StepAction;
import dev.switchback.model.app.StepId;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.EnvVar;
import dev.switchback.model.spec.Image;
import dev.switchback.model.template.TemplateVersion;
import dev.switchback.storage.Commit;
import dev.switchback.storage.Storage;
import dev.switchback.storage.StoredOperation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A small history to store: two versions of a template, an app that went from one to the other. */
final class Examples {

  static final AppId APP = new AppId("shop");
  static final ComponentKey WEB = new ComponentKey("web");
  static final RecordId RECORD = new RecordId("rec-1");
  static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
  static final Duration LONG = Duration.ofMinutes(10);

  private Examples() {}

  static TemplateVersion version(String version) {
    AppSpec spec = spec(version);
    return TemplateVersion.builder(ref(version), spec, JsonFormats.appSpec().digest(spec))
        .name("Shop")
        .notes("Notes of " + version)
        .build();
  }

  static VersionRef ref(String version) {
    return VersionRef.parse("shop-template@" + version);
  }

  static AppState state(String version, long generation) {
    return AppState.builder(APP, ref(version))
        .generation(generation)
        .spec(spec(version))
        .base(spec(version))
        .record(RECORD)
        .build();
  }

  static OperationRecord record(RecordStatus status) {
    return OperationRecord.builder(RECORD, APP, OperationKind.UPGRADE)
        .status(status)
        .actor("anna")
        .from(ref("1.0"))
        .to(ref("2.0"))
        .startedAt(NOON)
        .build();
  }

  static JournalEntry entry(long sequence) {
    return new JournalEntry(
        RECORD,
        sequence,
        sequence % 2 == 1 ? JournalEntry.Phase.INTENT : JournalEntry.Phase.DONE,
        new StepId("step-" + (sequence + 1) / 2),
        StepAction.BUILD,
        WEB,
        "",
        List.of(),
        NOON.plusSeconds(sequence));
  }

  static Build build(long sequence) {
    return new Build(
        APP,
        WEB,
        "build-" + sequence,
        sequence,
        Build.Status.SUCCESS,
        Image.of("web:" + sequence),
        "",
        NOON);
  }

  /** Stores all of it. */
  static void fill(Storage storage) {
    storage.templates().create(version("1.0"));
    storage.templates().create(version("2.0"));
    Lease lease = storage.leases().acquire(APP, "node-1", LONG);
    swap(storage, lease, state("1.0", 1));
    storage.commit(
        lease,
        Commit.of(APP)
            .begin(new StoredOperation(record(RecordStatus.PLANNED), state("2.0", 2)))
            .journal(List.of(entry(1)))
            .build());
    storage.commit(
        lease,
        Commit.of(APP)
            .journal(List.of(entry(2)))
            .state(state("2.0", 2))
            .builds(List.of(build(1), build(2)))
            .record(record(RecordStatus.PLANNED), record(RecordStatus.SUCCEEDED))
            .release()
            .build());
    storage.signals().send(RECORD, Signal.PAUSE);
    storage.audit().append(tick(1));
  }

  static AuditEntry tick(long sequence) {
    return new AuditEntry(
        APP, sequence, AuditEntry.Act.TICK, RECORD + "/F" + sequence, "anna", "", NOON, null);
  }

  static void swap(Storage storage, Lease lease, AppState next) {
    storage.commit(lease, Commit.of(APP).state(next).build());
  }

  static void begin(Storage storage, Lease lease, StoredOperation operation) {
    storage.commit(lease, Commit.of(APP).begin(operation).build());
  }

  static void change(Storage storage, Lease lease, OperationRecord expected, OperationRecord next) {
    storage.commit(lease, Commit.of(APP).record(expected, next).build());
  }

  private static AppSpec spec(String version) {
    return AppSpec.builder()
        .components(Keyed.of(Component.builder(WEB)
            .name("Web")
            .image(Image.of("web:" + version))
            .env(Keyed.of(
                new EnvVar("TZ", Setting.plain("UTC"), "", true, 0),
                new EnvVar("TOKEN", Setting.secret("t-1"), "", true, 0)))
            .build()))
        .build();
  }
}

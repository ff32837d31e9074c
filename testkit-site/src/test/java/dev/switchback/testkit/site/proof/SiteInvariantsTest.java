// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.site.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchback.core.Switchback;
import dev.switchback.deploy.AppTarget;
import dev.switchback.deploy.ComponentTarget;
import dev.switchback.json.JsonFormats;
import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Keyed;
import dev.switchback.model.RecordId;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.ComponentResult;
import dev.switchback.model.app.ComponentResult.Outcome;
import dev.switchback.model.app.Lease;
import dev.switchback.model.app.OperationKind;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.app.RecordStatus;
import dev.switchback.model.app.StepAction;
import dev.switchback.model.app.StepId;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.Image;
import dev.switchback.storage.Commit;
import dev.switchback.storage.PageRequest;
import dev.switchback.storage.RecordQuery;
import dev.switchback.storage.Storage;
import dev.switchback.storage.StoredOperation;
import dev.switchback.testkit.simulation.SimulatedBackend;
import dev.switchback.testkit.site.ReadySite;
import dev.switchback.testkit.site.SampleShop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each invariant notices what it is there for. */
@ReadySite(installed = "1.0")
final class SiteInvariantsTest {

  private final Storage storage;
  private final SimulatedBackend backend;
  private final AppId app;
  private OperationRecord install;
  private OperationRecord upgrade;

  SiteInvariantsTest(Storage storage, SimulatedBackend backend, AppId app) {
    this.storage = storage;
    this.backend = backend;
    this.app = app;
  }

  @BeforeEach
  void upgrade(Switchback site) {
    site.apps().upgrade(app, SampleShop.ref("2.0"));
    List<OperationRecord> records =
        storage.records().list(RecordQuery.ofApp(app), PageRequest.first(2)).items();
    upgrade = records.get(0);
    install = records.get(1);
  }

  private List<String> violations() {
    return SiteInvariants.of(storage, backend).violations(app);
  }

  private void assertNoticed(String what) {
    assertThat(violations()).isNotEmpty().allSatisfy(it -> assertThat(it).contains(what));
    assertThatThrownBy(() -> SiteInvariants.of(storage, backend).check(app, "seed 1"))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("seed 1: " + app + " is not whole")
        .hasMessageContaining(what);
  }

  private void write(Commit commit) {
    Lease lease = storage.leases().acquire(app, "test", Duration.ofMinutes(1));
    storage.commit(lease, commit);
    storage.leases().release(lease);
  }

  private void rewrite(OperationRecord record, UnaryOperator<OperationRecord.Builder> change) {
    write(
        Commit.of(app).record(record, change.apply(record.toBuilder()).build()).build());
  }

  private AppState state() {
    return storage.apps().find(app).orElseThrow();
  }

  @Test
  void nothing_isNoticedOfAWholeApp() {
    assertThat(violations()).isEmpty();
    assertThat(SiteInvariants.of(storage, backend).violations(new AppId("nowhere")))
        .isEmpty();
    SiteInvariants.of(storage, backend).check(app, "nothing happened");
  }

  @Test
  void component_thatIsNotRecorded_isNoticed() {
    Component stray = Component.builder("stray").image(Image.of("stray:1")).build();
    AppTarget target =
        new AppTarget(app, 2, AppSpec.builder().components(Keyed.of(stray)).build());
    backend.apply(new StepId("stray"), new ComponentTarget(target, stray.id(), StepAction.CREATE));

    assertNoticed("stray runs and is not recorded");
  }

  @Test
  void component_thatIsGone_isNoticed() {
    backend.vanish(app, SampleShop.WEB);

    assertNoticed("web is recorded and does not run");
  }

  @Test
  void component_thatIsIll_isNoticed() {
    backend.neverHealthy(SampleShop.WEB);

    assertNoticed("web is recorded as settled and is not ready");
  }

  @Test
  void component_thatRunsAnotherImage_isNoticed() {
    backend.tamper(
        app,
        SampleShop.WEB,
        web -> web.toBuilder().image(Image.of("shop/web:other")).build());

    assertNoticed("web is recorded with shop/web:2.0 and runs shop/web:other");
  }

  @Test
  void component_thatRunsOtherwise_isNoticed() {
    backend.tamper(app, SampleShop.WEB, web -> web.toBuilder().memoryMb(77).build());

    assertNoticed("web runs with other settings than are recorded");
  }

  @Test
  void component_thatIsUnsettledForNoReason_isNoticed() {
    OperationRecord edit = record("edit", RecordStatus.SUCCEEDED).build();
    write(Commit.of(app)
        .begin(new StoredOperation(edit, state()))
        .state(next(edit).unsettled(Set.of(SampleShop.WEB)).build())
        .build());

    assertNoticed("web is unsettled, and no record says that it failed");
  }

  @Test
  void lease_thatIsHeld_isNoticed() {
    storage.leases().acquire(app, "forgetful node", Duration.ofMinutes(1));

    assertNoticed("the lease is still held");
  }

  @Test
  void record_thatIsOpen_isNoticed() {
    OperationRecord open = record("open", RecordStatus.RUNNING)
        .resultGeneration(0)
        .finishedAt(null)
        .build();
    write(Commit.of(app).begin(new StoredOperation(open, state())).build());

    assertNoticed("is RUNNING");
  }

  @Test
  void record_thatWasChangedLater_isNoticed() {
    rewrite(install, record -> record.actor("somebody else"));

    assertNoticed("is not chained to the record before it");
  }

  @Test
  void record_whoseStatusLies_isNoticed() {
    for (RecordStatus status : RecordStatus.values()) {
      if (status == RecordStatus.SUCCEEDED || status == RecordStatus.ROLLED_BACK) {
        continue;
      }
      rewrite(upgrade, record -> record.status(status));
      upgrade = upgrade.toBuilder().status(status).build();

      assertThat(violations()).as("%s", status).anyMatch(it -> it.contains("is " + status));
    }
  }

  @Test
  void record_whoseResultsLie_isNoticed() {
    ComponentResult first = upgrade.results().get(0);
    ComponentResult lie = new ComponentResult(
        first.component(), first.action(), Outcome.FAILED, "", List.of(), null, null);
    List<ComponentResult> results = new ArrayList<>(upgrade.results());
    results.set(0, lie);
    rewrite(upgrade, record -> record.results(results).status(RecordStatus.PARTLY_SUCCEEDED));

    assertThat(violations())
        .anyMatch(it -> it.contains("its journal DONE"))
        .anyMatch(it -> it.contains("the app shows shop@2.0"));
  }

  @Test
  void record_thatDidNothingItSaysItDid_isNoticed() {
    write(Commit.of(app).forgetJournals(List.of(upgrade.id())).build());

    assertNoticed("its journal null");
  }

  @Test
  void state_thatNoRecordBroughtAbout_isNoticed() {
    write(Commit.of(app)
        .state(state().toBuilder().generation(state().generation() + 1).build())
        .build());

    assertNoticed("the app is at generation 3, by its records at 2");
  }

  @Test
  void state_thatIsNotWhatItsRecordLists_isNoticed() {
    OperationRecord edit = record("edit", RecordStatus.PARTLY_SUCCEEDED)
        .results(List.of(
            ComponentResult.pending(SampleShop.DB, StepAction.UPDATE),
            ComponentResult.pending(SampleShop.WEB, StepAction.UPDATE)))
        .build();
    AppSpec changed = AppSpec.builder()
        .components(state().spec().components().stream()
            .map(it -> it.id().equals(new ComponentKey("db"))
                ? it.toBuilder().memoryMb(77).build()
                : it)
            .collect(Keyed.collector()))
        .build();
    write(Commit.of(app)
        .begin(new StoredOperation(edit, state()))
        .state(next(edit).spec(changed).build())
        .build());

    assertThat(violations()).anyMatch(it -> it.contains("says PENDING of db, the state"));
  }

  private OperationRecord.Builder record(String id, RecordStatus status) {
    return OperationRecord.builder(new RecordId(id), app, OperationKind.EDIT)
        .status(status)
        .from(SampleShop.ref("2.0"))
        .to(SampleShop.ref("2.0"))
        .baseGeneration(2)
        .resultGeneration(3)
        .startedAt(upgrade.startedAt())
        .finishedAt(upgrade.startedAt())
        .previous(JsonFormats.operationRecord().digest(upgrade));
  }

  private AppState.Builder next(OperationRecord record) {
    return state().toBuilder().generation(3).record(record.id());
  }
}

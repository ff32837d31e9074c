// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.model.AppId;
import dev.switchback.model.RecordId;
import dev.switchback.model.VersionRef;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.Build;
import dev.switchback.model.app.JournalEntry;
import dev.switchback.model.app.Lease;
import dev.switchback.model.app.OperationKind;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.storage.Commit;
import dev.switchback.storage.Page;
import dev.switchback.storage.PageRequest;
import dev.switchback.storage.Storage;
import dev.switchback.storage.StoredOperation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the storage contracts ask of a backend, and what they share. */
public abstract class StorageFixture {

  static final AppId APP = new AppId("shop");
  static final AppId OTHER_APP = new AppId("other");
  private static final AppId CLOCK_PROBE = new AppId("clock-probe");

  /** Long enough that no lease expires in a test that does not let it. */
  static final Duration LONG = Duration.ofMinutes(10);

  /** How many generated values a round trip takes. */
  static final int SAMPLES = 40;

  private static final VersionRef VERSION = VersionRef.parse("template@1.0");

  private final List<Storage> opened = new ArrayList<>();

  Storage storage;

  /** Makes a test of the contract. */
  protected StorageFixture() {}

  /**
   * Opens the storage under test: in each test empty at first, and with the content of the others
   * when it is called again, whether those are still open or not.
   */
  protected abstract Storage open();

  /**
   * Overridden to return false by a storage whose content goes when it is closed, and that can be
   * open only once. Returns true unless overridden.
   */
  protected boolean survivesReopen() {
    return true;
  }

  /**
   * Lets {@code duration} pass on the clock of the storage. A storage with a clock of its own that a
   * test can set overrides this; otherwise it asks the storage for the time until it has passed.
   *
   * @param duration some ten milliseconds
   */
  protected void letPass(Duration duration) {
    Instant until = storageTime().plus(duration);
    while (storageTime().isBefore(until)) {
      Thread.onSpinWait();
    }
  }

  private Instant storageTime() {
    Lease lease = storage.leases().acquire(CLOCK_PROBE, "clock probe", LONG);
    storage.leases().release(lease);
    return lease.acquiredAt();
  }

  /** Opens the storage. */
  @BeforeEach
  protected final void openStorage() {
    storage = anotherHandle();
  }

  /** Closes every handle. */
  @AfterEach
  protected final void closeStorages() {
    opened.forEach(Storage::close);
  }

  final Storage anotherHandle() {
    Storage another = open();
    opened.add(another);
    return another;
  }

  /** One handle a runner: two of them in turn where the storage can be open twice. */
  final List<Storage> handlesForRace() {
    Storage second = survivesReopen() ? anotherHandle() : storage;
    List<Storage> handles = new ArrayList<>();
    for (int i = 0; i < Race.RUNNERS; i++) {
      handles.add(i % 2 == 0 ? storage : second);
    }
    return handles;
  }

  final Lease lease(AppId app) {
    return storage.leases().acquire(app, "contract test", LONG);
  }

  /** A lease that was given back. */
  final Lease releasedLease(AppId app) {
    Lease lease = lease(app);
    storage.leases().release(lease);
    return lease;
  }

  /** A lease that another holder took after it had expired. */
  final Lease lostLease(AppId app) {
    Duration brief = Duration.ofMillis(20);
    Lease lease = storage.leases().acquire(app, "slow node", brief);
    letPass(brief);
    storage.leases().acquire(app, "quick node", LONG);
    return lease;
  }

  /** A lease that expired, which nobody has taken since. */
  final Lease expiredLease(AppId app) {
    Duration brief = Duration.ofMillis(20);
    Lease lease = storage.leases().acquire(app, "slow node", brief);
    letPass(brief);
    return lease;
  }

  static AppState state(AppId app, long generation) {
    return AppState.builder(app, VERSION).generation(generation).build();
  }

  static OperationRecord record(AppId app, String id) {
    return OperationRecord.builder(new RecordId(id), app, OperationKind.UPGRADE).build();
  }

  /** Keeps a record, so that there is an operation whose journal can be written. */
  final OperationRecord created(Lease lease, String id) {
    OperationRecord record = record(lease.app(), id);
    create(storage, lease, new StoredOperation(record, state(lease.app(), 1)));
    return record;
  }

  static void create(Storage storage, Lease lease, StoredOperation operation) {
    storage.commit(lease, Commit.of(operation.record().app()).begin(operation).build());
  }

  static void change(Storage storage, Lease lease, OperationRecord expected, OperationRecord next) {
    storage.commit(lease, Commit.of(expected.app()).record(expected, next).build());
  }

  static void swap(Storage storage, Lease lease, AppState next) {
    storage.commit(lease, Commit.of(next.app()).state(next).build());
  }

  static void append(Storage storage, Lease lease, Build build) {
    storage.commit(lease, Commit.of(build.app()).builds(List.of(build)).build());
  }

  static void append(Storage storage, Lease lease, List<JournalEntry> entries) {
    storage.commit(lease, Commit.of(lease.app()).journal(entries).build());
  }

  /** Reads a list to its end, and holds each page to its limit. */
  static <T> List<T> all(Function<PageRequest, Page<T>> list, int limit) {
    List<T> items = new ArrayList<>();
    PageRequest request = PageRequest.first(limit);
    Page<T> page = list.apply(request);
    items.addAll(page.items());
    while (page.hasNext()) {
      assertThat(page.items()).hasSize(limit);
      assertThat(page.next()).as("cursor of the next page").isNotEqualTo(request.cursor());
      request = request.after(page);
      page = list.apply(request);
      assertThat(page.items()).isNotEmpty().hasSizeLessThanOrEqualTo(limit);
      items.addAll(page.items());
    }
    return items;
  }

  /** Asserts that one runner was let through and the others were refused with {@code refusal}. */
  static <T> Race.Outcome<T> onlyWinner(
      List<Race.Outcome<T>> outcomes, Class<? extends Throwable> refusal) {
    List<Race.Outcome<T>> winners =
        outcomes.stream().filter(Race.Outcome::succeeded).toList();
    assertThat(winners).as("outcomes %s", outcomes).hasSize(1);
    assertThat(outcomes)
        .filteredOn(outcome -> !outcome.succeeded())
        .extracting(Race.Outcome::failure)
        .hasOnlyElementsOfType(refusal);
    return winners.get(0);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchback.model.AppId;
import dev.switchback.model.Digest;
import dev.switchback.model.app.AuditEntry;
import dev.switchback.storage.AuditStore;
import dev.switchback.storage.Page;
import dev.switchback.storage.PageRequest;
import dev.switchback.storage.StaleStateException;
import dev.switchback.storage.Storage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an {@link AuditStore} promises. */
public abstract class AuditStoreContract extends StorageFixture {

  /** Makes a test of the contract. */
  protected AuditStoreContract() {}

  private AuditStore audit() {
    return storage.audit();
  }

  private static AuditEntry entry(AppId app, long sequence) {
    return entry(app, sequence, "anna");
  }

  private static AuditEntry entry(AppId app, long sequence, String actor) {
    return new AuditEntry(
        app, sequence, AuditEntry.Act.HOLD, "2.0", actor, "新年快乐", Instant.EPOCH, null);
  }

  private List<AuditEntry> listed(AppId app, int limit) {
    return all(page -> audit().list(app, page), limit);
  }

  private static List<Long> sequences(List<AuditEntry> entries) {
    return entries.stream().map(AuditEntry::sequence).toList();
  }

  @Test
  final void append_ofAnyEntry_keepsEveryPart() {
    List<AuditEntry> written = new ArrayList<>();
    for (AuditEntry.Act act : AuditEntry.Act.values()) {
      AuditEntry entry = new AuditEntry(
          APP,
          written.size() + 1L,
          act,
          "subject of " + act,
          "anna",
          written.isEmpty() ? "" : "line one\nline \"two\"",
          Instant.parse("2026-11-01T12:00:00.123456789Z"),
          written.isEmpty() ? null : Digest.of("entry " + written.size()));
      audit().append(entry);
      written.add(entry);
    }

    Collections.reverse(written);
    assertThat(listed(APP, 100)).isEqualTo(written);
  }

  @Test
  final void append_withoutALease_isWrittenWhoeverHasIt() {
    lease(APP);

    audit().append(entry(APP, 1));

    assertThat(listed(APP, 10)).containsExactly(entry(APP, 1));
  }

  @Test
  final void append_ofNumberThatIsNotTheNext_isStaleAndWritesNothing() {
    for (long wrong : List.of(0L, 2L)) {
      assertThatThrownBy(() -> audit().append(entry(APP, wrong)))
          .isInstanceOf(StaleStateException.class);
    }
    audit().append(entry(APP, 1));
    for (long wrong : List.of(1L, 3L)) {
      assertThatThrownBy(() -> audit().append(entry(APP, wrong, "bert")))
          .isInstanceOf(StaleStateException.class);
    }
    assertThat(listed(APP, 10)).containsExactly(entry(APP, 1));
  }

  @Test
  final void list_ofAnApp_isTheLatestFirstAndOfNoOther() {
    for (int i = 1; i <= 12; i++) {
      audit().append(entry(APP, i));
    }
    audit().append(entry(OTHER_APP, 1));

    for (int limit = 1; limit <= 13; limit++) {
      assertThat(sequences(listed(APP, limit)))
          .containsExactly(12L, 11L, 10L, 9L, 8L, 7L, 6L, 5L, 4L, 3L, 2L, 1L);
    }
    assertThat(listed(OTHER_APP, 10)).containsExactly(entry(OTHER_APP, 1));
    assertThat(listed(new AppId("unknown"), 10)).isEmpty();
  }

  @Test
  final void list_whileEntriesAreAdded_neverRepeatsOrMissesOne() {
    for (int i = 1; i <= 4; i++) {
      audit().append(entry(APP, i));
    }
    PageRequest request = PageRequest.first(2);
    Page<AuditEntry> first = audit().list(APP, request);
    audit().append(entry(APP, 5));
    Page<AuditEntry> second = audit().list(APP, request.after(first));

    assertThat(sequences(first.items())).containsExactly(4L, 3L);
    assertThat(sequences(second.items())).containsExactly(2L, 1L);
    assertThat(second.hasNext()).isFalse();
  }

  @Test
  final void append_byManyAtOnce_isGrantedToOneANumber() {
    List<Storage> handles = handlesForRace();

    for (int sequence = 1; sequence <= 5; sequence++) {
      int next = sequence;
      Race.Outcome<Boolean> winner = onlyWinner(
          Race.runAll(i -> handles.get(i).audit().append(entry(APP, next, "runner " + i))),
          StaleStateException.class);

      assertThat(listed(APP, 10))
          .hasSize(next)
          .first()
          .isEqualTo(entry(APP, next, "runner " + winner.runner()));
    }
  }

  @Test
  final void entries_afterReopening_areStillThere() {
    if (!survivesReopen()) {
      return;
    }
    audit().append(entry(APP, 1));
    storage.close();
    storage = anotherHandle();
    audit().append(entry(APP, 2));

    assertThat(sequences(listed(APP, 10))).containsExactly(2L, 1L);
  }

  @Test
  final void anything_afterClose_isRefused() {
    storage.close();

    assertThatThrownBy(() -> audit().append(entry(APP, 1)))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> audit().list(APP, PageRequest.first(1)))
        .isInstanceOf(IllegalStateException.class);
  }
}

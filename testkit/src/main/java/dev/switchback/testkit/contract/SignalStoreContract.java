// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchback.model.RecordId;
import dev.switchback.model.app.Signal;
import dev.switchback.storage.SignalStore;
import dev.switchback.storage.Storage;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a {@link SignalStore} promises. */
public abstract class SignalStoreContract extends StorageFixture {

  private static final RecordId R1 = new RecordId("r1");
  private static final RecordId R2 = new RecordId("r2");

  /** Makes a test of the contract. */
  protected SignalStoreContract() {}

  private SignalStore signals() {
    return storage.signals();
  }

  @Test
  final void find_ofRecordWithoutSignal_isRun() {
    created(lease(APP), "r1");

    assertThat(signals().find(R1)).isEqualTo(Signal.RUN);
    assertThat(signals().find(new RecordId("unknown"))).isEqualTo(Signal.RUN);
  }

  @Test
  final void send_ofAnySignal_isFoundInPlaceOfTheOneBefore() {
    created(lease(APP), "r1");
    created(lease(OTHER_APP), "r2");
    signals().send(R2, Signal.CANCEL);

    for (Signal signal : List.of(Signal.PAUSE, Signal.RUN, Signal.PAUSE, Signal.CANCEL)) {
      signals().send(R1, signal);
      signals().send(R1, signal);

      assertThat(signals().find(R1)).isEqualTo(signal);
    }
    assertThat(signals().find(R2)).isEqualTo(Signal.CANCEL);
  }

  @Test
  final void send_afterCancel_changesNothing() {
    created(lease(APP), "r1");
    signals().send(R1, Signal.CANCEL);

    for (Signal signal : Signal.values()) {
      signals().send(R1, signal);

      assertThat(signals().find(R1)).isEqualTo(Signal.CANCEL);
    }
  }

  @Test
  final void send_whileAnotherHasTheLease_isFoundByIt() {
    lease(APP);
    Storage another = survivesReopen() ? anotherHandle() : storage;

    another.signals().send(R1, Signal.PAUSE);

    assertThat(signals().find(R1)).isEqualTo(Signal.PAUSE);
  }

  @Test
  final void send_byManyAtOnce_disturbsNobody() {
    List<Storage> handles = handlesForRace();

    List<Race.Outcome<Boolean>> outcomes = Race.runAll(
        i -> handles.get(i).signals().send(R1, i % 2 == 0 ? Signal.PAUSE : Signal.CANCEL));

    assertThat(outcomes).as("%s", outcomes).allMatch(Race.Outcome::succeeded);
    assertThat(signals().find(R1)).isEqualTo(Signal.CANCEL);
  }

  @Test
  final void signals_afterReopening_areStillThere() {
    if (!survivesReopen()) {
      return;
    }
    signals().send(R1, Signal.CANCEL);
    storage.close();
    storage = anotherHandle();

    assertThat(signals().find(R1)).isEqualTo(Signal.CANCEL);
  }

  @Test
  final void anything_afterClose_isRefused() {
    storage.close();

    assertThatThrownBy(() -> signals().find(R1)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> signals().send(R1, Signal.RUN))
        .isInstanceOf(IllegalStateException.class);
  }
}

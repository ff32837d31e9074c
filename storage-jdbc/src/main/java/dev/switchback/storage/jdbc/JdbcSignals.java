// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage.jdbc;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.RecordId;
import dev.switchback.model.app.Signal;
import dev.switchback.storage.SignalStore;

/** The signal that stands for each record that ever got one. */
record JdbcSignals(Database database) implements SignalStore {

  @Override
  public void send(RecordId record, Signal signal) {
    requireNonNull(signal, "signal");
    database.writeAtOnce(
        "send " + signal + " to record " + record,
        session -> session.update(
            "insert into sb_signal as present (record, signal) values (?, ?)"
                + " on conflict (record) do update set signal = excluded.signal"
                + " where present.signal <> 'CANCEL'",
            record.value(),
            signal.name()));
  }

  @Override
  public Signal find(RecordId record) {
    return database
        .read(
            "read the signal for record " + record,
            session -> session.first(
                "select signal from sb_signal where record = ?",
                row -> row.getString(1),
                record.value()))
        .map(Signal::valueOf)
        .orElse(Signal.RUN);
  }
}

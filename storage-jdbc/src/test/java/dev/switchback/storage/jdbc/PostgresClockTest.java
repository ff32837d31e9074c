// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage.jdbc;

import static dev.switchback.storage.jdbc.Examples.APP;
import static dev.switchback.storage.jdbc.Examples.LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.switchback.model.app.Lease;
import dev.switchback.storage.FencedOffException;
import dev.switchback.storage.LeaseHeldException;
import dev.switchback.storage.Storage;
import dev.switchback.testkit.contract.LeaseStoreContract;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Leases where the clock of the database is hours away from that of this JVM. */
final class PostgresClockTest extends LeaseStoreContract {

  private final PGSimpleDataSource source = PostgresServer.running().newSchema();
  private final String schema = source.getCurrentSchema();

  PostgresClockTest() {
    setClock(Duration.ofHours(7));
    source.setCurrentSchema(schema + ",pg_catalog"); // else its own functions come first
  }

  private void setClock(Duration ahead) {
    PostgresServer.execute(
        source,
        "create or replace function " + schema + ".clock_timestamp() returns timestamptz"
            + " language sql volatile as $$ select pg_catalog.clock_timestamp() + interval '"
            + ahead.toSeconds() + " seconds' $$");
  }

  @Override
  protected Storage open() {
    return JdbcStorage.open(source);
  }

  @ParameterizedTest
  @ValueSource(longs = {-7, 7})
  void lease_runsOutByTheClockOfTheDatabase(long hours) {
    Duration ahead = Duration.ofHours(hours);
    setClock(ahead);
    try (Storage slow = open();
        Storage quick = open()) {
      Lease lease = slow.leases().acquire(APP, "slow", LONG);
      assertThat(lease.acquiredAt())
          .isCloseTo(Instant.now().plus(ahead), within(1, ChronoUnit.MINUTES));

      setClock(ahead.plus(LONG).minusMinutes(1));
      assertThatThrownBy(() -> quick.leases().acquire(APP, "quick", LONG))
          .isInstanceOfSatisfying(
              LeaseHeldException.class, e -> assertThat(e.current()).isEqualTo(lease));
      Examples.swap(slow, lease, Examples.state("1.0", 1));

      setClock(ahead.plus(LONG).plusMinutes(1));
      Lease next = quick.leases().acquire(APP, "quick", LONG);
      assertThat(next.acquiredAt()).isAfter(lease.expiresAt());
      assertThatThrownBy(() -> slow.leases().renew(lease, LONG))
          .isInstanceOf(FencedOffException.class);
      assertThatThrownBy(() -> Examples.swap(slow, lease, Examples.state("1.0", 2)))
          .isInstanceOf(FencedOffException.class);
      Examples.swap(quick, next, Examples.state("1.0", 2));
    }
  }
}

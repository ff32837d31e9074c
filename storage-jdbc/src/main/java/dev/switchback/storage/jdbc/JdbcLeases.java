// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage.jdbc;

import dev.switchback.model.AppId;
import dev.switchback.model.app.Lease;
import dev.switchback.storage.FencedOffException;
import dev.switchback.storage.LeaseHeldException;
import dev.switchback.storage.LeaseStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One row for each app that ever had a lease: it keeps the last fencing number. Times are
 * milliseconds by the clock of the database.
 */
record JdbcLeases(Database database) implements LeaseStore {

  private static final String COLUMNS = "app, holder, fence, acquired_at, expires_at";

  private static final String HELD = "app = ? and fence = ? and released = false";

  private static final String RELEASE = "update sb_lease set released = true where " + HELD;

  private static final Session.RowReader<Lease> LEASE = row -> new Lease(
      new AppId(row.getString(1)),
      row.getString(2),
      row.getLong(3),
      Instant.ofEpochMilli(row.getLong(4)),
      Instant.ofEpochMilli(row.getLong(5)));

  @Override
  public Lease acquire(AppId app, String holder, Duration duration) {
    long millis = millis(duration);
    new Lease(app, holder, 0, Instant.EPOCH, Instant.EPOCH); // refuses a holder that is no name
    String now = database.dialect().now();
    // One statement decides, so two nodes that ask at the same moment cannot both get it.
    Optional<Lease> taken = database.writeAtOnce(
        "lease app " + app,
        session -> session.first(
            "insert into sb_lease as present (app, holder, fence, acquired_at, expires_at, released)"
                + " select ?, ?, 1, t.now, t.now + ?, false"
                + " from (select " + now + " as now) t where true"
                + " on conflict (app) do update set fence = present.fence + 1,"
                + " holder = excluded.holder, acquired_at = excluded.acquired_at,"
                + " expires_at = excluded.expires_at, released = false"
                + " where present.released = true"
                + " or present.expires_at <= excluded.acquired_at"
                + " returning " + COLUMNS,
            LEASE,
            app.value(),
            holder,
            millis));
    return taken.orElseThrow(() -> held(app));
  }

  /** Shows the lease that was in the way, even if it was given back a moment ago. */
  private LeaseHeldException held(AppId app) {
    return new LeaseHeldException(database
        .read(
            "read the lease of app " + app,
            session -> session.first(
                "select " + COLUMNS + " from sb_lease where app = ?", LEASE, app.value()))
        .orElseThrow());
  }

  @Override
  public Lease renew(Lease lease, Duration duration) {
    long millis = millis(duration);
    return database.writeAtOnce(
        "renew the lease of app " + lease.app(),
        session -> session
            .first(
                "update sb_lease set expires_at = " + database.dialect().now() + " + ?"
                    + " where app = ? and fence = ? and released = false returning " + COLUMNS,
                LEASE,
                millis,
                lease.app().value(),
                lease.fence())
            .orElseThrow(() -> new FencedOffException(lease)));
  }

  @Override
  public void release(Lease lease) {
    database.writeAtOnce(
        "release the lease of app " + lease.app(),
        session -> session.update(RELEASE, lease.app().value(), lease.fence()));
  }

  /**
   * Keeps {@code lease} as it is until the transaction ends, or gives it back with it; checks that it
   * was neither released nor has passed to another holder.
   */
  static Write lock(Dialect dialect, Lease lease, boolean release) {
    String keep = "select 1 from sb_lease where " + HELD + dialect.keepRows();
    return Write.of(
        release ? RELEASE : keep,
        (session, held) -> {
          if (held[0] == 0) {
            throw new FencedOffException(lease);
          }
        },
        lease.app().value(),
        lease.fence());
  }

  /**
   * Returns what is true in a statement while the lease of app and fence, its two parameters, is held,
   * and keeps it as it is until the transaction ends. If that is waited for, it is looked at again.
   */
  static String isHeld(Dialect dialect) {
    return "(select fence from sb_lease where " + HELD + dialect.keepRows() + ") is not null";
  }

  @Override
  public Optional<Lease> find(AppId app) {
    return database.read(
        "read the lease of app " + app,
        session -> session.first(
            "select " + COLUMNS + " from sb_lease where app = ? and released = false",
            LEASE,
            app.value()));
  }

  /** Rounds up: a lease that was asked for must not be over at once. */
  private static long millis(Duration duration) {
    if (duration.isNegative() || duration.isZero() || duration.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "Invalid lease duration: " + duration + " is not between nothing and " + LONGEST);
    }
    return duration.plusNanos(999_999).toMillis();
  }
}

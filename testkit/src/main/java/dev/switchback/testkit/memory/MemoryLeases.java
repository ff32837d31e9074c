// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.memory;

import dev.switchback.model.AppId;
import dev.switchback.model.app.Lease;
import dev.switchback.storage.FencedOffException;
import dev.switchback.storage.LeaseHeldException;
import dev.switchback.storage.LeaseStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** One lease an app; the last fencing number of an app outlives its leases. */
record MemoryLeases(MemoryContent content, Handle handle) implements LeaseStore {

  @Override
  public Lease acquire(AppId app, String holder, Duration duration) {
    check(duration);
    synchronized (content) {
      handle.checkOpen();
      Instant now = content.clock.instant();
      long fence = content.fences.getOrDefault(app, 0L) + 1;
      Lease lease = new Lease(app, holder, fence, now, now.plus(duration));
      Lease current = content.leases.get(app);
      if (current != null && !current.isExpired(now)) {
        throw new LeaseHeldException(current);
      }
      content.fences.put(app, fence);
      content.leases.put(app, lease);
      return lease;
    }
  }

  @Override
  public Lease renew(Lease lease, Duration duration) {
    check(duration);
    synchronized (content) {
      handle.checkOpen();
      Lease current = content.leases.get(lease.app());
      if (current == null || current.fence() != lease.fence()) {
        throw new FencedOffException(lease);
      }
      Lease renewed = new Lease(
          current.app(),
          current.holder(),
          current.fence(),
          current.acquiredAt(),
          content.clock.instant().plus(duration));
      content.leases.put(lease.app(), renewed);
      return renewed;
    }
  }

  @Override
  public void release(Lease lease) {
    synchronized (content) {
      handle.checkOpen();
      if (content.isCurrent(lease)) {
        content.leases.remove(lease.app());
      }
    }
  }

  @Override
  public Optional<Lease> find(AppId app) {
    synchronized (content) {
      handle.checkOpen();
      return Optional.ofNullable(content.leases.get(app));
    }
  }

  private static void check(Duration duration) {
    if (duration.isNegative() || duration.isZero() || duration.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "Invalid lease duration: " + duration + " is not between nothing and " + LONGEST);
    }
  }
}

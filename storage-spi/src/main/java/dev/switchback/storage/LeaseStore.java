// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage;

import dev.switchback.model.AppId;
import dev.switchback.model.app.Lease;
import java.time.Duration;
import java.util.Optional;

/**
 * Grants the right to change an app to one holder at a time. Time is that of the store, so that the
 * clocks of nodes do not matter.
 */
public interface LeaseStore {

  /** The longest that a lease may last unless renewed: about a hundred years. */
  Duration LONGEST = Duration.ofDays(36_500);

  /**
   * Takes the lease of {@code app}, if nobody has it or the one who had it let it expire. The fencing
   * number is greater than every one granted for the app before.
   *
   * @param holder tells a person which node or process this is
   * @param duration how long it lasts unless renewed; more than nothing, at most {@link #LONGEST}
   * @throws IllegalArgumentException if the holder is no name or the duration is not of that length
   * @throws LeaseHeldException if somebody has it, this very holder included; nothing was written
   * @throws StorageException if it could not be written; nothing was
   * @throws dev.switchback.model.OutcomeUnknownException if it may or may not have been written
   */
  Lease acquire(AppId app, String holder, Duration duration);

  /**
   * Makes {@code lease} last {@code duration} from now, expired or not, as long as nobody else took
   * it.
   *
   * @throws IllegalArgumentException if the duration is none that {@link #acquire} takes
   * @throws FencedOffException if it was released or has passed to another holder
   * @throws StorageException if it could not be written; nothing was
   * @throws dev.switchback.model.OutcomeUnknownException if it may or may not have been written
   */
  Lease renew(Lease lease, Duration duration);

  /**
   * Gives {@code lease} back. Does nothing if it was released or has passed to another holder.
   *
   * @throws StorageException if it could not be written; nothing was
   * @throws dev.switchback.model.OutcomeUnknownException if it may or may not have been written
   */
  void release(Lease lease);

  /**
   * Returns the lease of {@code app}, expired or not, or empty if it is free.
   *
   * @throws StorageException if it could not be read
   */
  Optional<Lease> find(AppId app);
}

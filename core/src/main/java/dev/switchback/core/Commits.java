// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import dev.switchback.model.OutcomeUnknownException;
import dev.switchback.model.app.Build;
import dev.switchback.model.app.JournalEntry;
import dev.switchback.model.app.Lease;
import dev.switchback.storage.Commit;
import dev.switchback.storage.Commit.RecordChange;
import dev.switchback.storage.DigestMismatchException;
import dev.switchback.storage.FencedOffException;
import dev.switchback.storage.LeaseHeldException;
import dev.switchback.storage.StaleStateException;
import dev.switchback.storage.Storage;
import dev.switchback.storage.StorageException;
import java.util.List;

/**
 * Writes commits so that their writer knows what became of them: a lost answer is settled by reading,
 * and what is known not to have been written is written again.
 */
final class Commits {

  private Commits() {}

  /**
   * Writes {@code commit}; it is there when this returns.
   *
   * @throws FencedOffException if the lease has passed to another holder; nothing was written
   * @throws StaleStateException if it does not fit what is stored; nothing was written
   * @throws StorageException if it could not be written again and again
   * @throws OutcomeUnknownException if it could not be found out whether it was written
   */
  static void write(Site site, Lease lease, Commit commit) {
    Retries.of(site).run(new Attempt(site.storage(), lease, commit), Commits::mayTryAgain);
  }

  /** Tells whether a failure of the storage may be another one's turn to succeed. */
  static boolean mayTryAgain(RuntimeException failure) {
    return failure instanceof OutcomeUnknownException
        || (failure instanceof StorageException
            && !(failure instanceof FencedOffException)
            && !(failure instanceof StaleStateException)
            && !(failure instanceof LeaseHeldException)
            && !(failure instanceof DigestMismatchException));
  }

  /** One commit, attempted as often as it is run. */
  private static final class Attempt implements Runnable {

    private final Storage storage;
    private final Lease lease;
    private final Commit commit;
    private boolean answerLost;

    Attempt(Storage storage, Lease lease, Commit commit) {
      this.storage = storage;
      this.lease = lease;
      this.commit = commit;
    }

    @Override
    public void run() {
      try {
        storage.commit(lease, commit);
      } catch (OutcomeUnknownException e) {
        answerLost = true;
        if (!isWritten()) {
          throw e;
        }
      } catch (StaleStateException | FencedOffException e) {
        // What stands in the way may be this very commit, if it came through before.
        if (!(answerLost && isWritten())) {
          throw e;
        }
      }
    }

    /** A commit is there whole or not at all, so that one part of it tells. */
    private boolean isWritten() {
      if (commit.operation().isPresent()) {
        return storage.records().find(commit.operation().get().record().id()).isPresent();
      }
      if (commit.recordChange().isPresent()) {
        RecordChange change = commit.recordChange().get();
        return storage
            .records()
            .find(change.next().id())
            .filter(stored -> stored.record().equals(change.next()))
            .isPresent();
      }
      if (!commit.journal().isEmpty()) {
        JournalEntry last = commit.journal().get(commit.journal().size() - 1);
        List<JournalEntry> stored = storage.journals().read(last.record());
        return stored.size() >= last.sequence()
            && stored.get((int) last.sequence() - 1).equals(last);
      }
      if (!commit.builds().isEmpty()) {
        Build build = commit.builds().get(0);
        return storage
            .builds()
            .find(build.app(), build.component(), build.version())
            .filter(build::equals)
            .isPresent();
      }
      return commit
          .state()
          .map(next -> storage
              .apps()
              .findRevision(next.app(), next.generation())
              .filter(next::equals)
              .isPresent())
          .orElse(false);
    }
  }
}

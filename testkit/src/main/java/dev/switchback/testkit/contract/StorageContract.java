// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.contract;

import dev.switchback.storage.Storage;
import java.time.Duration;
import org.junit.jupiter.api.Nested;

/**
 * What a {@link Storage} promises, part by part. A backend extends this one class:
 *
 * <pre>{@code
 * final class MyStorageTest extends StorageContract {
 *   @TempDir Path directory;
 *
 *   @Override
 *   protected Storage open() {
 *     return new MyStorageProvider().open(directory);
 *   }
 * }
 * }</pre>
 *
 * <p>To run one part alone, extend the contract of that part.
 */
public abstract class StorageContract {

  /** Makes a test of the contract. */
  protected StorageContract() {}

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
   * Lets {@code duration} pass on the clock of the storage and returns true. Returns false unless
   * overridden: the tests then ask the storage for the time until it has passed.
   *
   * @param duration some ten milliseconds
   */
  protected boolean letPass(Duration duration) {
    return false;
  }

  /** The part that keeps template versions. */
  @Nested
  protected class Templates extends TemplateStoreContract {

    /** Makes a test of the part. */
    protected Templates() {}

    @Override
    protected Storage open() {
      return StorageContract.this.open();
    }

    @Override
    protected boolean survivesReopen() {
      return StorageContract.this.survivesReopen();
    }

    @Override
    protected void letPass(Duration duration) {
      if (!StorageContract.this.letPass(duration)) {
        super.letPass(duration);
      }
    }
  }

  /** The part that keeps apps and revisions. */
  @Nested
  protected class Apps extends AppStoreContract {

    /** Makes a test of the part. */
    protected Apps() {}

    @Override
    protected Storage open() {
      return StorageContract.this.open();
    }

    @Override
    protected boolean survivesReopen() {
      return StorageContract.this.survivesReopen();
    }

    @Override
    protected void letPass(Duration duration) {
      if (!StorageContract.this.letPass(duration)) {
        super.letPass(duration);
      }
    }
  }

  /** The part that keeps records. */
  @Nested
  protected class Records extends RecordStoreContract {

    /** Makes a test of the part. */
    protected Records() {}

    @Override
    protected Storage open() {
      return StorageContract.this.open();
    }

    @Override
    protected boolean survivesReopen() {
      return StorageContract.this.survivesReopen();
    }

    @Override
    protected void letPass(Duration duration) {
      if (!StorageContract.this.letPass(duration)) {
        super.letPass(duration);
      }
    }
  }

  /** The part that keeps journals. */
  @Nested
  protected class Journals extends JournalStoreContract {

    /** Makes a test of the part. */
    protected Journals() {}

    @Override
    protected Storage open() {
      return StorageContract.this.open();
    }

    @Override
    protected boolean survivesReopen() {
      return StorageContract.this.survivesReopen();
    }

    @Override
    protected void letPass(Duration duration) {
      if (!StorageContract.this.letPass(duration)) {
        super.letPass(duration);
      }
    }
  }

  /** The part that keeps builds. */
  @Nested
  protected class Builds extends BuildStoreContract {

    /** Makes a test of the part. */
    protected Builds() {}

    @Override
    protected Storage open() {
      return StorageContract.this.open();
    }

    @Override
    protected boolean survivesReopen() {
      return StorageContract.this.survivesReopen();
    }

    @Override
    protected void letPass(Duration duration) {
      if (!StorageContract.this.letPass(duration)) {
        super.letPass(duration);
      }
    }
  }

  /** The part that keeps leases. */
  @Nested
  protected class Leases extends LeaseStoreContract {

    /** Makes a test of the part. */
    protected Leases() {}

    @Override
    protected Storage open() {
      return StorageContract.this.open();
    }

    @Override
    protected boolean survivesReopen() {
      return StorageContract.this.survivesReopen();
    }

    @Override
    protected void letPass(Duration duration) {
      if (!StorageContract.this.letPass(duration)) {
        super.letPass(duration);
      }
    }
  }

  /** The part that carries signals. */
  @Nested
  protected class Signals extends SignalStoreContract {

    /** Makes a test of the part. */
    protected Signals() {}

    @Override
    protected Storage open() {
      return StorageContract.this.open();
    }

    @Override
    protected boolean survivesReopen() {
      return StorageContract.this.survivesReopen();
    }

    @Override
    protected void letPass(Duration duration) {
      if (!StorageContract.this.letPass(duration)) {
        super.letPass(duration);
      }
    }
  }

  /** The part that keeps what people decided. */
  @Nested
  protected class Audit extends AuditStoreContract {

    /** Makes a test of the part. */
    protected Audit() {}

    @Override
    protected Storage open() {
      return StorageContract.this.open();
    }

    @Override
    protected boolean survivesReopen() {
      return StorageContract.this.survivesReopen();
    }

    @Override
    protected void letPass(Duration duration) {
      if (!StorageContract.this.letPass(duration)) {
        super.letPass(duration);
      }
    }
  }

  /** The one way to write under a lease. */
  @Nested
  protected class Commits extends CommitContract {

    /** Makes a test of the part. */
    protected Commits() {}

    @Override
    protected Storage open() {
      return StorageContract.this.open();
    }

    @Override
    protected boolean survivesReopen() {
      return StorageContract.this.survivesReopen();
    }

    @Override
    protected void letPass(Duration duration) {
      if (!StorageContract.this.letPass(duration)) {
        super.letPass(duration);
      }
    }
  }
}

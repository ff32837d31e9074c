// SPDX-License-Identifier: Apache-2.0
package dev.switchback.examples.durable;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.switchback.core.ExecutionOptions;
import dev.switchback.core.Switchback;
import dev.switchback.model.AppId;
import dev.switchback.storage.LeaseHeldException;
import dev.switchback.storage.PageRequest;
import dev.switchback.storage.RecordQuery;
import dev.switchback.storage.Storage;
import dev.switchback.storage.files.FileBlobStore;
import dev.switchback.storage.jdbc.JdbcStorage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Where a site is: a directory, and a database that is in it or on a PostgreSQL server. Can be handed
 * to another process as texts.
 *
 * @param directory of the blobs, of what runs, and of the database unless it is on a server
 * @param url of a PostgreSQL database; empty for the embedded one
 */
record Place(Path directory, String url) {

  static final AppId APP = new AppId("shop");

  private static final Duration LEASE = Duration.ofMillis(700);
  private static final long SHORT_NANOS = 20_000_000;

  static Place of(String[] arguments) {
    return new Place(Path.of(arguments[0]), arguments[1]);
  }

  Storage openStorage() {
    if (url.isEmpty()) {
      return JdbcStorage.open(directory);
    }
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url);
    HikariConfig config = new HikariConfig();
    config.setDataSource(source);
    config.setMaximumPoolSize(4);
    config.setMinimumIdle(0);
    return JdbcStorage.open(new HikariDataSource(config)); // which ends with process or server
  }

  FileBlobStore openBlobs() {
    return FileBlobStore.open(made("blobs"));
  }

  /** Opens a backend that takes {@code moment} after {@code beforeChange}, and after the change. */
  FileBackend openBackend(Duration moment, Runnable beforeChange) {
    return new FileBackend(made("platform"), moment, beforeChange);
  }

  /** Opens a backend that changes things at once, after {@code beforeChange}. */
  FileBackend openBackend(Runnable beforeChange) {
    return openBackend(Duration.ZERO, beforeChange);
  }

  private Path made(String name) {
    try {
      return Files.createDirectories(directory.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Switchback open(Storage storage, FileBlobStore blobs, FileBackend backend, String holder) {
    return Switchback.builder()
        .storage(storage)
        .blobs(blobs)
        .backend(backend)
        .holder(holder)
        .leaseDuration(LEASE)
        .open();
  }

  static ExecutionOptions options() {
    return ExecutionOptions.builder()
        .actor("operator")
        .healthInterval(Duration.ofMillis(1))
        .healthyInARow(1)
        .build();
  }

  /** Finishes what a dead process left, as soon as its lease has run out. */
  static void recover(Switchback site, Storage storage) {
    PageRequest one = PageRequest.first(1);
    while (isLeased(storage)
        || !site.apps().records(RecordQuery.all().unfinished(), one).items().isEmpty()) {
      site.apps().recover(options());
      LockSupport.parkNanos(SHORT_NANOS);
    }
  }

  private static boolean isLeased(Storage storage) {
    try {
      storage.leases().release(storage.leases().acquire(APP, "the one who waits", LEASE));
      return false;
    } catch (LeaseHeldException e) {
      return true;
    }
  }
}

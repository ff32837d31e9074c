// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage.jdbc;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.app.Lease;
import dev.switchback.storage.AppStore;
import dev.switchback.storage.AuditStore;
import dev.switchback.storage.BuildStore;
import dev.switchback.storage.Commit;
import dev.switchback.storage.JournalStore;
import dev.switchback.storage.LeaseStore;
import dev.switchback.storage.RecordStore;
import dev.switchback.storage.SignalStore;
import dev.switchback.storage.Storage;
import dev.switchback.storage.StorageException;
import dev.switchback.storage.TemplateStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * Keeps everything but blobs in SQL.
 *
 * <p><b>Threads:</b> any number, in any number of processes. <b>Atomicity:</b> each write is one
 * transaction. <b>After failure:</b> nothing half-written is left, whenever a process is killed; what
 * a method returned from is on the disk. <b>Life cycle:</b> {@link #close} waits for the calls that run
 * and gives back what {@code open} took. <b>Ordering:</b> as the database commits.
 *
 * <p>Secrets stand in the database in full: whoever may read it may read them.
 *
 * <p><b>Memory:</b> template versions that were read stay in memory while their documents have together
 * at most a 64th as many characters as the JVM may use bytes; the database is asked each time whether
 * they are still what it has.
 */
public final class JdbcStorage implements Storage {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Database database;
  private final KeptVersions keptVersions = new KeptVersions();
  private final JdbcCommit commits;

  private JdbcStorage(Database database) {
    this.database = database;
    this.commits = new JdbcCommit(database);
  }

  /**
   * Opens the SQLite database {@code switchback.db} in {@code directory}; makes it, readable for its
   * owner only, if it is not there yet, and brings older tables up to date. Other processes on the
   * same machine may have it open too.
   *
   * @param directory a directory on a local disk, which exists and can be written to; the database
   *     stays where it is while it is open, or writes are refused, and reads that would come from the
   *     file that is there now
   * @throws StorageException if it cannot be opened, or was used with a newer version of Switchback
   */
  public static JdbcStorage open(Path directory) {
    return open(directory, PATIENCE);
  }

  /** Opens as {@link #open(Path)} does, and waits {@code patience} for others that write. */
  static JdbcStorage open(Path directory, Duration patience) {
    return new JdbcStorage(SqliteFile.open(requireNonNull(directory, "directory"), patience));
  }

  /**
   * Opens the database that {@code source} leads to, PostgreSQL or SQLite; makes the tables, whose
   * names start with {@code sb_}, if they are not there yet, and brings older ones up to date. The
   * source stays the host's, which closes it after this storage; a pool is advisable, and
   * one connection is enough. Its transactions are not disturbed, and a connection is given back as it
   * was: each call needs one that is in no transaction, and on PostgreSQL refuses another.
   *
   * @param source gives connections whose user may make tables in the schema that it uses by default
   * @throws StorageException if it cannot be opened, or was used with a newer version of Switchback
   * @throws IllegalArgumentException if it leads to another kind of database
   */
  public static JdbcStorage open(DataSource source) {
    return open(source, JdbcOptions.standard());
  }

  /**
   * Opens as {@link #open(DataSource)} does, with tables where {@code options} says.
   *
   * @throws StorageException if it cannot be opened, was used with a newer version of Switchback, or
   *     the host's own tables are not those of this version
   * @throws IllegalArgumentException if it leads to another kind of database, or to SQLite while
   *     {@code options} names a schema
   */
  public static JdbcStorage open(DataSource source, JdbcOptions options) {
    String place = "the database of the host";
    Dialect dialect = dialect(requireNonNull(source, "source"), place);
    if (!options.schema().isEmpty() && !dialect.hasSchemas()) {
      throw new IllegalArgumentException(
          "Invalid schema '" + options.schema() + "': SQLite has none; use a table prefix");
    }
    Tables tables = new Tables(options);
    Schema schema = new Schema(source, dialect, tables, place);
    if (!schema.isCurrent()) {
      if (!options.makesTables()) {
        throw schema.notMade();
      }
      schema.update();
    }
    return new JdbcStorage(
        new Database(source, Statements.OF_DRIVER, dialect, tables, place, null));
  }

  private static Dialect dialect(DataSource source, String place) {
    try (Connection connection = source.getConnection()) {
      return Dialect.of(connection);
    } catch (SQLException e) {
      throw new StorageException("Cannot open " + place + ": " + e.getMessage(), e);
    }
  }

  @Override
  public TemplateStore templates() {
    return new JdbcTemplates(database, keptVersions);
  }

  @Override
  public AppStore apps() {
    return new JdbcApps(database);
  }

  @Override
  public RecordStore records() {
    return new JdbcRecords(database);
  }

  @Override
  public JournalStore journals() {
    return new JdbcJournals(database);
  }

  @Override
  public BuildStore builds() {
    return new JdbcBuilds(database);
  }

  @Override
  public LeaseStore leases() {
    return new JdbcLeases(database);
  }

  @Override
  public SignalStore signals() {
    return new JdbcSignals(database);
  }

  @Override
  public AuditStore audit() {
    return new JdbcAudit(database);
  }

  @Override
  public void commit(Lease lease, Commit commit) {
    commits.run(lease, commit);
  }

  @Override
  public void close() {
    database.close();
  }
}

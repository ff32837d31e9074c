// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage.jdbc;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.switchback.storage.StorageException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.sqlite.BusyHandler;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteDataSource;

/** Opens the one file of an embedded database, which other processes may have open too. */
final class SqliteFile {

  private static final String FILE = "switchback.db";
  private static final String LOCK = "switchback.lock";
  private static final int MAX_CONNECTIONS = 8;

  private SqliteFile() {}

  /**
   * Opens the database in {@code directory}, after bringing its tables up to date.
   *
   * @param patience how long to wait for other processes that write
   */
  static Database open(Path directory, Duration patience) {
    Path file = directory.resolve(FILE).toAbsolutePath();
    prepare(directory, file);
    Tables tables = new Tables(JdbcOptions.standard());
    update(
        directory,
        new Schema(
            dataSource(file, patience, () -> {}),
            new Dialect.Sqlite(null),
            tables,
            file.toString()));
    OpenFile open = openFile(directory, file);
    Dialect dialect = new Dialect.Sqlite(open);
    HikariDataSource pool = pool(dataSource(file, patience, open::opened), patience);
    return new Database(pool, new Statements.Kept(), dialect, tables, file.toString(), pool);
  }

  /** Makes the file, for the eyes of its owner only: it holds secrets. */
  private static void prepare(Path directory, Path file) {
    if (!Files.isDirectory(directory)) {
      throw cannot(directory, "it is not a directory; make it first", null);
    }
    try {
      if (Files.notExists(file)) {
        if (!Files.isWritable(directory)) {
          throw cannot(directory, "this user has no right to write there; grant it", null);
        }
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
          Files.createFile(
              file,
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
      }
    } catch (FileAlreadyExistsException e) {
      // Another process was faster.
    } catch (IOException e) {
      throw cannot(directory, String.valueOf(e.getMessage()), e);
    }
    if (Files.exists(file) && !(Files.isWritable(file) && Files.isWritable(directory))) {
      throw cannot(
          directory,
          "this user has no right to write to " + FILE + " and beside it; grant it",
          null);
    }
  }

  /**
   * Returns a source of connections.
   *
   * @param opened called after each that was opened
   */
  private static SQLiteDataSource dataSource(Path file, Duration patience, Runnable opened) {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setBusyTimeout(Math.toIntExact(patience.toMillis()));
    config.enforceForeignKeys(true);
    SQLiteDataSource source = new SQLiteDataSource(config) {
      @Override
      public SQLiteConnection getConnection(String user, String password) throws SQLException {
        SQLiteConnection connection = super.getConnection(user, password);
        BusyHandler.setHandler(connection, new Patience(patience));
        opened.run();
        return connection;
      }
    };
    // As a URI, in which no sign of the path has a second meaning.
    source.setUrl("jdbc:sqlite:" + file.toUri());
    return source;
  }

  private static OpenFile openFile(Path directory, Path file) {
    try {
      return new OpenFile(file);
    } catch (IOException e) {
      throw cannot(directory, String.valueOf(e.getMessage()), e);
    }
  }

  private static HikariDataSource pool(SQLiteDataSource source, Duration patience) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("switchback-sqlite");
    config.setDataSource(source);
    config.setMaximumPoolSize(MAX_CONNECTIONS);
    config.setMinimumIdle(1);
    config.setMaxLifetime(0); // a file does not drop its connections
    config.setConnectionTimeout(Math.max(30_000, 2 * patience.toMillis()));
    return new HikariDataSource(config);
  }

  /**
   * Brings the tables up to date, one process at a time: Flyway does not keep two from migrating one
   * SQLite file, and SQLite does not wait for another that turns on the write-ahead log, as the first
   * connection to a new file does.
   */
  private static synchronized void update(Path directory, Schema schema) {
    try (FileChannel channel = FileChannel.open(directory.resolve(LOCK), CREATE, WRITE);
        FileLock lock = channel.lock()) {
      if (lock.isValid() && !schema.isCurrent()) {
        schema.update();
      }
    } catch (IOException e) {
      throw cannot(directory, String.valueOf(e.getMessage()), e);
    }
  }

  private static StorageException cannot(Path directory, String why, @Nullable Throwable cause) {
    return new StorageException("Cannot open a storage in " + directory + ": " + why, cause);
  }
}

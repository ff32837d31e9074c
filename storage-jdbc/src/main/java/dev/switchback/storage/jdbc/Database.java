// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage.jdbc;

import dev.switchback.json.JsonFormat;
import dev.switchback.model.OutcomeUnknownException;
import dev.switchback.model.RefusedException;
import dev.switchback.storage.StorageException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Gives out connections, keeps transactions whole, and says what went wrong in the words of the
 * storage SPI.
 */
final class Database implements AutoCloseable {

  /** Something to do with a database. */
  interface Work<T> {
    T run(Session session) throws SQLException;
  }

  /** More writes than these are not sent as a whole: each number of them is a statement to keep. */
  static final int MANY = 20;

  private final DataSource source;
  private final Statements statements;
  private final Dialect dialect;
  private final Tables tables;
  private final String place;
  private final @Nullable AutoCloseable owned;
  // Calls share it and closing does not, so that nothing is closed under a call.
  private final ReadWriteLock use = new ReentrantReadWriteLock();
  private volatile boolean closed;

  /**
   * Makes a database.
   *
   * @param place what to call it in messages, such as the path of its file
   * @param owned what to close with it, or null
   */
  Database(
      DataSource source,
      Statements statements,
      Dialect dialect,
      Tables tables,
      String place,
      @Nullable AutoCloseable owned) {
    this.source = source;
    this.statements = statements;
    this.dialect = dialect;
    this.tables = tables;
    this.place = place;
    this.owned = owned;
  }

  Dialect dialect() {
    return dialect;
  }

  /**
   * Reads, by one statement.
   *
   * @param what what is done, for messages: "read app shop"
   */
  <T> T read(String what, Work<T> work) {
    Connection connection = connect(what);
    boolean automatic = true;
    try {
      automatic = connection.getAutoCommit();
      if (!automatic) {
        connection.setAutoCommit(true);
      }
      return work.run(new Session(connection, statements, dialect, tables, List.of()));
    } catch (SQLException e) {
      throw failed(what, e);
    } finally {
      giveBack(connection, automatic);
    }
  }

  /**
   * Writes in one transaction, which is durable when this returns and undone when it throws, save
   * {@link OutcomeUnknownException}.
   *
   * @param what what is done, for messages: "change app shop"
   */
  <T> T write(String what, Work<T> work) {
    return inTurn(what, () -> transaction(what, work));
  }

  /**
   * Writes by one statement, which is a transaction of its own and spares the calls to begin and to
   * commit one. The rest is as with {@link #write}.
   */
  <T> T writeAtOnce(String what, Work<T> work) {
    return writeAtOnce(what, work, work);
  }

  /**
   * Writes by one statement, which fails where it does not fit.
   *
   * @param otherwise does the same in a transaction, step by step, to learn why it did not fit
   */
  <T> T writeAtOnce(String what, Work<T> work, Work<T> otherwise) {
    return inTurn(what, () -> atOnce(what, work, otherwise));
  }

  /** Lets the writers of this process wait for each other where the database does that badly. */
  private <T> T inTurn(String what, Supplier<T> write) {
    Lock writers = dialect.writers();
    if (writers == null) {
      return write.get();
    }
    writers.lock();
    try {
      if (!closed && !dialect.isInPlace()) {
        throw moved(what);
      }
      return write.get();
    } finally {
      writers.unlock();
    }
  }

  private StorageException moved(String what) {
    return new StorageException(
        "Cannot " + what + " in " + place + ": the file was removed or replaced while it was open;"
            + " close this storage, see that the right file is there, and open it again",
        null);
  }

  /**
   * Writes in one transaction, like {@link #write}, which is sent as a whole if the database takes
   * that. Then one call is all that it takes, save when a write is refused: then everything is done
   * again, step by step, to learn why.
   */
  void writeTogether(String what, List<Write> writes) {
    Work<Boolean> inSteps = session -> {
      session.write(writes);
      return true;
    };
    if (!dialect.takesMany() || writes.stream().mapToInt(it -> it.rows().size()).sum() > MANY) {
      write(what, inSteps);
      return;
    }
    writeAtOnce(
        what,
        session -> {
          session.commit(writes);
          return true;
        },
        inSteps);
  }

  /** Does {@code work} by one call; if that is refused, {@code otherwise} in a transaction. */
  private <T> T atOnce(String what, Work<T> work, Work<T> otherwise) {
    Connection connection = connect(what);
    boolean automatic = true;
    try {
      automatic = connection.getAutoCommit();
      if (!automatic) {
        connection.setAutoCommit(true);
      }
      return work.run(new Session(connection, statements, dialect, tables, List.of()));
    } catch (SQLException e) {
      switch (dialect.failure(e)) {
        case LOST -> throw unknown(what, e);
        case REFUSED, CONFLICT -> { // to learn why, or without a host's strict isolation level
        }
        default -> throw failed(what, e);
      }
    } finally {
      giveBack(connection, automatic);
    }
    return transaction(what, otherwise);
  }

  private <T> T transaction(String what, Work<T> work) {
    Connection connection = connect(what);
    boolean automatic = true;
    try {
      automatic = connection.getAutoCommit();
      dialect.begin(connection);
      T result = runOrRollBack(connection, work);
      commit(connection, what);
      return result;
    } catch (SQLException e) {
      throw failed(what, e);
    } finally {
      giveBack(connection, automatic);
    }
  }

  private <T> T runOrRollBack(Connection connection, Work<T> work) throws SQLException {
    try {
      return work.run(new Session(connection, statements, dialect, tables, dialect.first()));
    } catch (SQLException | RuntimeException | Error e) {
      rollBack(connection, e);
      throw e;
    }
  }

  private void commit(Connection connection, String what) {
    try {
      dialect.commit(connection);
    } catch (SQLException e) {
      if (dialect.failure(e) == Dialect.Failure.LOST) {
        throw unknown(what, e);
      }
      rollBack(connection, e);
      throw failed(what, e);
    }
  }

  private OutcomeUnknownException unknown(String what, SQLException e) {
    return new OutcomeUnknownException(
        "Cannot tell whether it worked to " + what + " in " + place
            + ": the answer to the commit is missing (" + e.getMessage()
            + "); read again before going on",
        e);
  }

  private void rollBack(Connection connection, Throwable first) {
    try {
      dialect.rollback(connection);
    } catch (SQLException e) {
      first.addSuppressed(e);
    }
  }

  /** Returns a connection for one call, which ends with {@link #giveBack}. */
  private Connection connect(String what) {
    use.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("Cannot " + what + ": the storage was closed");
      }
      return idle(source.getConnection(), what);
    } catch (SQLException e) {
      use.readLock().unlock();
      throw notConnected(what, e);
    } catch (RuntimeException | Error e) {
      use.readLock().unlock();
      throw e;
    }
  }

  /**
   * Refuses the connection of a transaction under way, which the next call would end, and one that may
   * lead to another database.
   */
  private Connection idle(Connection connection, String what) throws SQLException {
    boolean idle = false;
    try {
      if (dialect.isMixed()) {
        throw moved(what);
      }
      idle = connection.getAutoCommit() || !dialect.isInTransaction(connection);
    } finally {
      if (!idle) {
        connection.close();
      }
    }
    if (!idle) {
      throw new StorageException(
          "Cannot " + what + " in " + place + ": the data source gave the connection of a"
              + " transaction under way; let it give one that is in none",
          null);
    }
    return connection;
  }

  private StorageException notConnected(String what, SQLException e) {
    boolean poolIsEmpty = e instanceof SQLTransientConnectionException && e.getSQLState() == null;
    return poolIsEmpty ? crowded(what, e) : failed(what, e);
  }

  private BusyException crowded(String what, SQLException e) {
    return new BusyException(
        "Cannot " + what + " in " + place + ": no connection was free (" + e.getMessage()
            + "); try again, or let pool and database have more of them",
        e);
  }

  /** Nothing that goes wrong here changes what was read or written. */
  private void giveBack(Connection connection, boolean automatic) {
    try (connection) {
      if (connection.getAutoCommit() != automatic) {
        connection.setAutoCommit(automatic);
      }
    } catch (SQLException e) {
      System.getLogger(Database.class.getName())
          .log(System.Logger.Level.DEBUG, "A connection could not be given back", e);
    } finally {
      use.readLock().unlock();
    }
  }

  /** Says that nothing was done, why, and what to do next. */
  StorageException failed(String what, SQLException e) {
    String cannot = "Cannot " + what + " in " + place + ": ";
    return switch (dialect.failure(e)) {
      case BUSY, CONFLICT ->
        new BusyException(
            cannot + "others kept the database busy for too long; try again, and look for a program"
                + " that holds it open in a transaction",
            e);
      case CROWDED -> crowded(what, e);
      case READ_ONLY ->
        new StorageException(
            cannot + "it is read-only; give this user the right to write to it and its directory",
            e);
      case FULL -> new StorageException(cannot + "there is no room left on the disk; make some", e);
      case UNOPENED ->
        new StorageException(
            cannot + "the file could not be opened (" + e.getMessage() + "); see that it is a file,"
                + " that its path is not longer than 500 bytes, and that this process may open more",
            e);
      case DAMAGED ->
        new StorageException(
            cannot + "it is no database or is damaged; restore it from a backup", e);
      case LOST ->
        new StorageException(
            cannot + "connection or disk failed (" + e.getMessage()
                + "); see that it can be reached and has room",
            e);
      case REFUSED, OTHER -> new StorageException(cannot + e.getMessage(), e);
    };
  }

  /** Reads a stored document. */
  <T> T parse(JsonFormat<T> format, String document) {
    try {
      return format.read(document);
    } catch (RefusedException e) {
      throw new StorageException(
          "Cannot read what is stored in " + place + ": " + e.getMessage(), e);
    }
  }

  /** Waits for the calls under way; those that come later are refused. */
  @Override
  public void close() {
    use.writeLock().lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      if (owned != null) {
        owned.close();
      }
    } catch (Exception e) {
      throw new StorageException("Cannot close " + place + ": " + e.getMessage(), e);
    } finally {
      use.writeLock().unlock();
    }
  }

  /** Says that it may work later. */
  private static final class BusyException extends StorageException {

    private static final long serialVersionUID = 1L;

    BusyException(String message, Throwable cause) {
      super("storage-busy", message, cause);
    }

    @Override
    public boolean mayRetry() {
      return true;
    }
  }
}

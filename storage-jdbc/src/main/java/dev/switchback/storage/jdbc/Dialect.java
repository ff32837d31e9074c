// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** All that differs from one database to the other. */
abstract class Dialect {

  /** Why a statement failed, as far as it matters to the caller. */
  enum Failure {
    /** Others kept the database busy for too long. */
    BUSY,
    /** Others have all the connections that the database gives. */
    CROWDED,
    /** What others wrote does not fit the isolation level. */
    CONFLICT,
    /** A statement that fails where it does not fit did so. */
    REFUSED,
    /** The database takes no writes. */
    READ_ONLY,
    /** There is no room left. */
    FULL,
    /** The file could not be opened. */
    UNOPENED,
    /** The file is no database, or damaged. */
    DAMAGED,
    /** The connection broke, so that there was no answer. */
    LOST,
    /** The database said no, for another reason. */
    OTHER
  }

  /**
   * Returns the dialect of the database behind {@code connection}.
   *
   * @throws IllegalArgumentException if it is neither SQLite nor PostgreSQL
   */
  static Dialect of(Connection connection) throws SQLException {
    String product = connection.getMetaData().getDatabaseProductName();
    return switch (product) {
      case "SQLite" -> new Sqlite(null);
      case "PostgreSQL" -> new Postgres();
      default ->
        throw new IllegalArgumentException(
            "Invalid data source: it leads to " + product + ", expected SQLite or PostgreSQL");
    };
  }

  /** Tells whether tables may be in one of several schemas. */
  abstract boolean hasSchemas();

  /** Returns the name of the folder with the migrations. */
  abstract String migrations();

  /** Returns the query for the table whose schema, maybe empty, and name are its parameters. */
  abstract String tableQuery();

  /** Returns the SQL for the time now, in milliseconds since 1970. */
  abstract String now();

  /**
   * Returns what a select ends with so that the rows it finds stay as they are until the commit, and
   * whoever else asks for that waits.
   */
  abstract String keepRows();

  /**
   * Tells whether a connection that does not commit by itself is in the middle of a transaction, as
   * far as its driver knows.
   */
  abstract boolean isInTransaction(Connection connection) throws SQLException;

  /** Begins a transaction that others cannot invalidate by writing. */
  abstract void begin(Connection connection) throws SQLException;

  /** Returns what has to be run first after {@link #begin}, together with the first statement. */
  abstract List<String> first();

  /**
   * Returns what a transaction begins with that is sent as a whole; empty if the database does not
   * take it so.
   */
  abstract List<String> beginning();

  /** Tells whether statements may be run together, each of which sees what those before did. */
  final boolean takesMany() {
    return !beginning().isEmpty();
  }

  /** Makes durable what was written since {@link #begin}. */
  abstract void commit(Connection connection) throws SQLException;

  /** Takes back what was written since {@link #begin}. */
  abstract void rollback(Connection connection) throws SQLException;

  /** Returns a lock for writers of this process to wait at, or null if the database does it well. */
  abstract @Nullable Lock writers();

  /** Tells whether what is written goes where others look for it. */
  abstract boolean isInPlace();

  /** Tells whether some connections may lead to another database than those before. */
  abstract boolean isMixed();

  /** Tells why a statement failed. */
  abstract Failure failure(SQLException e);

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** SQLite has one writer at a time, so a transaction that begins as one needs no further locks. */
  static final class Sqlite extends Dialect {

    // Waiting inside SQLite is sleeping and asking again; a fair lock wakes the next one at once.
    private final Lock writers = new ReentrantLock(true);

    private final @Nullable OpenFile file;

    /**
     * Makes one.
     *
     * @param file the file of the database, or null if its host looks after that
     */
    Sqlite(@Nullable OpenFile file) {
      this.file = file;
    }

    @Override
    boolean hasSchemas() {
      return false;
    }

    @Override
    String migrations() {
      return "sqlite";
    }

    @Override
    String tableQuery() {
      return "select name from sqlite_master where type = 'table' and ? = '' and name = ?";
    }

    @Override
    String now() {
      return "cast(unixepoch('subsec') * 1000 as integer)";
    }

    @Override
    String keepRows() {
      return "";
    }

    /** Its driver begins one at once, so that one with work in it looks like any other. */
    @Override
    boolean isInTransaction(Connection connection) {
      return false;
    }

    @Override
    void begin(Connection connection) throws SQLException {
      connection.setAutoCommit(true);
      execute(connection, "begin immediate");
    }

    @Override
    List<String> first() {
      return List.of();
    }

    @Override
    List<String> beginning() {
      return List.of();
    }

    @Override
    void commit(Connection connection) throws SQLException {
      execute(connection, "commit");
    }

    @Override
    void rollback(Connection connection) throws SQLException {
      execute(connection, "rollback");
    }

    @Override
    Lock writers() {
      return writers;
    }

    @Override
    boolean isInPlace() {
      return file == null || file.isInPlace();
    }

    @Override
    boolean isMixed() {
      return file != null && file.isMixed();
    }

    /** Source: the result codes of SQLite; the last byte is the primary one. */
    @Override
    Failure failure(SQLException e) {
      return switch (e.getErrorCode() & 0xff) {
        case 5, 6 -> Failure.BUSY;
        case 8 -> Failure.READ_ONLY;
        case 13 -> Failure.FULL;
        case 14 -> Failure.UNOPENED;
        case 11, 26 -> Failure.DAMAGED;
        case 19 -> Failure.REFUSED; // a constraint
        case 10 -> Failure.LOST; // an I/O error: what is on the disk is not known
        default -> Failure.OTHER;
      };
    }
  }

  /** PostgreSQL checks under READ COMMITTED, so what a write relies on is kept by row locks. */
  static final class Postgres extends Dialect {

    // Under the stricter level that a host may have set, the losers of a race would be told that it
    // cannot be serialized, not who won.
    private static final String LEVEL = "isolation level read committed";

    // A plan made while a table is small reads it from end to end, and a connection keeps that plan
    // while the table grows. For the transaction only.
    private static final String BY_INDEX = "set local enable_seqscan = off";

    @Override
    boolean hasSchemas() {
      return true;
    }

    @Override
    String migrations() {
      return "postgresql";
    }

    /** Not by the information schema, which hides what the user has no right to. */
    @Override
    String tableQuery() {
      return "select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace"
          + " where n.nspname = coalesce(nullif(?, ''), current_schema()) and c.relname = ?"
          + " and c.relkind in ('r', 'p')";
    }

    @Override
    String now() {
      return "cast(extract(epoch from clock_timestamp()) * 1000 as bigint)";
    }

    @Override
    String keepRows() {
      return " for no key update";
    }

    /** Its driver refuses to set this in a transaction, even to what it is, and asks no server. */
    @Override
    boolean isInTransaction(Connection connection) throws SQLException {
      try {
        connection.setReadOnly(connection.isReadOnly());
        return false;
      } catch (SQLException e) {
        if ("25001".equals(e.getSQLState())) { // active SQL transaction
          return true;
        }
        throw e;
      }
    }

    @Override
    void begin(Connection connection) throws SQLException {
      connection.setAutoCommit(false);
    }

    @Override
    List<String> first() {
      return List.of("set transaction " + LEVEL, BY_INDEX);
    }

    @Override
    List<String> beginning() {
      return List.of("begin " + LEVEL, BY_INDEX);
    }

    @Override
    void commit(Connection connection) throws SQLException {
      connection.commit();
    }

    @Override
    void rollback(Connection connection) throws SQLException {
      connection.rollback();
    }

    @Override
    @Nullable
    Lock writers() {
      return null;
    }

    @Override
    boolean isInPlace() {
      return true;
    }

    @Override
    boolean isMixed() {
      return false;
    }

    /** A server that goes down may say why first, such as a disk that is full. */
    private static boolean isBroken(SQLException failure) {
      for (SQLException e = failure; e != null; e = e.getNextException()) {
        String state = e.getSQLState();
        if (state != null && state.startsWith("08")) {
          return true;
        }
      }
      return false;
    }

    /** Source: PostgreSQL's error codes, appendix A of its manual. */
    @Override
    Failure failure(SQLException e) {
      String state = e.getSQLState();
      if (state == null || state.startsWith("57P") || isBroken(e)) {
        return Failure.LOST;
      }
      return switch (state) {
        case "40001" -> Failure.CONFLICT;
        case "22012", "23502", "23505" -> Failure.REFUSED; // division by zero, no value, not unique
        case "40P01", "55P03", "57014" -> Failure.BUSY;
        case "53300" -> Failure.CROWDED;
        case "25006" -> Failure.READ_ONLY;
        case "53100" -> Failure.FULL;
        case "XX001", "XX002" -> Failure.DAMAGED;
        default -> Failure.OTHER;
      };
    }
  }
}

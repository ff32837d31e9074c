// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage.jdbc;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/**
 * Where the tables are in a database that the host shares with them, and who makes them. Immutable;
 * starts with what suits a database of its own and is changed by each call.
 */
public final class JdbcOptions {

  private static final Pattern PREFIX = Pattern.compile("[a-z][a-z0-9_]{0,29}");
  private static final Pattern SCHEMA = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");

  private static final JdbcOptions STANDARD = new JdbcOptions("", "sb_", true);

  private final String schema;
  private final String tablePrefix;
  private final boolean makesTables;

  private JdbcOptions(String schema, String tablePrefix, boolean makesTables) {
    this.schema = schema;
    this.tablePrefix = tablePrefix;
    this.makesTables = makesTables;
  }

  /**
   * Returns the options of a database without wishes: the schema that the data source uses by
   * itself, tables whose names start with {@code sb_}, made and brought up to date when the storage
   * is opened.
   */
  public static JdbcOptions standard() {
    return STANDARD;
  }

  /**
   * Puts the tables in a schema of PostgreSQL, which is made if it is not there. It is named in every
   * statement, so the search path of a connection does not matter.
   *
   * @param schema 1 to 63 letters, digits and {@code _}, taken as they are, the first no digit
   */
  public JdbcOptions withSchema(String schema) {
    if (!SCHEMA.matcher(requireNonNull(schema, "schema")).matches()) {
      throw new IllegalArgumentException(
          "Invalid schema '" + schema + "': use 1 to 63 letters, digits and _, the first no digit");
    }
    return new JdbcOptions(schema, tablePrefix, makesTables);
  }

  /**
   * Lets the names of the tables start with {@code prefix} in place of {@code sb_}.
   *
   * @param prefix 1 to 30 small letters, digits and {@code _}, the first a letter
   */
  public JdbcOptions withTablePrefix(String prefix) {
    if (!PREFIX.matcher(requireNonNull(prefix, "prefix")).matches()) {
      throw new IllegalArgumentException("Invalid table prefix '" + prefix
          + "': use 1 to 30 small letters, digits and _, the first a letter");
    }
    return new JdbcOptions(schema, prefix, makesTables);
  }

  /**
   * Leaves the tables to the host, which runs the files in {@code
   * dev/switchback/storage/jdbc/migration} of the jar by a tool of its own. Opening the storage then
   * refuses tables of another version and changes nothing.
   */
  public JdbcOptions withTablesOfHost() {
    return new JdbcOptions(schema, tablePrefix, false);
  }

  /** Returns the schema; empty for the one that the data source uses by itself. */
  public String schema() {
    return schema;
  }

  /** Returns what the names of the tables start with. */
  public String tablePrefix() {
    return tablePrefix;
  }

  /** Tells whether opening the storage makes the tables and brings them up to date. */
  public boolean makesTables() {
    return makesTables;
  }
}

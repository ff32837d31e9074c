// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage.jdbc;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The names of the tables. Statements and migrations call them {@code sb_…}. */
final class Tables {

  private static final String WRITTEN = "sb_";
  private static final Pattern NAME = Pattern.compile("\\b" + WRITTEN + "(?=[a-z])");

  private final String schema;
  private final String prefix;
  private final Map<String, String> renamed = new ConcurrentHashMap<>();

  Tables(JdbcOptions options) {
    this.schema = options.schema();
    this.prefix = options.tablePrefix();
  }

  /** Returns the schema; empty for the one that a connection uses by itself. */
  String schema() {
    return schema;
  }

  /** Returns the name of a table in the database, without its schema. */
  String name(String written) {
    return prefix + written.substring(WRITTEN.length());
  }

  /** Returns a statement with the names that the tables have in the database. */
  String in(String sql) {
    if (schema.isEmpty() && prefix.equals(WRITTEN)) {
      return sql;
    }
    // The statements of this module are few, so what is kept is small.
    return renamed.computeIfAbsent(
        sql, it -> rename(it, schema.isEmpty() ? prefix : "\"" + schema + "\"." + prefix));
  }

  /** Returns a migration with the names of the database; it runs in the right schema. */
  String inMigration(String sql) {
    return rename(sql, prefix);
  }

  private static String rename(String sql, String start) {
    return NAME.matcher(sql).replaceAll(start);
  }
}

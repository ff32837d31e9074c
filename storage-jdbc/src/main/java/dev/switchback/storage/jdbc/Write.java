// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage.jdbc;

import java.sql.SQLException;
import java.util.Collections;
import java.util.List;

/**
 * A statement of a commit, and what has to be true of what it did.
 *
 * @param sql an insert, update or delete, or a select of one row, which counts as written. Its check
 *     comes after the statements behind it have run, too, so the database takes it whatever is
 *     stored: if it does not fit, it writes no row and does not fail
 * @param strict the same with the same values, but if it does not fit, it fails, or one behind it
 *     does, so that a commit sent behind it is not done
 * @param rows the values of each time that it runs, at least one
 * @param check what is asked after {@code sql}
 */
record Write(String sql, String strict, List<Object[]> rows, Check check) {

  /** Throws if the commit must not go on. */
  interface Check {
    /**
     * Looks at what was written.
     *
     * @param written how many rows, for each time that the statement ran
     */
    void see(Session session, int[] written) throws SQLException;
  }

  /** A statement that runs once. */
  static Write of(String sql, Check check, Object... values) {
    return new Write(sql, failing(sql), Collections.singletonList(values), check);
  }

  /** An insert that runs once, of a row whose key is not there yet. */
  static Write ofNew(String insert, Check check, Object... values) {
    return new Write(
        insert + " on conflict do nothing", insert, Collections.singletonList(values), check);
  }

  /** Divides by the number of rows that a statement writes or finds. */
  static String failing(String sql) {
    return sql.startsWith("select")
        ? "select 1 / count(*) from (" + sql + ") it"
        : "with it as (" + sql + " returning 1) select 1 / count(*) from it";
  }

  /** Tells whether it runs once. */
  boolean isOnce() {
    return rows.size() == 1;
  }
}

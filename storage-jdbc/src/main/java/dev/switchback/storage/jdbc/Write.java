// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage.jdbc;

import java.sql.SQLException;
import java.util.Collections;
import java.util.List;

/**
 * A statement of a commit, and what has to be true of what it did. That is looked at after those
 * behind it have run, too, so each has to be one that the database takes whatever is stored: what
 * does not fit writes no row and does not fail.
 *
 * @param sql an insert, update or delete, or a select of one row, which counts as written
 * @param rows the values of each time that it runs, at least one
 * @param check what is asked afterwards
 */
record Write(String sql, List<Object[]> rows, Check check) {

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
    return new Write(sql, Collections.singletonList(values), check);
  }

  /** Tells whether it runs once. */
  boolean isOnce() {
    return rows.size() == 1;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage.jdbc;

import static dev.switchback.storage.jdbc.Examples.APP;
import static dev.switchback.storage.jdbc.Examples.LONG;
import static dev.switchback.storage.jdbc.Examples.RECORD;
import static dev.switchback.storage.jdbc.Examples.WEB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.model.TemplateId;
import dev.switchback.model.app.OperationKind;
import dev.switchback.model.app.RecordStatus;
import dev.switchback.storage.Commit;
import dev.switchback.storage.PageRequest;
import dev.switchback.storage.RecordQuery;
import dev.switchback.storage.Storage;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.PreferQueryMode;
import org.sqlite.SQLiteDataSource;

/**
 * No statement reads a table from end to end: each finds its rows by an index, in the order in which
 * they are wanted, so that its cost does not grow with what else is stored. Only the list of templates
 * sorts, and that no more than one page.
 */
final class QueryPlanTest {

  private static final Pattern PARAMETER = Pattern.compile("\\?");

  private static final Set<RecordStatus> FINISHED =
      EnumSet.of(RecordStatus.FAILED, RecordStatus.SUCCEEDED);

  @TempDir
  Path directory;

  private static final String BY_START = "number in (select number from sb_record where +number";
  private static final String OF_ANY = "number in (select number from (select";

  private final Set<String> statements = new TreeSet<>();

  /** Runs every kind of statement, and keeps those that look for rows. */
  private void collect(DataSource source) {
    DataSource watched = Watched.around(source, (sql, connection) -> {
      for (String one : sql.split("; ", -1)) { // what is run as one
        if (one.contains("sb_") && one.contains("where") && !one.contains("sb_lease as present")) {
          statements.add(one);
        }
      }
    });
    try (Storage storage = JdbcStorage.open(watched)) {
      statements.clear(); // those of the migration
      Examples.fill(storage);
      PageRequest first = PageRequest.first(1);
      PageRequest second = new PageRequest(1, "7");
      storage.templates().find(Examples.ref("1.0"));
      TemplateId template = new TemplateId("shop-template");
      storage.templates().versions(template, first);
      storage.templates().versions(template, second);
      storage.templates().templates(first);
      storage.apps().find(APP);
      storage.apps().findRevision(APP, 1);
      storage.apps().revisions(APP, first);
      storage.apps().list(first);
      storage.records().find(RECORD);
      for (RecordQuery query : List.of(RecordQuery.all(), RecordQuery.ofApp(APP))) {
        storage.records().list(query, first);
        storage.records().list(query.unfinished(), first);
        storage
            .records()
            .list(
                query
                    .ofKind(Set.of(OperationKind.EDIT))
                    .withStatus(Set.of(RecordStatus.FAILED))
                    .startedFrom(Examples.NOON),
                first);
        storage.records().list(query.startedBefore(Examples.NOON), second);
        storage.records().list(query.ofKind(Set.of(OperationKind.EDIT)), first);
        storage.records().list(query.withStatus(FINISHED), first);
        storage
            .records()
            .list(query.ofKind(Set.of(OperationKind.EDIT)).withStatus(FINISHED), first);
      }
      storage.journals().read(RECORD);
      storage.builds().find(APP, WEB, "build-1");
      storage.builds().list(APP, WEB, first);
      storage.signals().find(RECORD);
      storage.audit().list(APP, first);
      storage.leases().find(APP);
      var lease = storage.leases().acquire(APP, "node", LONG);
      storage.leases().renew(lease, LONG);
      storage.commit(lease, Commit.of(APP).journal(List.of(Examples.entry(3))).build());
      Examples.swap(storage, lease, Examples.state("1.0", 3));
      storage.commit(
          lease,
          Commit.of(APP)
              .forgetRevisions(Set.of(1L))
              .forgetBuilds(List.of(new Commit.BuildName(WEB, "build-1")))
              .forgetJournals(List.of(RECORD))
              .build());
    }
    assertThat(statements).hasSizeGreaterThan(30);
  }

  @Test
  void statements_onSqlite_searchByIndexAndDoNotSort() throws SQLException {
    SQLiteDataSource source = new SQLiteDataSource();
    source.setUrl("jdbc:sqlite:" + directory.resolve("host.db"));
    collect(source);
    try (Connection connection = source.getConnection()) {
      for (String sql : statements) {
        assertThat(plan(connection, "explain query plan " + sql, 4))
            .as(sql)
            .noneMatch(line -> line.contains("TEMP B-TREE") && !maySort(sql))
            .noneMatch(((Predicate<String>) line -> line.startsWith("SCAN"))
                .and(line -> !line.contains("CONSTANT ROW") && !line.equals("SCAN t")));
      }
    }
  }

  @Test
  void statements_onPostgres_searchByIndexAndDoNotSort() throws SQLException {
    PGSimpleDataSource source = PostgresServer.running().newSchema();
    collect(source);
    source.setPreferQueryMode(PreferQueryMode.SIMPLE); // parameters stay without values
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      // What is still in a plan when it is forbidden cannot be avoided.
      statement.execute("set enable_seqscan = off");
      statement.execute("set enable_bitmapscan = off");
      statement.execute("set enable_sort = off");
      for (String sql : statements) {
        assertThat(genericPlan(connection, sql))
            .as(sql)
            .noneMatch(line -> line.contains("Seq Scan"))
            .noneMatch(line -> line.contains("Sort") && !maySort(sql));
      }
    }
  }

  @Test
  void recordsOfASpan_ofAnyApp_areFoundByTheirStart() throws SQLException {
    SQLiteDataSource sqlite = new SQLiteDataSource();
    sqlite.setUrl("jdbc:sqlite:" + directory.resolve("host.db"));
    PGSimpleDataSource postgres = PostgresServer.running().newSchema();
    collect(sqlite);
    collect(postgres);
    postgres.setPreferQueryMode(PreferQueryMode.SIMPLE);
    List<String> byStart =
        statements.stream().filter(sql -> sql.contains(BY_START)).toList();
    assertThat(byStart).hasSize(2);
    try (Connection one = sqlite.getConnection();
        Connection other = postgres.getConnection();
        Statement statement = other.createStatement()) {
      statement.execute("set enable_seqscan = off"); // a table of one row
      for (String sql : byStart) {
        assertThat(plan(one, "explain query plan " + sql, 4))
            .as(sql)
            .anyMatch(line -> line.matches(".*INDEX sb_record_started \\(started_at[<>]\\?\\)"));
        assertThat(genericPlan(other, sql))
            .as(sql)
            .anyMatch(line -> line.contains("sb_record_started"))
            .anyMatch(line -> line.startsWith("Index Cond: (started_at "));
      }
    }
  }

  @Test
  void recordsOfAStatusOrKind_ofAnyApp_areFoundByIt() throws SQLException {
    SQLiteDataSource sqlite = new SQLiteDataSource();
    sqlite.setUrl("jdbc:sqlite:" + directory.resolve("host.db"));
    PGSimpleDataSource postgres = PostgresServer.running().newSchema();
    collect(sqlite);
    collect(postgres);
    postgres.setPreferQueryMode(PreferQueryMode.SIMPLE);
    List<String> ofAny = statements.stream().filter(sql -> sql.contains(OF_ANY)).toList();
    assertThat(ofAny).hasSize(3);
    try (Connection one = sqlite.getConnection();
        Connection other = postgres.getConnection();
        Statement statement = other.createStatement()) {
      statement.execute("set enable_seqscan = off"); // a table of one row
      statement.execute("set enable_bitmapscan = off");
      for (String sql : ofAny) {
        String column = sql.contains("where status = ?") ? "status" : "kind";
        String index = "sb_record_of_" + column;
        int pages = sql.split("where " + column + " = ", -1).length - 1;
        assertThat(plan(one, "explain query plan " + sql, 4))
            .as(sql)
            .filteredOn(line -> line.matches(
                ".*INDEX " + index + " \\(" + column + "=\\? AND (number|rowid)<\\?\\)"))
            .hasSize(pages);
        assertThat(genericPlan(other, sql))
            .as(sql)
            .filteredOn(line -> line.contains("Scan Backward using " + index))
            .hasSize(pages);
      }
    }
  }

  @Test
  void appendOfABuild_looksAtTheLastOneOnly() throws SQLException {
    PGSimpleDataSource source = PostgresServer.running().newSchema();
    collect(source);
    source.setPreferQueryMode(PreferQueryMode.SIMPLE);
    List<String> appends =
        statements.stream().filter(sql -> sql.contains("insert into sb_build")).toList();
    assertThat(appends).isNotEmpty();
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("set enable_seqscan = off"); // a table of two rows
      for (String sql : appends) {
        assertThat(genericPlan(connection, sql))
            .as(sql)
            .anyMatch(line -> line.contains("Scan Backward using sb_build_pkey"));
      }
    }
  }

  private static boolean maySort(String sql) {
    return sql.startsWith("with recursive") || sql.contains(BY_START) || sql.contains(OF_ANY);
  }

  /** Asks PostgreSQL how it runs {@code sql} whatever the values are; 15 has no word for that. */
  private static List<String> genericPlan(Connection connection, String sql) throws SQLException {
    long parameters = PARAMETER.matcher(sql).results().count();
    String values = parameters == 0 ? "" : "(null" + ", null".repeat((int) parameters - 1) + ")";
    try (Statement statement = connection.createStatement()) {
      statement.execute("set plan_cache_mode = force_generic_plan");
      statement.execute("prepare looked_at as " + numbered(sql));
      try {
        return plan(connection, "explain execute looked_at" + values, 1);
      } finally {
        statement.execute("deallocate looked_at");
      }
    }
  }

  private static String numbered(String sql) {
    Matcher parameters = PARAMETER.matcher(sql);
    StringBuilder numbered = new StringBuilder();
    for (int number = 1; parameters.find(); number++) {
      parameters.appendReplacement(numbered, "\\$" + number);
    }
    return parameters.appendTail(numbered).toString();
  }

  private static List<String> plan(Connection connection, String sql, int column)
      throws SQLException {
    List<String> lines = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        lines.add(rows.getString(column).strip());
      }
    }
    return lines;
  }
}

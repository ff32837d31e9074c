// SPDX-License-Identifier: Apache-2.0
package dev.switchback.bench.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.switchback.bench.Measure;
import dev.switchback.model.VersionRef;
import dev.switchback.storage.PageRequest;
import dev.switchback.storage.Storage;
import dev.switchback.storage.TemplateStore;
import dev.switchback.storage.jdbc.JdbcStorage;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * Durable operations and reads per second of SQLite and PostgreSQL storages of several sizes, beside a
 * bare insert and commit, a bare select, and an append and fsync on the same disk.
 *
 * <p>Arguments: a directory on a real disk, then numbers of template versions, such as {@code 1000
 * 1000000}. The databases stay there, so that a second run need not fill them. System properties:
 * {@code bench.databases} ({@code sqlite,postgres}), {@code bench.rounds} (8), {@code bench.millis}
 * of each work in a round (250). 0 rounds only fill.
 */
public final class StorageRates {

  private static final int ROUNDS = Integer.getInteger("bench.rounds", 8);
  private static final int MILLIS = Integer.getInteger("bench.millis", 250);
  private static final String DATABASES = System.getProperty("bench.databases", "sqlite,postgres");
  private static final PageRequest NEWEST = PageRequest.first(20);
  private static final double WRITE_AIM = 1.3;
  private static final double READ_AIM = 1.5;

  private static final String APPEND = "append + fsync";
  private static final String INSERT = "bare insert + commit";
  private static final String CREATE_VERSION = "keep a version";
  private static final String COMMIT_ENTRY = "commit a journal entry";
  private static final String COMMIT_STATE = "commit a state";
  private static final String SELECT = "bare select of a version";
  private static final String FIND = "find a version";
  private static final String LIST_LARGE = "list the newest 20 of a large template";
  private static final String LIST_SMALL = "list the newest 20 of a small template";
  private static final List<String> WORKS = List.of(
      APPEND,
      INSERT,
      CREATE_VERSION,
      COMMIT_ENTRY,
      COMMIT_STATE,
      SELECT,
      FIND,
      LIST_LARGE,
      LIST_SMALL);

  /** What a work is held to: so many times as long as another. */
  private record Aim(String other, double atMost) {
    @Override
    public String toString() {
      return " (aim: ≤ " + atMost + ")";
    }
  }

  private static final Map<String, Aim> AIMS = new TreeMap<>(Map.of(
      CREATE_VERSION, new Aim(INSERT, WRITE_AIM),
      COMMIT_ENTRY, new Aim(INSERT, WRITE_AIM),
      COMMIT_STATE, new Aim(INSERT, WRITE_AIM),
      FIND, new Aim(SELECT, READ_AIM)));

  private final Path directory;

  /** By size. */
  private final Map<Integer, Site> sites = new LinkedHashMap<>();

  private StorageRates(Path directory) {
    this.directory = directory;
  }

  /** Measures and prints; see the class. */
  public static void main(String[] arguments) throws Exception {
    Path directory = Files.createDirectories(Path.of(arguments[0]));
    List<Integer> sizes = Arrays.stream(arguments).skip(1).map(Integer::valueOf).toList();
    if (DATABASES.contains("sqlite")) {
      new StorageRates(directory).sqlite(sizes);
    }
    if (DATABASES.contains("postgres")) {
      new StorageRates(directory).postgres(sizes);
    }
  }

  private void sqlite(List<Integer> sizes) throws Exception {
    for (int size : sizes) {
      Path place = Files.createDirectories(directory.resolve("sqlite-" + size));
      warm(place); // before it is opened: to close a file gives up the locks of this process
      SQLiteConfig config = new SQLiteConfig();
      config.setJournalMode(SQLiteConfig.JournalMode.WAL);
      config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
      config.setBusyTimeout(60_000);
      SQLiteDataSource source = new SQLiteDataSource(config);
      source.setUrl("jdbc:sqlite:" + place.resolve("switchback.db"));
      add(JdbcStorage.open(place), pool(source), size);
    }
    measure("SQLite");
  }

  private void postgres(List<Integer> sizes) throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.builder()
        .setDataDirectory(directory.resolve("postgres"))
        .setCleanDataDirectory(false)
        .setPGStartupWait(Duration.ofSeconds(60))
        .setServerConfig("unix_socket_directories", "")
        .setServerConfig("fsync", "on") // which servers for tests turn off
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("shared_buffers", "512MB")
        .setServerConfig("max_wal_size", "4GB")
        .start()) {
      for (int size : sizes) {
        String name = "versions_" + size;
        create(server, name);
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(server.getJdbcUrl("postgres", name));
        HikariDataSource pool = pool(source);
        add(JdbcStorage.open(pool), pool, size);
      }
      warm(directory.resolve("postgres/base"));
      measure("PostgreSQL");
    }
  }

  private static void create(EmbeddedPostgres server, String name) throws SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      if (!statement
          .executeQuery("select 1 from pg_database where datname = '" + name + "'")
          .next()) {
        statement.execute("create database " + name);
      }
    }
  }

  /**
   * Reads every file, so that what the system keeps in memory of a database is the same for a small
   * and a large one: otherwise a read of the large one is one of the disk.
   */
  private static void warm(Path place) throws IOException {
    try (Stream<Path> files = Files.walk(place)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, OutputStream.nullOutputStream());
      }
    }
  }

  private static HikariDataSource pool(DataSource source) {
    HikariConfig config = new HikariConfig();
    config.setDataSource(source);
    config.setMaximumPoolSize(Site.MOST_THREADS);
    return new HikariDataSource(config);
  }

  private void add(Storage storage, HikariDataSource pool, int size) throws SQLException {
    long start = System.nanoTime();
    sites.put(size, new Site(storage, pool, size));
    System.out.printf(
        Locale.ROOT,
        "%d versions are there after %.1f s%n",
        size,
        (System.nanoTime() - start) / 1e9);
  }

  private void measure(String database) throws Exception {
    List<FileChannel> files = new ArrayList<>();
    try {
      for (int i = 0; i < Site.MOST_THREADS; i++) {
        files.add(FileChannel.open(directory.resolve("append-" + i), CREATE, WRITE));
      }
      Rates rates = new Rates(ROUNDS, MILLIS);
      sites.forEach((size, site) -> addWorks(rates, size, site, files));
      for (int threads : new int[] {1, Site.MOST_THREADS}) {
        if (ROUNDS > 0) {
          rates.measure(threads);
          System.out.println(report(database + ", threads: " + threads, rates));
        }
      }
    } finally {
      for (FileChannel file : files) {
        file.close();
      }
      sites.values().forEach(Site::close);
    }
  }

  private static void addWorks(Rates rates, int size, Site site, List<FileChannel> files) {
    byte[] bytes = site.document().getBytes(UTF_8);
    TemplateStore templates = site.storage().templates();
    rates.add(name(APPEND, size), (thread, number) -> {
      FileChannel file = files.get(thread);
      file.write(ByteBuffer.wrap(bytes));
      file.force(false);
    });
    rates.add(name(INSERT, size), (thread, number) -> site.insertBare());
    rates.add(name(CREATE_VERSION, size), (thread, number) -> site.keepVersion());
    rates.add(name(COMMIT_ENTRY, size), (thread, number) -> site.commitEntry(thread));
    rates.add(name(COMMIT_STATE, size), (thread, number) -> site.commitState(thread));
    rates.add(name(SELECT, size), (thread, number) -> site.selectBare(any(site)));
    rates.add(name(FIND, size), (thread, number) -> site.findVersion(any(site)));
    rates.add(
        name(LIST_LARGE, size), (thread, number) -> templates.versions(Versions.LARGE, NEWEST));
    rates.add(
        name(LIST_SMALL, size),
        (thread, number) -> templates.versions(site.smallTemplate(random()), NEWEST));
  }

  private static VersionRef any(Site site) {
    return site.version(random());
  }

  private static int random() {
    return ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE);
  }

  private static String name(String work, int size) {
    return work + " " + size;
  }

  private String report(String title, Rates rates) {
    StringBuilder text = new StringBuilder("\n### " + title + "\n");
    List<Integer> sizes = List.copyOf(sites.keySet());
    head(text, "operations per second", sizes);
    for (String work : WORKS) {
      row(text, work, sizes, size -> rates.rate(name(work, size)));
    }
    head(text, "ratio of times", sizes);
    AIMS.forEach((work, aim) -> row(
        text,
        work + " / " + aim.other() + aim,
        sizes,
        size -> rates.ratio(name(work, size), name(aim.other(), size))));
    for (String list : List.of(LIST_LARGE, LIST_SMALL)) {
      row(
          text,
          list + " / the same among " + sizes.get(0) + new Aim("", READ_AIM),
          sizes,
          size -> rates.ratio(name(list, size), name(list, sizes.get(0))));
    }
    return text.toString();
  }

  private static void head(StringBuilder text, String title, List<Integer> sizes) {
    text.append("\n| ").append(title);
    sizes.forEach(size -> text.append(" | ").append(size).append(" versions"));
    text.append(" |\n| ---").append(" | ---:".repeat(sizes.size())).append(" |\n");
  }

  private static void row(
      StringBuilder text, String title, List<Integer> sizes, IntFunction<Measure> value) {
    text.append("| ").append(title);
    sizes.forEach(size -> text.append(" | ").append(value.apply(size)));
    text.append(" |\n");
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.switchback.examples.durable;

import static dev.switchback.examples.durable.Place.APP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.core.Switchback;
import dev.switchback.json.JsonFormats;
import dev.switchback.model.Keyed;
import dev.switchback.model.VersionRef;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.Image;
import dev.switchback.model.template.TemplateVersion;
import dev.switchback.storage.Storage;
import dev.switchback.storage.files.FileBlobStore;
import dev.switchback.storage.jdbc.JdbcStorage;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

/** How often the upgrade of one component waits for the disk. */
final class CommitCountTest {

  private static final int MOST = 4;

  @TempDir
  Path directory;

  /** Statements that write; those of one transaction follow its begin. */
  private final List<String> writes = new ArrayList<>();

  private static TemplateVersion version(String version) {
    AppSpec spec = AppSpec.builder()
        .components(
            Keyed.of(Component.builder("web").image(Image.of("web:" + version)).build()))
        .build();
    VersionRef ref = VersionRef.parse("one@" + version);
    return TemplateVersion.builder(ref, spec, JsonFormats.appSpec().digest(spec))
        .build();
  }

  @Test
  void upgrade_ofOneComponent_needsFewCommits() {
    Place place = new Place(directory, "");
    try (Storage storage = JdbcStorage.open(watched());
        FileBlobStore blobs = place.openBlobs();
        FileBackend backend = place.openBackend(() -> {});
        Switchback site =
            Switchback.builder().storage(storage).blobs(blobs).backend(backend).open()) {
      site.library().publish(version("1.0"), "vendor");
      site.library().publish(version("2.0"), "vendor");
      site.apps().install(APP, version("1.0").ref());
      writes.clear();

      site.apps().upgrade(APP, version("2.0").ref());

      assertThat(commits()).as("%s", writes).isBetween(1, MOST);
      System.out.println("The upgrade of one component took " + commits() + " commits");
    }
  }

  /** One for each transaction, and for each statement that is one by itself. */
  private int commits() {
    int commits = 0;
    boolean open = false;
    for (String sql : writes) {
      if (sql.startsWith("begin")) {
        open = true;
      } else if (sql.startsWith("commit")) {
        open = false;
        commits++;
      } else if (!open) {
        commits++;
      }
    }
    return commits;
  }

  private DataSource watched() {
    SQLiteDataSource source = new SQLiteDataSource();
    source.setUrl("jdbc:sqlite:" + directory.resolve("watched.db"));
    return watched(DataSource.class, source);
  }

  private <T> T watched(Class<T> type, T inner) {
    return type.cast(Proxy.newProxyInstance(
        type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
          if (arguments != null && arguments[0] instanceof String sql) {
            String text = sql.toLowerCase(Locale.ROOT);
            if (!text.startsWith("select") && !text.startsWith("with")) {
              writes.add(text);
            }
          }
          Object result;
          try {
            result = method.invoke(inner, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
          if (result instanceof Connection connection) {
            return watched(Connection.class, connection);
          }
          return method.getName().equals("createStatement")
              ? watched(Statement.class, (Statement) result)
              : result;
        }));
  }
}

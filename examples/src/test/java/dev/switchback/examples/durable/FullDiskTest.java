// SPDX-License-Identifier: Apache-2.0
package dev.switchback.examples.durable;

import static dev.switchback.examples.durable.Place.APP;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.switchback.core.Switchback;
import dev.switchback.model.Digest;
import dev.switchback.model.VersionRef;
import dev.switchback.model.app.AppState;
import dev.switchback.storage.Storage;
import dev.switchback.storage.StorageException;
import dev.switchback.storage.files.FileBlobStore;
import dev.switchback.storage.jdbc.JdbcStorage;
import dev.switchback.testkit.site.SampleShop;
import dev.switchback.testkit.site.proof.SiteInvariants;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A site on a disk that is full, and on one that cannot be written. */
final class FullDiskTest {

  private static final int MOST = 10_000;
  private static final int ROOM = 200_000; // bytes, for a few versions

  @TempDir
  Path directory;

  @Test
  void site_onADiskThatFillsUp_saysSoAndIsWholeOnceThereIsRoom() throws Exception {
    Optional<SmallDisk> made = SmallDisk.make(directory.resolve("small"), 6);
    if (made.isEmpty()) {
      return;
    }
    try (SmallDisk disk = made.get()) {
      Place place = new Place(disk.place(), "");
      try (Storage storage = place.openStorage();
          FileBlobStore blobs = place.openBlobs();
          // What runs is elsewhere: it is the records of it that find no room.
          FileBackend backend =
              new Place(directory.resolve("elsewhere"), "").openBackend(() -> {});
          Switchback site = place.open(storage, blobs, backend, "node")) {
        site.library().publish(SampleShop.version("1.0"), "vendor");
        site.apps().install(APP, SampleShop.ref("1.0"));
        List<VersionRef> published = new ArrayList<>();
        Throwable full = catchThrowable(() -> publish(site, published));
        assertThat(full)
            .isInstanceOf(StorageException.class)
            .hasMessageContaining("there is no room left on the disk; make some");
        Digest digest = Digest.of("a blob");
        byte[] large = new byte[8 << 20];
        assertThatThrownBy(() -> blobs.put(Digest.of(large), new ByteArrayInputStream(large)))
            .isInstanceOf(StorageException.class)
            .hasMessageContaining("free space on the disk of");
        VersionRef next = published.get(published.size() - 1);
        assertThat(catchThrowable(() -> site.apps().upgrade(APP, next)))
            .isInstanceOf(StorageException.class);
        assertThat(site.apps().find(APP).map(AppState::generation)).contains(1L);

        disk.change("size=64m");

        Place.recover(site, storage);
        blobs.put(digest, new ByteArrayInputStream("a blob".getBytes(UTF_8)));
        for (VersionRef ref : published) {
          assertThat(storage.templates().find(ref)).as("%s", ref).isPresent();
        }
        assertThat(blobs.verify()).isEmpty();
        site.apps().upgrade(APP, next);
        SiteInvariants.of(storage, backend).check(APP, "after a full disk");
      }
    }
  }

  @Test
  void site_onAPostgresWhoseDiskFillsUp_saysSoAndIsWholeOnceThereIsRoom() throws Exception {
    Optional<SmallDisk> made = SmallDisk.make(directory.resolve("tables"), 8);
    if (made.isEmpty()) {
      return;
    }
    try (SmallDisk disk = made.get();
        Postgres postgres = new Postgres(directory.resolve("postgres"))) {
      postgres.execute("create tablespace small location '" + disk.place() + "'");
      postgres.execute("alter database postgres set default_tablespace = small");
      Place place = new Place(directory, postgres.url());
      try (Storage storage = place.openStorage();
          FileBlobStore blobs = place.openBlobs();
          FileBackend backend = place.openBackend(() -> {});
          Switchback site = place.open(storage, blobs, backend, "node")) {
        site.library().publish(SampleShop.version("1.0"), "vendor");
        site.apps().install(APP, SampleShop.ref("1.0"));
        disk.fill(ROOM);
        List<VersionRef> published = new ArrayList<>();
        assertThat(catchThrowable(() -> publish(site, published)))
            .isInstanceOf(StorageException.class)
            .hasMessageContaining("there is no room left on the disk; make some");
        // The tables of an app have pages with room left: one upgrade or the other still fits.
        assertThat(catchThrowable(() -> published.forEach(next -> site.apps().upgrade(APP, next))))
            .isInstanceOf(StorageException.class)
            .hasMessageContaining("there is no room left on the disk; make some");
        long generation = site.apps().find(APP).orElseThrow().generation();

        disk.change("size=64m");

        Place.recover(site, storage);
        assertThat(site.apps().find(APP).map(AppState::generation))
            .hasValueSatisfying(
                present -> assertThat(present).isBetween(generation, generation + 1));
        for (VersionRef ref : published) {
          assertThat(storage.templates().find(ref)).as("%s", ref).isPresent();
        }
        site.apps().upgrade(APP, published.get(published.size() - 1));
        SiteInvariants.of(storage, backend).check(APP, "after a full disk");
      } finally {
        postgres.execute("alter database postgres reset default_tablespace");
      }
    }
  }

  private static void publish(Switchback site, List<VersionRef> published) {
    for (int i = 1; i < MOST; i++) {
      VersionRef ref = SampleShop.ref("1." + i);
      site.library().publish(SampleShop.version(ref.version().text()), "vendor");
      published.add(ref);
    }
  }

  @Test
  void open_onADiskThatCannotBeWritten_saysSo() throws Exception {
    Optional<SmallDisk> made = SmallDisk.make(directory.resolve("fixed"), 8);
    if (made.isEmpty()) {
      return;
    }
    try (SmallDisk disk = made.get()) {
      disk.change("ro");
      assertThatThrownBy(() -> JdbcStorage.open(disk.place()))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("this user has no right to write");
      assertThatThrownBy(() -> FileBlobStore.open(disk.place()))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("write access to");
      disk.change("rw");
      Digest digest = Digest.of("a blob");
      try (Storage storage = JdbcStorage.open(disk.place());
          FileBlobStore blobs = FileBlobStore.open(disk.place())) {
        assertThat(storage.apps().find(APP)).isEmpty();
        blobs.put(digest, new ByteArrayInputStream("a blob".getBytes(UTF_8)));
      }
      disk.change("ro");
      assertThatThrownBy(() -> JdbcStorage.open(disk.place()))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("this user has no right to write");
      try (FileBlobStore blobs = FileBlobStore.open(disk.place())) {
        assertThat(blobs.present(List.of(digest))).containsExactly(digest);
        assertThat(blobs.open(digest).orElseThrow()).hasContent("a blob");
        assertThatThrownBy(() ->
                blobs.put(Digest.of("more"), new ByteArrayInputStream("more".getBytes(UTF_8))))
            .isInstanceOf(StorageException.class);
      }
    }
  }
}

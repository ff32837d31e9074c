// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchback.model.Digest;
import dev.switchback.storage.StorageException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a full disk, a broken disk and a dead process leave behind. */
final class CrashTest {

  private static final String TEXT = "hello".repeat(30_000);
  private static final Digest DIGEST = Digest.of(TEXT);

  @TempDir
  Path directory;

  private static InputStream text() {
    return new ByteArrayInputStream(TEXT.getBytes(UTF_8));
  }

  private List<Path> staged() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("staging"))) {
      return files.sorted().toList();
    }
  }

  /** Lets the staging files of this process look like those of one that is no more. */
  private void letOwnerDie() throws IOException {
    for (Path file : staged()) {
      String name = file.getFileName().toString();
      // A copy, because this process still holds its lock on the file itself.
      Files.copy(file, file.resolveSibling("1-1" + name.substring(name.lastIndexOf('-'))));
      Files.delete(file);
    }
  }

  private List<String> accessesOfPut() throws IOException {
    Path other = Files.createTempDirectory(directory, "dry-run");
    FileBlobStore.open(other).close();
    FaultyDisk disk = new FaultyDisk();
    try (FileBlobStore store = FileBlobStore.open(other, disk)) {
      disk.failAt(Integer.MAX_VALUE, "");
      store.put(DIGEST, text());
      return disk.accesses();
    }
  }

  @Test
  void put_failureAtEveryAccess_leavesTheBlobAbsentOrWholeAndCanBeRepeated() throws IOException {
    FileBlobStore.open(directory).close();
    int accesses = accessesOfPut().size();
    assertThat(accesses).isGreaterThan(6);
    for (int index = 0; index < accesses; index++) {
      FaultyDisk disk = new FaultyDisk();
      try (FileBlobStore store = FileBlobStore.open(directory, disk)) {
        disk.failAt(index, "the disk broke");
        String access = accessesOfPut().get(index);

        assertThatThrownBy(() -> store.put(DIGEST, text()))
            .as(access)
            .isInstanceOf(StorageException.class)
            .hasMessageContaining("the disk broke");
        assertThat(store.verify()).isEmpty();

        disk.failAt(Integer.MAX_VALUE, "");
        store.put(DIGEST, text());
        assertThat(store.present(List.of(DIGEST))).containsExactly(DIGEST);
        store.delete(DIGEST, Instant.MAX);
      }
      letOwnerDie();
      FileBlobStore.open(directory).close();
      assertThat(staged()).isEmpty();
    }
  }

  @Test
  void put_crashAtEveryAccess_leavesTheBlobAbsentOrWholeAndTheNextOpenTidiesUp()
      throws IOException {
    FileBlobStore.open(directory).close();
    List<String> accesses = accessesOfPut();
    for (int index = 0; index < accesses.size(); index++) {
      FaultyDisk disk = new FaultyDisk();
      FileBlobStore crashing = FileBlobStore.open(directory, disk);
      disk.crashAt(index);
      assertThatThrownBy(() -> crashing.put(DIGEST, text())).isInstanceOf(FaultyDisk.Crash.class);
      letOwnerDie();

      try (FileBlobStore store = FileBlobStore.open(directory)) {
        assertThat(staged()).as(accesses.get(index)).isEmpty();
        assertThat(store.verify()).isEmpty();
        boolean named = index > accesses.indexOf("move");
        assertThat(store.present(List.of(DIGEST))).hasSize(named ? 1 : 0);
        store.delete(DIGEST, Instant.MAX);
      }
    }
  }

  @Test
  void put_contentThatEndsInAnError_leavesNothingBehind() throws IOException {
    InputStream content = new InputStream() {
      @Override
      public int read() {
        throw new StackOverflowError("in the stream");
      }

      @Override
      public int read(byte[] buffer, int offset, int length) {
        return read();
      }
    };
    try (FileBlobStore store = FileBlobStore.open(directory)) {
      assertThatThrownBy(() -> store.put(DIGEST, content)).isInstanceOf(StackOverflowError.class);
      assertThat(staged()).as("its lock").hasSize(1);
    }
    assertThat(staged()).isEmpty();
  }

  @Test
  void open_crashAtEveryAccess_canBeOpenedAgain() throws IOException {
    FaultyDisk whole = new FaultyDisk();
    FileBlobStore.open(Files.createTempDirectory(directory, "dry-run"), whole).close();
    for (int index = 0; index < whole.accesses().size(); index++) {
      Path fresh = Files.createTempDirectory(directory, "fresh");
      FaultyDisk disk = new FaultyDisk();
      disk.crashAt(index);
      try {
        FileBlobStore.open(fresh, disk).close();
      } catch (FaultyDisk.Crash e) {
        assertThat(disk.accesses()).hasSizeGreaterThan(index);
      }

      try (FileBlobStore store = FileBlobStore.open(fresh)) {
        store.put(DIGEST, text());
        assertThat(store.verify()).isEmpty();
      }
      assertThat(fresh.resolve("oci-layout")).isNotEmptyFile();
      assertThat(fresh.resolve("index.json")).isNotEmptyFile();
    }
  }

  @Test
  void put_fullDisk_saysSoAndKeepsNothing() throws IOException {
    FaultyDisk disk = new FaultyDisk();
    try (FileBlobStore store = FileBlobStore.open(directory, disk)) {
      disk.failAt(accessesOfPut().indexOf("write") + 1, "No space left on device");

      assertThatThrownBy(() -> store.put(DIGEST, text()))
          .isInstanceOf(StorageException.class)
          .hasMessageMatching(
              "(?s)Cannot keep blob sha256:.*No space left on device; free space on the disk of "
                  + ".* \\([0-9]+ bytes usable\\) and try again");
      assertThat(store.present(List.of(DIGEST))).isEmpty();
      assertThat(staged()).noneMatch(file -> file.toString().endsWith(".part"));
    }
  }

  @Test
  void put_readOnlyDisk_saysSo() {
    FaultyDisk disk = new FaultyDisk();
    try (FileBlobStore store = FileBlobStore.open(directory, disk)) {
      disk.failAt(0, "Read-only file system");

      assertThatThrownBy(() -> store.put(DIGEST, text()))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("Read-only file system; give user '")
          .hasMessageContaining("write access to " + directory.toAbsolutePath());
    }
  }

  @Test
  void open_filesOfDeadProcess_areRemovedAndOthersAreNot() throws IOException {
    FileBlobStore.open(directory).close();
    Path staging = directory.resolve("staging");
    Files.writeString(staging.resolve("1-1-0a.lock"), "");
    Files.writeString(staging.resolve("1-1-0a.1.part"), "half");
    Files.writeString(staging.resolve("1-1-0b.7.part"), "half, and its lock file is gone");
    Path foreign = Files.writeString(staging.resolve("notes.txt"), "of a person");

    FileBlobStore.open(directory).close();

    assertThat(staged()).containsExactly(foreign);
  }

  @Test
  void open_whileAnotherProcessWrites_leavesItsFilesUntilItIsKilled() throws Exception {
    Process writer = BlobWriterProcess.start(directory);
    try {
      FileBlobStore.open(directory).close();
      assertThat(staged()).hasSize(2);
    } finally {
      writer.destroyForcibly().waitFor();
    }

    FileBlobStore.open(directory).close();
    assertThat(staged()).isEmpty();
  }

  @Test
  void open_whileAnotherProcessWrites_doesNotDisturbIt() throws Exception {
    Process writer = BlobWriterProcess.start(directory);
    FileBlobStore.open(directory).close();
    writer.getOutputStream().close();

    assertThat(writer.waitFor()).isZero();
    try (FileBlobStore store = FileBlobStore.open(directory)) {
      Digest digest = Digest.of(new byte[100_000]);
      assertThat(store.present(List.of(digest))).containsExactly(digest);
    }
    assertThat(staged()).isEmpty();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.model.Digest;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GuardTest {

  @TempDir
  Path directory;

  /** As {@code cp -al} leaves it. */
  @Test
  void present_inACopyMadeOfHardLinks_waitsForTheOriginal() throws Exception {
    Path original = Files.createDirectory(directory.resolve("original"));
    Path copy = Files.createDirectory(directory.resolve("copy"));
    ExecutorService executor = Executors.newFixedThreadPool(4);
    try (FileBlobStore one = FileBlobStore.open(original)) {
      Files.createLink(copy.resolve("blobs.lock"), original.resolve("blobs.lock"));
      try (FileBlobStore two = FileBlobStore.open(copy)) {
        Digest digest = Digest.of(new byte[0]);
        List<Future<Void>> results = new ArrayList<>();
        for (FileBlobStore store : List.of(one, two, one, two)) {
          store.put(digest, new ByteArrayInputStream(new byte[0]));
          results.add(executor.submit(() -> {
            for (int i = 0; i < 500; i++) {
              assertThat(store.present(List.of(digest))).containsExactly(digest);
            }
            return null;
          }));
        }
        for (Future<Void> result : results) {
          result.get();
        }
      }
    } finally {
      executor.shutdownNow();
    }
  }
}

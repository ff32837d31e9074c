// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.model.Digest;
import dev.switchback.storage.PageRequest;
import dev.switchback.storage.StoredBlob;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A layout that the first version made, with two blobs and without its empty folder {@code staging}:
 * opened for ever.
 */
final class GoldenLayoutTest {

  private static final List<String> TEXTS = List.of("hello", "a layer of an image");

  @TempDir
  Path directory;

  private void copyLayout() throws IOException, URISyntaxException {
    Path kept = Path.of(
        Objects.requireNonNull(getClass().getResource("/golden/layout-1")).toURI());
    try (Stream<Path> files = Files.walk(kept)) {
      for (Path file : files.toList()) {
        Path copy = directory.resolve(kept.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    }
  }

  @Test
  void open_keptLayout_hasItsBlobsAndTakesMore() throws Exception {
    copyLayout();
    try (FileBlobStore store = FileBlobStore.open(directory)) {
      assertThat(store.list(PageRequest.first(10)).items())
          .extracting(StoredBlob::digest)
          .containsExactlyElementsOf(TEXTS.stream().map(Digest::of).sorted().toList());
      assertThat(store.verify()).isEmpty();
      for (String text : TEXTS) {
        try (InputStream content = store.open(Digest.of(text)).orElseThrow()) {
          assertThat(content).hasContent(text);
        }
      }
      store.put(Digest.of("more"), new ByteArrayInputStream("more".getBytes(UTF_8)));
      assertThat(store.delete(Digest.of("hello"), Instant.MAX)).isTrue();
      assertThat(store.list(PageRequest.first(10)).items()).hasSize(2);
    }
  }
}

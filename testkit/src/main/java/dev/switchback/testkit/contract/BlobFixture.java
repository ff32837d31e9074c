// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.model.Digest;
import dev.switchback.storage.BlobStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the blob contracts ask of a backend, and what they share. */
public abstract class BlobFixture {

  private final List<BlobStore> opened = new ArrayList<>();

  BlobStore blobs;

  /** Makes a test of the contract. */
  protected BlobFixture() {}

  /**
   * Opens the store under test: in each test empty at first, and with the content of the others when
   * it is called again, whether those are still open or not.
   */
  protected abstract BlobStore open();

  /**
   * Overridden to return false by a store whose content goes when it is closed, and that can be open
   * only once. Returns true unless overridden.
   */
  protected boolean survivesReopen() {
    return true;
  }

  /** Opens the store. */
  @BeforeEach
  protected final void openStore() {
    blobs = anotherHandle();
  }

  /** Closes every handle. */
  @AfterEach
  protected final void closeStores() {
    opened.forEach(BlobStore::close);
  }

  final BlobStore anotherHandle() {
    BlobStore another = open();
    opened.add(another);
    return another;
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  final Digest put(byte[] bytes) {
    Digest digest = Digest.of(bytes);
    blobs.put(digest, new ByteArrayInputStream(bytes));
    return digest;
  }

  final byte[] read(Digest digest) {
    try (InputStream content = blobs.open(digest).orElseThrow()) {
      return content.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  final void assertAbsent(Digest digest) {
    assertThat(blobs.present(List.of(digest))).isEmpty();
    assertThat(blobs.open(digest)).isEmpty();
  }
}

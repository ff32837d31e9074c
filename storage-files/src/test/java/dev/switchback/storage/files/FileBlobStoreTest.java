// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchback.model.Digest;
import dev.switchback.storage.BlobStoreProvider;
import dev.switchback.storage.DigestMismatchException;
import dev.switchback.storage.PageRequest;
import dev.switchback.storage.StorageException;
import dev.switchback.storage.StoredBlob;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileBlobStoreTest {

  @TempDir
  Path directory;

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  private static String read(FileBlobStore store, Digest digest) throws IOException {
    try (InputStream content = store.open(digest).orElseThrow()) {
      return new String(content.readAllBytes(), UTF_8);
    }
  }

  private List<String> staged() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("staging"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void open_emptyDirectory_makesImageLayout() throws IOException {
    FileBlobStore.open(directory).close();

    assertThat(directory.resolve("oci-layout")).hasContent("{\"imageLayoutVersion\":\"1.0.0\"}");
    assertThat(directory.resolve("index.json"))
        .hasContent("{\"manifests\":[],\"mediaType\":\"application/vnd.oci.image.index.v1+json\","
            + "\"schemaVersion\":2}");
    assertThat(directory.resolve("blobs/sha256")).isEmptyDirectory();
    assertThat(staged()).isEmpty();
  }

  @Test
  void open_existingLayout_keepsItsFiles() throws IOException {
    FileBlobStore.open(directory).close();
    String index = "{\"schemaVersion\":2,\"manifests\":[{\"digest\":\"of another tool\"}]}";
    Files.writeString(directory.resolve("index.json"), index);

    FileBlobStore.open(directory).close();

    assertThat(directory.resolve("index.json")).hasContent(index);
  }

  @Test
  void open_missingDirectory_isRefusedAndNotMade() {
    Path missing = directory.resolve("missing");

    assertThatThrownBy(() -> FileBlobStore.open(missing))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining(missing + " is not a directory; make it first");
    assertThat(missing).doesNotExist();
  }

  @Test
  void open_otherLayoutVersion_isRefused() throws IOException {
    Files.writeString(directory.resolve("oci-layout"), "{\"imageLayoutVersion\":\"2.0.0\"}");

    assertThatThrownBy(() -> FileBlobStore.open(directory))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("does not say imageLayoutVersion 1.0.0");
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).containsExactly(directory.resolve("oci-layout"));
    }
  }

  @Test
  void open_linkInPlaceOfBlobs_isRefusedAndNotFollowed() throws IOException {
    Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
    Path store = Files.createDirectory(directory.resolve("store"));
    Files.createSymbolicLink(store.resolve("blobs"), elsewhere);

    assertThatThrownBy(() -> FileBlobStore.open(store))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("blobs is not a directory; move it away");
    assertThat(elsewhere).isEmptyDirectory();
  }

  @Test
  void open_linkToDirectory_staysWithTheDirectoryItNamedThen() throws IOException {
    Path first = Files.createDirectory(directory.resolve("first"));
    Path second = Files.createDirectory(directory.resolve("second"));
    Path link = Files.createSymbolicLink(directory.resolve("link"), first);
    try (FileBlobStore store = FileBlobStore.open(link)) {
      Files.delete(link);
      Files.createSymbolicLink(link, second);
      store.put(Digest.of("a"), bytes("a"));
    }

    assertThat(first.resolve("blobs/sha256/" + Digest.of("a").hex())).hasContent("a");
    assertThat(second).isEmptyDirectory();
  }

  @Test
  void open_linkInPlaceOfBlob_isNotFollowed() throws IOException {
    Path secret = Files.writeString(directory.resolve("secret"), "secret");
    Digest digest = Digest.of("a");
    try (FileBlobStore store = FileBlobStore.open(directory)) {
      Files.createSymbolicLink(directory.resolve("blobs/sha256/" + digest.hex()), secret);

      assertThat(store.present(List.of(digest))).isEmpty();
      assertThatThrownBy(() -> store.open(digest))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("is not a file; remove it");
      store.put(digest, bytes("a"));
      assertThat(read(store, digest)).isEqualTo("a");
    }
    assertThat(secret).hasContent("secret");
  }

  @Test
  void put_newBytes_keepsThemUnderTheirDigest() throws IOException {
    Digest digest = Digest.of("hello");
    try (FileBlobStore store = FileBlobStore.open(directory)) {
      store.put(digest, bytes("hello"));
    }

    assertThat(directory.resolve("blobs/sha256/" + digest.hex())).hasContent("hello");
    assertThat(staged()).isEmpty();
    try (FileBlobStore store = FileBlobStore.open(directory)) {
      assertThat(read(store, digest)).isEqualTo("hello");
    }
  }

  @Test
  void put_hundredMegabytes_readsThemInSmallPieces() throws IOException {
    long size = 100L << 20;
    MessageDigest sha256 = Digest.newSha256();
    byte[] piece = new byte[1 << 20];
    for (long done = 0; done < size; done += piece.length) {
      sha256.update(piece);
    }
    Digest digest = Digest.from(sha256);
    CountedZeros content = new CountedZeros(size);
    try (FileBlobStore store = FileBlobStore.open(directory)) {
      store.put(digest, content);
    }

    assertThat(Files.size(directory.resolve("blobs/sha256/" + digest.hex()))).isEqualTo(size);
    assertThat(content.longest).isLessThanOrEqualTo(64 * 1024);
    assertThat(content.buffers).isEqualTo(1);
  }

  /** Zeros, and how they were asked for. */
  private static final class CountedZeros extends InputStream {
    private long left;
    private int longest;
    private int buffers;
    private byte[] last = new byte[0];

    CountedZeros(long size) {
      this.left = size;
    }

    @Override
    public int read() {
      throw new IllegalStateException("Reads one by one would be slow");
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // the question is whether it is the same buffer
    public int read(byte[] buffer, int offset, int length) {
      if (left == 0) {
        return -1;
      }
      longest = Math.max(longest, length);
      if (buffer != last) {
        last = buffer;
        buffers++;
      }
      int count = (int) Math.min(length, left);
      Arrays.fill(buffer, offset, offset + count, (byte) 0);
      left -= count;
      return count;
    }
  }

  @Test
  void list_blobOfManyGigabytes_tellsItsSizeAndReadsItsEnd() throws IOException {
    long size = (5L << 30) + 1;
    try (FileBlobStore store = FileBlobStore.open(directory)) {
      Digest digest = Digest.of("any"); // its bytes are not read
      Path file = directory.resolve("blobs/sha256").resolve(digest.hex());
      try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
        sparse.setLength(size);
        sparse.seek(size - 1);
        sparse.write('x');
      }

      assertThat(store.list(PageRequest.first(1)).items())
          .singleElement()
          .extracting(StoredBlob::size)
          .isEqualTo(size);
      try (InputStream content = store.open(digest).orElseThrow()) {
        content.skipNBytes(size - 1);
        assertThat(content.read()).isEqualTo('x');
        assertThat(content.read()).isEqualTo(-1);
      }
    }
  }

  @Test
  void put_otherBytes_keepsNothing() throws IOException {
    Digest digest = Digest.of("hello");
    try (FileBlobStore store = FileBlobStore.open(directory)) {
      assertThatThrownBy(() -> store.put(digest, bytes("hallo")))
          .isInstanceOf(DigestMismatchException.class)
          .hasMessageContaining(digest.toString())
          .hasMessageContaining(Digest.of("hallo").toString());

      assertThat(store.present(List.of(digest))).isEmpty();
    }
    assertThat(staged()).isEmpty();
  }

  @Test
  void put_otherBytesForPresentBlob_keepsTheBlob() throws IOException {
    Digest digest = Digest.of("hello");
    try (FileBlobStore store = FileBlobStore.open(directory)) {
      store.put(digest, bytes("hello"));

      assertThatThrownBy(() -> store.put(digest, bytes("hallo")))
          .isInstanceOf(DigestMismatchException.class);
      assertThat(read(store, digest)).isEqualTo("hello");
    }
  }

  @Test
  void put_contentThatFails_keepsNothing() throws IOException {
    InputStream content = InputStream.nullInputStream();
    content.close();
    try (FileBlobStore store = FileBlobStore.open(directory)) {
      assertThatThrownBy(() -> store.put(Digest.of("a"), content))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("its bytes could not be read: Stream closed");
      assertThat(store.present(List.of(Digest.of("a")))).isEmpty();
    }
    assertThat(staged()).isEmpty();
  }

  @Test
  void put_interruptedThread_keepsNothingAndSaysSo() throws IOException {
    try (FileBlobStore store = FileBlobStore.open(directory)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> store.put(Digest.of("a"), bytes("a")))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("the thread was interrupted");
      assertThat(Thread.interrupted()).isTrue();
      store.put(Digest.of("a"), bytes("a"));
      assertThat(read(store, Digest.of("a"))).isEqualTo("a");
    }
    assertThat(staged()).isEmpty();
  }

  @Test
  void put_sameAndOtherBytesByManyThreadsAndStores_allSucceed() throws Exception {
    int threads = 8;
    CountDownLatch start = new CountDownLatch(1);
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try (FileBlobStore one = FileBlobStore.open(directory);
        FileBlobStore two = FileBlobStore.open(directory)) {
      List<Future<Void>> results = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        FileBlobStore store = thread % 2 == 0 ? one : two;
        Callable<Void> writes = () -> {
          start.await();
          for (int i = 0; i < 20; i++) {
            String text = "blob " + i;
            store.put(Digest.of(text), bytes(text));
            assertThat(read(store, Digest.of(text))).isEqualTo(text);
          }
          return null;
        };
        results.add(executor.submit(writes));
      }
      start.countDown();
      for (Future<Void> result : results) {
        result.get();
      }
      assertThat(one.verify()).isEmpty();
    } finally {
      executor.shutdownNow();
    }
    assertThat(staged()).isEmpty();
  }

  @Test
  void delete_presentAndAbsent_leavesItAbsent() {
    Digest digest = Digest.of("a");
    try (FileBlobStore store = FileBlobStore.open(directory)) {
      store.put(digest, bytes("a"));
      store.delete(digest, Instant.MAX);
      store.delete(digest, Instant.MAX);

      assertThat(store.open(digest)).isEmpty();
    }
  }

  @Test
  void verify_damagedBlobs_namesThemAndTheyCanBeMended() throws IOException {
    try (FileBlobStore store = FileBlobStore.open(directory)) {
      for (String text : List.of("good", "bad", "short")) {
        store.put(Digest.of(text), bytes(text));
      }
      Files.writeString(directory.resolve("blobs/sha256/" + Digest.of("bad").hex()), "Bad");
      Files.writeString(directory.resolve("blobs/sha256/" + Digest.of("short").hex()), "");
      Files.writeString(directory.resolve("blobs/sha256/README"), "of somebody else");

      assertThat(store.verify())
          .extracting(DamagedBlob::digest)
          .containsExactlyInAnyOrder(Digest.of("bad"), Digest.of("short"))
          .isSorted();

      for (DamagedBlob damaged : store.verify()) {
        store.delete(damaged.digest(), Instant.MAX);
      }
      store.put(Digest.of("bad"), bytes("bad"));
      assertThat(store.verify()).isEmpty();
    }
  }

  @Test
  void close_duringPut_letsThePutEnd() throws IOException {
    FileBlobStore store = FileBlobStore.open(directory);
    InputStream content = new ByteArrayInputStream("hello".getBytes(UTF_8)) {
      @Override
      public synchronized int read(byte[] buffer, int offset, int length) {
        store.close();
        return super.read(buffer, offset, length);
      }
    };
    store.put(Digest.of("hello"), content);

    assertThat(directory.resolve("blobs/sha256/" + Digest.of("hello").hex())).hasContent("hello");
    assertThat(staged()).isEmpty();
  }

  @Test
  void everyMethod_afterClose_isRefused() {
    FileBlobStore store = FileBlobStore.open(directory);
    store.close();
    store.close();
    Digest digest = Digest.of("a");

    assertThatThrownBy(() -> store.put(digest, bytes("a")))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> store.open(digest)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> store.present(List.of())).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> store.delete(digest, Instant.MAX))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(store::pinned).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(store::verify).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void provider_byServiceLoader_isFound() {
    assertThat(ServiceLoader.load(BlobStoreProvider.class))
        .filteredOn(provider -> provider.name().equals("files"))
        .singleElement()
        .satisfies(provider -> provider.open(directory).close());
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchback.model.Digest;
import dev.switchback.storage.BlobStore;
import dev.switchback.storage.DigestMismatchException;
import dev.switchback.storage.Page;
import dev.switchback.storage.PageRequest;
import dev.switchback.storage.StorageException;
import dev.switchback.storage.StoredBlob;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a {@link BlobStore} promises. */
public abstract class BlobStoreContract {

  /** Later than every touch. */
  private static final Instant FAR = Instant.parse("9999-01-01T00:00:00Z");

  private final List<BlobStore> opened = new ArrayList<>();

  private BlobStore blobs;

  /** Makes a test of the contract. */
  protected BlobStoreContract() {}

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

  private BlobStore anotherHandle() {
    BlobStore another = open();
    opened.add(another);
    return another;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private Digest put(byte[] bytes) {
    Digest digest = Digest.of(bytes);
    blobs.put(digest, new ByteArrayInputStream(bytes));
    return digest;
  }

  private byte[] read(Digest digest) {
    try (InputStream content = blobs.open(digest).orElseThrow()) {
      return content.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void assertAbsent(Digest digest) {
    assertThat(blobs.present(List.of(digest))).isEmpty();
    assertThat(blobs.open(digest)).isEmpty();
  }

  @Test
  final void put_ofBytes_canBeReadBackAnyNumberOfTimes() {
    byte[] content = bytes("some bytes");
    Digest digest = put(content);

    assertThat(read(digest)).isEqualTo(content);
    assertThat(read(digest)).isEqualTo(content);
    assertThat(blobs.present(List.of(digest))).containsExactly(digest);
  }

  @Test
  final void put_ofNoBytes_isABlobToo() {
    Digest digest = put(new byte[0]);

    assertThat(read(digest)).isEmpty();
    assertThat(blobs.present(List.of(digest))).containsExactly(digest);
  }

  @Test
  final void put_ofManyBytes_keepsThemAll() {
    byte[] large = new byte[5_000_001];
    new Random(1).nextBytes(large);

    Digest digest = put(large);

    assertThat(read(digest)).isEqualTo(large);
  }

  @Test
  final void put_ofBytesThatAreThere_changesNothing() {
    Digest digest = put(bytes("some bytes"));

    put(bytes("some bytes"));

    assertThat(read(digest)).isEqualTo(bytes("some bytes"));
  }

  @Test
  final void put_ofOtherBytes_isRefusedAndKeepsNothing() {
    Digest expected = Digest.of("expected");
    Digest actual = Digest.of("actual");

    assertThatThrownBy(() -> blobs.put(expected, new ByteArrayInputStream(bytes("actual"))))
        .isInstanceOf(DigestMismatchException.class);
    assertAbsent(expected);
    assertAbsent(actual);
  }

  @Test
  final void put_ofTruncatedOrLongerBytes_isRefusedAndKeepsNothing() {
    Digest digest = Digest.of("twelve bytes");

    assertThatThrownBy(() -> blobs.put(digest, new ByteArrayInputStream(bytes("twelve byte"))))
        .isInstanceOf(DigestMismatchException.class);
    assertThatThrownBy(() -> blobs.put(digest, new ByteArrayInputStream(bytes("twelve bytes!"))))
        .isInstanceOf(DigestMismatchException.class);
    assertAbsent(digest);
  }

  @Test
  final void put_ofBytesThatCannotBeRead_isRefusedAndKeepsNothing() {
    Digest digest = Digest.of("some bytes");
    InputStream broken = new InputStream() {
      @Override
      public int read() throws IOException {
        throw new IOException("the cable was pulled");
      }

      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        return read();
      }
    };
    InputStream half = new SequenceInputStream(new ByteArrayInputStream(bytes("some ")), broken);

    assertThatThrownBy(() -> blobs.put(digest, half)).isInstanceOf(StorageException.class);
    assertAbsent(digest);

    blobs.put(digest, new ByteArrayInputStream(bytes("some bytes")));
    assertThat(read(digest)).isEqualTo(bytes("some bytes"));
  }

  @Test
  final void present_ofMany_tellsTheOnesThatAreHere() {
    Digest one = put(bytes("one"));
    Digest two = put(bytes("two"));
    List<Digest> asked = new ArrayList<>(List.of(one, two, one));
    for (int i = 0; i < 2000; i++) {
      asked.add(Digest.of("absent " + i));
    }

    assertThat(blobs.present(asked)).containsExactlyInAnyOrder(one, two);
    assertThat(blobs.present(List.of())).isEmpty();
  }

  @Test
  final void open_ofUnknownBytes_isEmpty() {
    put(bytes("some bytes"));

    assertThat(blobs.open(Digest.of("other bytes"))).isEmpty();
  }

  @Test
  final void list_ofBlobs_isByDigestWithSizes() {
    List<Digest> digests = new ArrayList<>();
    for (String text : List.of("one", "two", "three", "four", "five")) {
      digests.add(put(bytes(text)));
    }
    Collections.sort(digests);

    List<StoredBlob> listed = StorageFixture.all(blobs::list, 2);

    assertThat(listed).extracting(StoredBlob::digest).containsExactlyElementsOf(digests);
    assertThat(listed)
        .allSatisfy(blob -> assertThat(blob.size()).isEqualTo(read(blob.digest()).length));
  }

  @Test
  final void delete_ofBytesTouchedSince_leavesThem() {
    Digest one = put(bytes("one"));
    Instant touched = blobs.list(PageRequest.first(1)).items().get(0).touchedAt();

    assertThat(blobs.delete(one, touched)).isFalse();

    assertThat(blobs.present(List.of(one))).containsExactly(one);
    assertThat(blobs.list(PageRequest.first(1)).items().get(0).touchedAt())
        .isAfterOrEqualTo(touched);
    assertThat(blobs.delete(one, FAR)).isTrue();
    assertAbsent(one);
  }

  @Test
  final void delete_ofBytes_removesOnlyThose() {
    Digest one = put(bytes("one"));
    Digest two = put(bytes("two"));

    assertThat(blobs.delete(one, FAR)).isTrue();
    assertThat(blobs.delete(one, FAR)).isFalse();
    assertThat(blobs.delete(Digest.of("never there"), FAR)).isFalse();

    assertAbsent(one);
    assertThat(read(two)).isEqualTo(bytes("two"));
    put(bytes("one"));
    assertThat(read(one)).isEqualTo(bytes("one"));
  }

  @Test
  final void delete_ofBytesFoundOrPutSince_leavesThem() {
    for (int round = 0; round < 20; round++) {
      String text = "text " + round;
      Digest digest = put(bytes(text));
      Instant since = touchedAt(digest).plusNanos(1);
      letPassTo(since);
      if (round % 2 == 0) {
        assertThat(blobs.present(List.of(digest))).containsExactly(digest);
      } else {
        put(bytes(text));
      }

      assertThat(touchedAt(digest)).isAfterOrEqualTo(since);
      assertThat(blobs.delete(digest, since)).isFalse();
      assertThat(read(digest)).isEqualTo(bytes(text));
    }
  }

  private Instant touchedAt(Digest digest) {
    return StorageFixture.all(blobs::list, 100).stream()
        .filter(blob -> blob.digest().equals(digest))
        .findFirst()
        .orElseThrow()
        .touchedAt();
  }

  /** Waits until what is touched now counts as touched at {@code time} or later. */
  private void letPassTo(Instant time) {
    Digest probe = put(bytes("probe"));
    while (touchedAt(probe).isBefore(time)) {
      blobs.present(List.of(probe));
    }
  }

  @Test
  final void list_whileBlobsComeAndGo_neverRepeatsOrMissesOne() {
    List<byte[]> sorted = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      sorted.add(bytes("text " + i));
    }
    sorted.sort(Comparator.comparing(Digest::of));
    List<Digest> digests = sorted.stream().map(Digest::of).toList();
    for (int i : List.of(1, 2, 4, 6)) {
      put(sorted.get(i));
    }

    PageRequest request = PageRequest.first(2);
    Page<StoredBlob> first = blobs.list(request);
    assertThat(blobs.delete(digests.get(2), FAR)).isTrue();
    put(sorted.get(0));
    put(sorted.get(5));
    Page<StoredBlob> second = blobs.list(request.after(first));
    Page<StoredBlob> third = blobs.list(request.after(second));

    assertThat(first.items())
        .extracting(StoredBlob::digest)
        .containsExactly(digests.get(1), digests.get(2));
    assertThat(second.items())
        .extracting(StoredBlob::digest)
        .containsExactly(digests.get(4), digests.get(5));
    assertThat(third.items()).extracting(StoredBlob::digest).containsExactly(digests.get(6));
    assertThat(third.hasNext()).isFalse();
  }

  @Test
  final void list_ofNothing_isEmpty() {
    Page<StoredBlob> page = blobs.list(PageRequest.first(1));

    assertThat(page.items()).isEmpty();
    assertThat(page.hasNext()).isFalse();
  }

  /**
   * One collects what nobody needs: it takes the time while nobody does, and deletes later. The
   * others find or put the blob, note that they need it, and read it.
   */
  @Test
  final void delete_whileOthersFindAndPut_neverTakesWhatTheyNeed() {
    BlobStore second = survivesReopen() ? anotherHandle() : blobs;
    byte[] content = new byte[20_000];
    new Random(3).nextBytes(content);
    Digest digest = Digest.of(content);
    ReadWriteLock noting = new ReentrantReadWriteLock(true);
    AtomicInteger needed = new AtomicInteger();
    AtomicInteger running = new AtomicInteger(Race.RUNNERS - 1);

    List<Race.Outcome<Boolean>> outcomes = Race.runAll(i -> {
      if (i == 0) {
        while (running.get() > 0) {
          Instant since;
          noting.writeLock().lock();
          try {
            since = needed.get() == 0 ? touchedAt(put(bytes("probe"))) : Instant.MIN;
          } finally {
            noting.writeLock().unlock();
          }
          second.delete(digest, since);
        }
        return;
      }
      try {
        for (int round = 0; round < 20; round++) {
          noting.readLock().lock();
          try {
            if (round % 2 == 0 || blobs.present(List.of(digest)).isEmpty()) {
              blobs.put(digest, new ByteArrayInputStream(content));
            }
            needed.incrementAndGet();
          } finally {
            noting.readLock().unlock();
          }
          assertThat(read(digest)).isEqualTo(content);
          needed.decrementAndGet();
        }
      } finally {
        running.decrementAndGet();
      }
    });

    assertThat(outcomes).as("%s", outcomes).allMatch(Race.Outcome::succeeded);
  }

  @Test
  final void put_ofTheSameBytesByManyAtOnce_disturbsNobody() {
    BlobStore second = survivesReopen() ? anotherHandle() : blobs;
    byte[] content = new byte[300_000];
    new Random(2).nextBytes(content);
    Digest digest = Digest.of(content);

    List<Race.Outcome<Boolean>> outcomes = Race.runAll(
        i -> (i % 2 == 0 ? blobs : second).put(digest, new ByteArrayInputStream(content)));

    assertThat(outcomes).as("%s", outcomes).allMatch(Race.Outcome::succeeded);
    assertThat(read(digest)).isEqualTo(content);
  }

  @Test
  final void put_ofGoodAndBadBytesAtOnce_keepsTheGood() {
    Digest digest = Digest.of("good");

    List<Race.Outcome<Boolean>> outcomes = Race.runAll(i ->
        blobs.put(digest, new ByteArrayInputStream(bytes(i % 2 == 0 ? "good" : "bad " + i))));

    assertThat(outcomes)
        .filteredOn(outcome -> outcome.runner() % 2 == 0)
        .allMatch(Race.Outcome::succeeded);
    assertThat(read(digest)).isEqualTo(bytes("good"));
    assertThat(blobs.present(List.of(Digest.of("bad 1")))).isEmpty();
  }

  @Test
  final void put_ofDifferentBytesAtOnce_keepsThemAll() {
    List<Race.Outcome<Digest>> outcomes = Race.run(i -> put(bytes("content " + i)));

    for (Race.Outcome<Digest> outcome : outcomes) {
      assertThat(read(Digest.of("content " + outcome.runner())))
          .isEqualTo(bytes("content " + outcome.runner()));
    }
  }

  @Test
  final void blobs_afterReopening_areStillThere() {
    if (!survivesReopen()) {
      return;
    }
    Digest digest = put(bytes("some bytes"));
    blobs.close();
    blobs = anotherHandle();

    assertThat(read(digest)).isEqualTo(bytes("some bytes"));
  }

  @Test
  final void anything_afterClose_isRefused() {
    Digest digest = put(bytes("some bytes"));
    blobs.close();
    blobs.close();

    assertThatThrownBy(() -> blobs.open(digest)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> put(bytes("other"))).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> blobs.present(List.of(digest)))
        .isInstanceOf(IllegalStateException.class);
  }
}

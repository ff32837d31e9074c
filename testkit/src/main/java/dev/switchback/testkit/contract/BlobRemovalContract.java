// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.model.Digest;
import dev.switchback.storage.BlobStore;
import dev.switchback.storage.Page;
import dev.switchback.storage.PageRequest;
import dev.switchback.storage.StoredBlob;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.junit.jupiter.api.Test;

/** What a {@link BlobStore} promises to whoever collects what nobody needs. */
public abstract class BlobRemovalContract extends BlobFixture {

  /** Later than every touch. */
  private static final Instant FAR = Instant.parse("9999-01-01T00:00:00Z");

  /** Makes a test of the contract. */
  protected BlobRemovalContract() {}

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
}

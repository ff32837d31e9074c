// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.switchback.model.Digest;
import dev.switchback.storage.BlobStore;
import dev.switchback.storage.DigestMismatchException;
import dev.switchback.storage.StorageException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a {@link BlobStore} promises. */
public abstract class BlobStoreContract extends BlobRemovalContract {

  /** Makes a test of the contract. */
  protected BlobStoreContract() {}

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
  final void put_byAnInterruptedThread_isDoneOrRefusedAndCanBeRepeated() {
    byte[] content = new byte[300_000];
    new Random(3).nextBytes(content);
    Digest digest = Digest.of(content);

    Thread.currentThread().interrupt();
    Throwable refusal = catchThrowable(() -> put(content));
    assertThat(Thread.interrupted()).as("still interrupted").isTrue();

    if (refusal == null) {
      assertThat(read(digest)).isEqualTo(content);
    } else {
      assertThat(refusal).isInstanceOf(StorageException.class);
      assertAbsent(digest);
    }
    put(content);
    assertThat(read(digest)).isEqualTo(content);
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

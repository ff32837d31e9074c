// SPDX-License-Identifier: Apache-2.0
package dev.switchback.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.model.RefusedException;
import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Every truncation and every flipped byte of a small package. */
final class DamageTest {

  private static final PackagedVersion VERSION = Versions.published("demo@1.0");

  private static byte[] write(Compression compression) {
    return Archive.write(compression, VERSION);
  }

  /** Tells whether the bytes are read; what is read must be what was written. */
  private static boolean reads(byte[] bytes) {
    ByteArrayInputStream in = new ByteArrayInputStream(bytes);
    try (PackageReader reader = PackageReader.read(in, "damaged", ReadOptions.defaults())) {
      assertThat(reader.versions()).containsExactly(VERSION);
      return true;
    } catch (RefusedException e) {
      assertThat(e.obstacles()).isNotEmpty();
      return false;
    }
  }

  private static List<Integer> positions(byte[] whole, IntPredicate reads) {
    return IntStream.range(0, whole.length).filter(reads).boxed().toList();
  }

  private static List<Integer> readTruncations(byte[] whole) {
    return positions(whole, length -> reads(Arrays.copyOf(whole, length)));
  }

  /** Flips one bit of each byte, another one from byte to byte. */
  private static List<Integer> readFlips(byte[] whole) {
    return positions(whole, position -> {
      byte[] flipped = whole.clone();
      flipped[position] ^= (byte) (1 << position % 7);
      return reads(flipped);
    });
  }

  @Test
  void open_truncatedAnywhere_isRefused() {
    for (Compression compression : Compression.values()) {
      assertThat(readTruncations(write(compression))).as(compression.name()).isEmpty();
    }
  }

  @Test
  void open_tarWithAnyByteFlipped_isRefusedUnlessItIsPadding() {
    // Of a header, only the two bytes that end its checksum may be anything.
    assertThat(readFlips(write(Compression.NONE)))
        .allSatisfy(position -> assertThat(position % 512).isBetween(154, 155));
  }

  @Test
  void open_compressedWithAnyByteFlipped_isRefusedOrExpandsToTheSame() {
    // The header's time and system, and references to another copy of the same bytes.
    assertThat(readFlips(write(Compression.GZIP)).size()).isLessThan(40);
    assertThat(readFlips(write(Compression.ZSTD)).size()).isLessThan(40);
  }

  @Test
  void open_bytesAfterTheEnd_areRefused() {
    for (Compression compression : Compression.values()) {
      byte[] whole = write(compression);
      byte[] longer = Arrays.copyOf(whole, whole.length + 512);
      Arrays.fill(longer, whole.length, longer.length, (byte) 'x');
      assertThat(reads(longer)).as(compression.name()).isFalse();
      assertThat(reads(Arrays.copyOf(longer, whole.length + 1)))
          .as(compression.name())
          .isFalse();
    }
  }

  @Test
  void open_severalGzipMembers_areOne() {
    byte[] tar = write(Compression.NONE);
    byte[] first = Archive.gzip(Arrays.copyOf(tar, 700));
    byte[] second = Archive.gzip(Arrays.copyOfRange(tar, 700, tar.length));
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);

    assertThat(reads(both)).isTrue();
    assertThat(reads(first)).isFalse();
  }
}

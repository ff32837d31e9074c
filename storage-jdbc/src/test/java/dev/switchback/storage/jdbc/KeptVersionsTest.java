// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.storage.jdbc.KeptVersions.Kept;
import org.junit.jupiter.api.Test;

final class KeptVersionsTest {

  private final KeptVersions versions = new KeptVersions(100);

  private Kept put(String version, int size) {
    Kept kept = new Kept("head of " + version, Examples.version(version), size);
    versions.put(Examples.ref(version), kept);
    return kept;
  }

  private Kept find(String version) {
    return versions.find(Examples.ref(version));
  }

  @Test
  void put_moreThanFits_dropsWhatWasNotAskedForTheLongest() {
    Kept first = put("1.0", 40);
    put("2.0", 40);
    assertThat(find("1.0")).isSameAs(first);
    Kept third = put("3.0", 60);
    assertThat(find("2.0")).isNull();
    assertThat(find("1.0")).isSameAs(first);
    assertThat(find("3.0")).isSameAs(third);
  }

  @Test
  void put_sameVersionAgain_countsItOnce() {
    put("1.0", 60);
    Kept again = put("v1", 50);
    Kept other = put("2.0", 50);
    assertThat(find("1.0")).isSameAs(again);
    assertThat(find("2.0")).isSameAs(other);
  }

  @Test
  void put_largerThanAll_keepsTheOthers() {
    Kept first = put("1.0", 100);
    put("2.0", 101);
    assertThat(find("2.0")).isNull();
    assertThat(find("1.0")).isSameAs(first);
  }

  @Test
  void put_largerInPlaceOfASmaller_dropsTheOthers() {
    put("1.0", 40);
    put("2.0", 40);
    Kept larger = put("2.0", 90);
    assertThat(find("1.0")).isNull();
    assertThat(find("2.0")).isSameAs(larger);
  }
}

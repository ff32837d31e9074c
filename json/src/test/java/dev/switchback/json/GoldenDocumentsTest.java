// SPDX-License-Identifier: Apache-2.0
package dev.switchback.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Documents of format version 1, kept for ever: each is read for ever, and written alike as long as
 * its format is version 1. In them every field is set, so a field that is mixed up with another or
 * forgotten shows.
 */
final class GoldenDocumentsTest {

  record Kept<T>(String file, JsonFormat<T> format, T value) {

    @Override
    public String toString() {
      return file;
    }
  }

  static Stream<Kept<?>> documents() {
    return Stream.of(
        new Kept<>("spec", JsonFormats.appSpec(), FullValues.spec()),
        new Kept<>("component", JsonFormats.component(), FullValues.component()),
        new Kept<>("template-version", JsonFormats.templateVersion(), FullValues.templateVersion()),
        new Kept<>("app-state", JsonFormats.appState(), FullValues.appState()),
        new Kept<>("record", JsonFormats.operationRecord(), FullValues.operationRecord()),
        new Kept<>("journal-entry", JsonFormats.journalEntry(), FullValues.journalEntry()),
        new Kept<>("audit-entry", JsonFormats.auditEntry(), FullValues.auditEntry()),
        new Kept<>("build", JsonFormats.build(), FullValues.build()),
        new Kept<>("lease", JsonFormats.lease(), FullValues.lease()),
        new Kept<>("plan", JsonFormats.plan(), PlanValues.plan()));
  }

  @ParameterizedTest
  @MethodSource("documents")
  <T> void write_fullValue_isTheKeptDocument(Kept<T> kept) throws IOException {
    assertThat(kept.format().text(kept.value())).isEqualTo(read(kept.file()));
  }

  @ParameterizedTest
  @MethodSource("documents")
  <T> void read_keptDocument_isTheFullValue(Kept<T> kept) throws IOException {
    assertThat(kept.format().read(read(kept.file()))).isEqualTo(kept.value());
  }

  @ParameterizedTest
  @MethodSource("documents")
  <T> void name_ofFormat_endsLikeTheFile(Kept<T> kept) {
    assertThat(kept.format().name()).isEqualTo("switchback." + kept.file() + "/1");
  }

  private static String read(String file) throws IOException {
    try (InputStream in =
        GoldenDocumentsTest.class.getResourceAsStream("/golden/" + file + ".json")) {
      assertThat(in).as("the kept document %s", file).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}

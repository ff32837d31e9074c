// SPDX-License-Identifier: Apache-2.0
package dev.switchback.json.ram;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.model.TemplateId;
import dev.switchback.model.Version;
import dev.switchback.model.VersionRef;
import dev.switchback.model.template.TemplateVersion;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What must hold for every RAM document there is. */
final class RamDocumentFilesTest {

  private static final VersionRef REF = new VersionRef(new TemplateId("t"), Version.parse("1"));

  static List<Path> documents() {
    return Documents.all();
  }

  @ParameterizedTest
  @MethodSource("documents")
  void write_afterRead_givesTheSameJson(Path file) {
    RamDocument document = RamDocument.read(file);
    assertThat(Documents.tree(document)).isEqualTo(Documents.tree(Documents.bytes(file)));
  }

  @ParameterizedTest
  @MethodSource("documents")
  void with_whatItSays_changesNothing(Path file) {
    RamDocument document = RamDocument.read(file);
    TemplateVersion version = versionOf(document);
    RamDocument once = document.with(version);
    assertThat(once.with(version).write()).isEqualTo(once.write());
    if (document.templateId().isPresent()) {
      assertThat(once.write()).isEqualTo(document.write());
    }
  }

  @ParameterizedTest
  @MethodSource("documents")
  void with_nothing_isUndoneByWithWhatItSaid(Path file) {
    RamDocument document = RamDocument.read(file);
    TemplateVersion version = versionOf(document);
    assertThat(versionOf(RamDocument.of(version))).isEqualTo(version);
    assertThat(versionOf(document.with(version))).isEqualTo(version);
  }

  private static TemplateVersion versionOf(RamDocument document) {
    return document.templateId().isPresent() && document.version().isPresent()
        ? document.toTemplateVersion()
        : document.toTemplateVersion(REF);
  }
}

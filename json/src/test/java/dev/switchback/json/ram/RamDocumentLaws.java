// SPDX-License-Identifier: Apache-2.0
package dev.switchback.json.ram;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.json.JsonFormats;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.template.TemplateVersion;
import dev.switchback.testkit.arbitraries.SpecPair;
import dev.switchback.testkit.arbitraries.Specs;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** RAM documents say all that the model can say, and change only where they are told to. */
final class RamDocumentLaws {

  @Property(tries = 150)
  void of_anyVersion_readsAsThatVersion(@ForAll("versions") TemplateVersion version) {
    RamDocument document = RamDocument.read(RamDocument.of(version).write());
    assertSays(document, version);
  }

  @Property(tries = 100)
  void with_anyVersion_readsAsThatVersion(
      @ForAll("documents") RamDocument document, @ForAll("versions") TemplateVersion version) {
    RamDocument changed = document.with(version);
    assertSays(RamDocument.read(changed.write()), version);
    assertThat(changed.with(version)).isSameAs(changed);
  }

  @Property(tries = 100)
  void with_relatedVersion_keepsWhatNobodyKnows(
      @ForAll("pairs") SpecPair pair, @ForAll("versions") TemplateVersion head) {
    TemplateVersion older = head.toBuilder().spec(pair.older()).build();
    TemplateVersion newer = head.toBuilder().spec(pair.newer()).build();
    RamDocument marked = Unknown.mark(RamDocument.of(older));
    assertSays(marked, older);
    RamDocument changed = marked.with(newer);
    assertSays(changed, newer);
    Unknown.assertKept(marked, changed);
    assertThat(Documents.tree(changed.with(older).with(newer))).isEqualTo(Documents.tree(changed));
  }

  @Property(tries = 100)
  void read_generatedDocument_comesBackUnchanged(@ForAll("rawDocuments") String json) {
    RamDocument document = RamDocument.read(json.getBytes(UTF_8));
    assertThat(Documents.tree(document)).isEqualTo(Documents.tree(json.getBytes(UTF_8)));
    TemplateVersion version = document.toTemplateVersion();
    assertThat(document.with(version)).isSameAs(document);
    assertSays(RamDocument.of(version), version);
  }

  @Property(tries = 100)
  void with_editOfGeneratedDocument_readsAsEdited(@ForAll("edited") Edited edited) {
    RamDocument document = RamDocument.read(edited.json().getBytes(UTF_8));
    TemplateVersion version = document.toTemplateVersion().toBuilder()
        .spec(edited.spec())
        .notes("edited")
        .build();
    assertSays(RamDocument.read(document.with(version).write()), version);
  }

  /** A document as text, and what its spec is to become. */
  record Edited(String json, AppSpec spec) {}

  private static void assertSays(RamDocument document, TemplateVersion expected) {
    TemplateVersion said = document.toTemplateVersion();
    assertThat(JsonFormats.appSpec().text(said.spec()))
        .isEqualTo(JsonFormats.appSpec().text(expected.spec()));
    assertThat(said.spec()).isEqualTo(expected.spec());
    assertThat(said)
        .isEqualTo(expected.toBuilder()
            .specDigest(JsonFormats.appSpec().digest(expected.spec()))
            .ramDigest(null)
            .build());
  }

  @Provide
  Arbitrary<TemplateVersion> versions() {
    return Specs.templateVersion();
  }

  @Provide
  Arbitrary<SpecPair> pairs() {
    return Specs.specPair();
  }

  @Provide
  Arbitrary<RamDocument> documents() {
    return Arbitraries.oneOf(
        Specs.templateVersion().map(RamDocument::of),
        Arbitraries.of(Documents.all()).map(RamDocument::read));
  }

  @Provide
  Arbitrary<Edited> edited() {
    return RawDocuments.any()
        .flatMap(json -> Specs.edited(RamDocument.read(json.getBytes(UTF_8)).spec())
            .map(spec -> new Edited(json, spec)));
  }

  @Provide
  Arbitrary<String> rawDocuments() {
    return RawDocuments.any();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchback.model.TemplateId;
import dev.switchback.model.Version;
import dev.switchback.model.VersionRef;
import dev.switchback.model.template.TemplateVersion;
import dev.switchback.storage.Page;
import dev.switchback.storage.PageRequest;
import dev.switchback.storage.Storage;
import dev.switchback.storage.TemplateStore;
import dev.switchback.storage.TemplateSummary;
import dev.switchback.testkit.arbitraries.Samples;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a {@link TemplateStore} promises. */
public abstract class TemplateStoreContract extends StorageFixture {

  private static final TemplateId SHOP = new TemplateId("shop");

  /** Makes a test of the contract. */
  protected TemplateStoreContract() {}

  private TemplateStore templates() {
    return storage.templates();
  }

  private static TemplateVersion version(String ref) {
    return Samples.templateVersion(1).toBuilder().ref(VersionRef.parse(ref)).build();
  }

  private void createAll(String... refs) {
    for (String ref : refs) {
      assertThat(templates().create(version(ref))).as(ref).isTrue();
    }
  }

  private static List<String> refs(List<TemplateSummary> summaries) {
    return summaries.stream().map(summary -> summary.ref().toString()).toList();
  }

  @Test
  final void create_ofNewVersion_isFound() {
    TemplateVersion version = version("shop@1.0");

    assertThat(templates().create(version)).isTrue();
    assertThat(templates().find(version.ref())).contains(version);
  }

  @Test
  final void create_ofAnyVersion_keepsEveryPart() {
    for (int seed = 0; seed < SAMPLES; seed++) {
      VersionRef ref =
          new VersionRef(new TemplateId("sample " + seed), Version.parse("1.0-rc" + seed));
      TemplateVersion version =
          Samples.templateVersion(seed).toBuilder().ref(ref).build();
      assertThat(templates().create(version)).isTrue();

      assertThat(templates().find(ref)).as("sample %s", seed).contains(version);
      assertThat(templates().versions(ref.template(), PageRequest.first(1)).items())
          .as("sample %s", seed)
          .containsExactly(TemplateSummary.of(version));
    }
  }

  @Test
  final void create_ofVersionThatIsThere_changesNothing() {
    TemplateVersion first = version("shop@1.0");
    templates().create(first);

    assertThat(templates().create(first)).isFalse();
    assertThat(templates().create(first.toBuilder().notes("other notes").build()))
        .isFalse();
    assertThat(templates().find(first.ref())).contains(first);
  }

  @Test
  final void create_ofVersionThatIsThereWrittenAnotherWay_changesNothing() {
    createAll("shop@v1.0");

    assertThat(templates().create(version("shop@1.0.0"))).isFalse();
    assertThat(templates()
            .find(VersionRef.parse("shop@1"))
            .orElseThrow()
            .ref()
            .version()
            .text())
        .isEqualTo("v1.0");
  }

  @Test
  final void find_ofOtherTemplateOrVersion_isEmpty() {
    createAll("shop@1.0");

    assertThat(templates().find(VersionRef.parse("shop@1.1"))).isEmpty();
    assertThat(templates().find(VersionRef.parse("Shop@1.0"))).isEmpty();
    assertThat(templates().find(VersionRef.parse("sho@1.0"))).isEmpty();
  }

  @Test
  final void versions_ofTemplate_areTheGreatestFirst() {
    createAll(
        "shop@1.9",
        "shop@latest",
        "shop@2.0-rc1",
        "shop@1.10",
        "shop@2024-05-01",
        "shop@v2.0",
        "shop@2.0-rc10",
        "shop@2.0-rc2",
        "shop@1.0-alpine",
        "other@3.0");

    assertThat(refs(all(page -> templates().versions(SHOP, page), 100)))
        .containsExactly(
            "shop@2024-05-01",
            "shop@v2.0",
            "shop@2.0-rc10",
            "shop@2.0-rc2",
            "shop@2.0-rc1",
            "shop@1.10",
            "shop@1.9",
            "shop@1.0-alpine",
            "shop@latest");
  }

  @Test
  final void versions_ofUnknownTemplate_areNone() {
    Page<TemplateSummary> page = templates().versions(SHOP, PageRequest.first(10));

    assertThat(page.items()).isEmpty();
    assertThat(page.hasNext()).isFalse();
  }

  @Test
  final void versions_inPagesOfAnySize_areAllThereOnce() {
    createAll("shop@1.0", "shop@1.1", "shop@1.2", "shop@1.3", "shop@1.4", "shop@1.5");
    List<TemplateSummary> whole = all(page -> templates().versions(SHOP, page), 1000);

    for (int limit = 1; limit <= 7; limit++) {
      assertThat(all(page -> templates().versions(SHOP, page), limit)).isEqualTo(whole);
    }
  }

  @Test
  final void versions_whileVersionsAreAdded_neverRepeatOrMissOne() {
    createAll("shop@2", "shop@4", "shop@6", "shop@8");
    List<TemplateSummary> seen = new ArrayList<>();

    PageRequest request = PageRequest.first(2);
    Page<TemplateSummary> first = templates().versions(SHOP, request);
    seen.addAll(first.items());
    createAll("shop@9", "shop@7", "shop@3");
    Page<TemplateSummary> second = templates().versions(SHOP, request.after(first));
    seen.addAll(second.items());
    createAll("shop@10", "shop@5");
    seen.addAll(templates().versions(SHOP, new PageRequest(100, second.next())).items());

    assertThat(refs(seen)).startsWith("shop@8", "shop@6").doesNotHaveDuplicates();
    assertThat(refs(seen)).contains("shop@4", "shop@3", "shop@2");
  }

  @Test
  final void templates_areInOrderOfIdsEachWithItsGreatestVersion() {
    createAll("b@1.0", "b@2.0", "b@1.5", "B@1.0", "a@9", "a@10", "中@1", "é@1", "a-b@1", "a b@1");

    assertThat(refs(all(templates()::templates, 100)))
        .containsExactly("B@1.0", "a@10", "a b@1", "a-b@1", "b@2.0", "é@1", "中@1");
    assertThat(refs(all(templates()::templates, 2)))
        .isEqualTo(refs(all(templates()::templates, 100)));
  }

  @Test
  final void templates_withRareSigns_areInOrderOfCodePoints() {
    createAll("\ud83d\uded2@1", "\uffe6@1", "\ue000@1", "z@1", "\u4e2d@1");

    for (int limit : List.of(1, 2, 100)) {
      assertThat(refs(all(templates()::templates, limit)))
          .containsExactly("z@1", "\u4e2d@1", "\ue000@1", "\uffe6@1", "\ud83d\uded2@1");
    }
  }

  @Test
  final void templates_withIdsThatLookAlike_areKeptApart() {
    List<String> ids = List.of(
        "shop",
        "Shop",
        "SHOP",
        "shop ",
        "shop%",
        "sho_",
        "sh'p",
        "sh\"p",
        "sh\\p",
        "caf\u00e9",
        "cafe\u0301",
        "\uff53hop",
        "\ud83d\uded2",
        "\ud83d\uded3",
        "s".repeat(200));
    for (String id : ids) {
      VersionRef ref = new VersionRef(new TemplateId(id), Version.parse("1.0"));
      assertThat(templates()
              .create(version("shop@1.0").toBuilder().ref(ref).name(id).build()))
          .as(id)
          .isTrue();
    }

    for (String id : ids) {
      VersionRef ref = new VersionRef(new TemplateId(id), Version.parse("1.0"));
      assertThat(templates().find(ref).map(TemplateVersion::name)).as(id).contains(id);
      assertThat(templates().versions(ref.template(), PageRequest.first(2)).items())
          .as(id)
          .hasSize(1);
    }
    assertThat(
            all(templates()::templates, 1).stream().map(summary -> summary.ref().template()))
        .extracting(TemplateId::value)
        .doesNotHaveDuplicates()
        .hasSameElementsAs(ids);
  }

  @Test
  final void templates_whileTemplatesAreAdded_neverRepeatOrMissOne() {
    createAll("b@1", "d@1", "f@1");

    PageRequest request = PageRequest.first(2);
    Page<TemplateSummary> first = templates().templates(request);
    createAll("a@1", "c@1", "e@1", "b@2", "f@2");
    List<TemplateSummary> seen = new ArrayList<>(first.items());
    seen.addAll(templates().templates(new PageRequest(100, first.next())).items());

    assertThat(refs(seen)).containsExactly("b@1", "d@1", "e@1", "f@2");
  }

  @Test
  final void create_byManyAtOnce_isGrantedToOne() {
    List<Storage> handles = handlesForRace();

    List<Race.Outcome<Boolean>> outcomes = Race.run(i -> handles
        .get(i)
        .templates()
        .create(version("shop@1.0").toBuilder().notes("by runner " + i).build()));

    assertThat(outcomes).allMatch(Race.Outcome::succeeded);
    List<Race.Outcome<Boolean>> winners = outcomes.stream()
        .filter(outcome -> Boolean.TRUE.equals(outcome.value()))
        .toList();
    assertThat(winners).hasSize(1);
    assertThat(templates().find(VersionRef.parse("shop@1.0")).map(TemplateVersion::notes))
        .contains("by runner " + winners.get(0).runner());
  }

  @Test
  final void create_ofDifferentVersionsAtOnce_keepsThemAll() {
    List<Storage> handles = handlesForRace();

    List<Race.Outcome<Boolean>> outcomes =
        Race.run(i -> handles.get(i).templates().create(version("shop@1." + i)));

    assertThat(outcomes).allMatch(outcome -> Boolean.TRUE.equals(outcome.value()));
    assertThat(all(page -> templates().versions(SHOP, page), 3)).hasSize(Race.RUNNERS);
  }

  @Test
  final void versions_afterReopening_areStillThere() {
    if (!survivesReopen()) {
      return;
    }
    createAll("shop@1.0");
    storage.close();
    storage = anotherHandle();

    assertThat(templates().find(VersionRef.parse("shop@1.0"))).contains(version("shop@1.0"));
    assertThat(templates().create(version("shop@1.0"))).isFalse();
  }

  @Test
  final void anything_afterClose_isRefused() {
    storage.close();
    storage.close();

    assertThatThrownBy(() -> templates().create(version("shop@1.0")))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> templates().templates(PageRequest.first(1)))
        .isInstanceOf(IllegalStateException.class);
  }
}

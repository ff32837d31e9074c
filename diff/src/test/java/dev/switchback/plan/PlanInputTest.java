// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Digest;
import dev.switchback.model.Keyed;
import dev.switchback.model.RecordId;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.Build;
import dev.switchback.model.app.OperationKind;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.Image;
import dev.switchback.model.template.Stage;
import dev.switchback.model.template.TemplateVersion;
import dev.switchback.model.template.UpgradeRules;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

final class PlanInputTest {

  private static final PlanInput INPUT = PlanInput.builder(Site.APP).build();
  private static final AppState STATE =
      AppState.builder(Site.APP, Site.ref("1.0")).generation(1).build();
  private static final TemplateVersion VERSION = TemplateVersion.builder(
          Site.ref("2.0"), AppSpec.empty(), Digest.of("2.0"))
      .build();

  private static KnownVersion known(String version) {
    return new KnownVersion(
        Site.ref(version), Digest.of(version), Stage.RELEASED, UpgradeRules.none());
  }

  private static OperationRecord record(String id, long generation) {
    return OperationRecord.builder(new RecordId(id), Site.APP, OperationKind.EDIT)
        .baseGeneration(generation - 1)
        .resultGeneration(generation)
        .build();
  }

  private static Build build(String component, long sequence) {
    return new Build(
        Site.APP,
        new ComponentKey(component),
        "b" + sequence,
        sequence,
        Build.Status.SUCCESS,
        Image.of("a:" + sequence),
        "",
        Site.NOW);
  }

  /** Sets each part to something else than the default. */
  private static final List<UnaryOperator<PlanInput.Builder>> PARTS = List.of(
      input -> input.state(STATE),
      input -> input.stateDigest(Digest.of("state")),
      input -> input.now(Site.NOW),
      input -> input.validity(Duration.ofHours(1)),
      input -> input.target(VERSION),
      input -> input.versions(List.of(known("1.0"))),
      input -> input.earlier(STATE),
      input -> input.after(STATE),
      input -> input.laterRecords(List.of(record("r1", 2))),
      input -> input.builds(List.of(build("web", 1))),
      input -> input.artifactsChecked(true),
      input -> input.presentArtifacts(List.of(Digest.of("a"))),
      input -> input.running(Keyed.of(Component.builder("web").build())),
      input -> input.runningDigest(Digest.of("running")),
      input -> input.maxParallel(4));

  @Test
  void equals_anyPartIsOther_isAnotherInput() {
    for (UnaryOperator<PlanInput.Builder> part : PARTS) {
      PlanInput other = part.apply(INPUT.toBuilder()).build();

      assertThat(other).isNotEqualTo(INPUT).doesNotHaveSameHashCodeAs(INPUT);
      assertThat(part.apply(INPUT.toBuilder()).build()).isEqualTo(other).hasSameHashCodeAs(other);
      assertThat(other.toBuilder().build()).isEqualTo(other);
    }
    assertThat(PlanInput.builder(new AppId("other")).build()).isNotEqualTo(INPUT);
    assertThat(INPUT).isNotEqualTo("input");
  }

  @Test
  void build_partsInAnyOrder_areOrderedAndEqual() {
    PlanInput one = INPUT.toBuilder()
        .versions(List.of(known("1.10"), known("1.9")))
        .laterRecords(List.of(record("b", 3), record("a", 3), record("c", 2)))
        .builds(List.of(build("web", 2), build("web", 1), build("db", 9)))
        .presentArtifacts(List.of(Digest.of("x"), Digest.of("y"), Digest.of("x")))
        .build();
    PlanInput two = INPUT.toBuilder()
        .versions(List.of(known("1.9"), known("1.10")))
        .laterRecords(List.of(record("c", 2), record("a", 3), record("b", 3)))
        .builds(List.of(build("db", 9), build("web", 1), build("web", 2)))
        .presentArtifacts(List.of(Digest.of("y"), Digest.of("x")))
        .build();

    assertThat(one).isEqualTo(two);
    assertThat(one.versions()).containsExactly(known("1.9"), known("1.10"));
    assertThat(one.laterRecords())
        .extracting(each -> each.id().value())
        .containsExactly("c", "a", "b");
    assertThat(one.builds()).containsExactly(build("db", 9), build("web", 1), build("web", 2));
    assertThat(one.presentArtifacts()).hasSize(2).isSorted();
  }

  @Test
  void build_withoutAnything_saysWhatIsMissing() {
    assertThat(INPUT.state()).isEmpty();
    assertThat(INPUT.target()).isEmpty();
    assertThat(INPUT.running()).isEmpty();
    assertThat(INPUT.runningDigest()).isEmpty();
    assertThat(INPUT.artifactsChecked()).isFalse();
    assertThat(INPUT.validity()).isEqualTo(Duration.ofHours(24));
    assertThat(INPUT.maxParallel()).isEqualTo(10);
    Digest running = Digest.of("running");
    assertThat(INPUT.toBuilder().runningDigest(running).build().runningDigest()).contains(running);
  }

  @Test
  void maxParallel_belowOne_isRefused() {
    assertThat(INPUT.toBuilder().maxParallel(1).build().maxParallel()).isEqualTo(1);
    assertThatThrownBy(() -> INPUT.toBuilder().maxParallel(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid maxParallel: 0, at least one step has to run");
  }
}

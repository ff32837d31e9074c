// SPDX-License-Identifier: Apache-2.0
package dev.switchback.diff;

import static dev.switchback.diff.Fixtures.WEB;
import static dev.switchback.diff.Fixtures.app;
import static dev.switchback.diff.Fixtures.env;
import static dev.switchback.diff.Fixtures.web;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.switchback.model.ComponentKey;
import dev.switchback.model.Keyed;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import org.junit.jupiter.api.Test;

final class SpecEditorTest {

  private static final AppSpec START =
      app(web().env(Keyed.of(env("A", "1"), env("B", "1"))).build());

  @Test
  void finish_makesTheEditsAndLeavesTheStartAlone() {
    AppSpec result = SpecEditor.of(START)
        .put(Place.of(WEB, PropertyKind.ENV, "A"), env("A", "2"))
        .apply(new Change.Removed(Place.of(WEB, PropertyKind.ENV, "B"), env("B", "1")))
        .remove(Place.of(WEB, PropertyKind.ENV, "NEVER"))
        .put(Place.of(WEB, PropertyKind.MEMORY, ""), new Scalar(64))
        .put(Place.ofApp(PropertyKind.GOVERNANCE_MODE, ""), new Scalar("mesh"))
        .finish();

    assertThat(result)
        .isEqualTo(app(web().env(Keyed.of(env("A", "2"))).memoryMb(64).build()).toBuilder()
            .governanceMode("mesh")
            .build());
    assertThat(START.component(WEB).orElseThrow().env()).hasSize(2);
    assertThat(SpecEditor.of(START).finish()).isEqualTo(START);
  }

  @Test
  void finish_withComponentsAddedReplacedAndRemoved() {
    Component api = Component.builder("api").build();
    ComponentKey key = api.id();

    AppSpec both = SpecEditor.of(START)
        .put(Place.of(key), api)
        .put(Place.of(key, PropertyKind.COMMAND, ""), new Scalar("run"))
        .finish();
    assertThat(both.component(key).orElseThrow().command()).isEqualTo("run");
    assertThat(both.components()).hasSize(2);

    AppSpec replaced = SpecEditor.of(both)
        .put(Place.of(WEB, PropertyKind.COMMAND, ""), new Scalar("lost"))
        .put(Place.of(WEB), web().build())
        .remove(Place.of(key))
        .finish();
    assertThat(replaced).isEqualTo(app(web().build()));
  }

  @Test
  void finish_withAnItemOfAComponentThatIsNotThere_isRefused() {
    ComponentKey nobody = new ComponentKey("nobody");

    assertThat(
            SpecEditor.of(START).remove(Place.of(nobody, PropertyKind.ENV, "A")).finish())
        .isEqualTo(START);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SpecEditor.of(START)
            .put(Place.of(nobody, PropertyKind.ENV, "A"), env("A", "1"))
            .finish())
        .withMessage("Cannot edit component nobody: the app has no such component");
  }

  @Test
  void remove_ofWhatAlwaysHasAValue_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SpecEditor.of(START).remove(Place.of(WEB, PropertyKind.IMAGE, "")))
        .withMessage("Cannot remove image of web: it always has a value");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> SpecEditor.of(START).put(Place.of(WEB, PropertyKind.ENV, "A"), new Scalar("no")));
  }
}

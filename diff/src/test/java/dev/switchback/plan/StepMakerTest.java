// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.switchback.model.ComponentKey;
import dev.switchback.model.spec.AppSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class StepMakerTest {

  private static AppSpec spec(String... lines) {
    return SpecScript.apply(AppSpec.empty(), List.of(lines));
  }

  private static List<String> steps(AppSpec from, AppSpec to, String... unsettled) {
    Set<ComponentKey> failed =
        Set.copyOf(List.of(unsettled).stream().map(ComponentKey::new).toList());
    return StepMaker.make(from, to, failed, 10).waves().stream()
        .flatMap(wave -> wave.steps().stream())
        .map(step -> step.action() + " " + step.component() + ": " + step.reason())
        .toList();
  }

  /** Components c01, c02, … in a circle, all of one image. */
  private static AppSpec circle(int size, String image) {
    List<String> lines = new ArrayList<>();
    for (int i = 1; i <= size; i++) {
      lines.add(String.format(Locale.ROOT, "component c%02d", i));
      lines.add("  image " + image);
      lines.add(String.format(Locale.ROOT, "  depends c%02d", i % size + 1));
    }
    return SpecScript.apply(AppSpec.empty(), lines);
  }

  private static String cycle(int size) {
    List<Warning> warnings =
        StepMaker.make(circle(size, "a:1"), circle(size, "a:2"), Set.of(), 10).warnings();
    assertThat(warnings)
        .extracting(Warning::code, Warning::place)
        .containsExactly(tuple("dependency-cycle", "c01"));
    return warnings.get(0).message();
  }

  private static final AppSpec SHARING = spec(
      "component web",
      "  image web:1",
      "  plugin-use mesh",
      "plugin mesh image=mesh:1",
      "group common",
      "item common/MODE=dev",
      "member common/web",
      "resource ConfigMap/settings=1",
      "route web:80 old.example.com");

  @Test
  void make_sharedThingsThatGo_goWhenEveryComponentHasLetGoOfThem() {
    AppSpec to = spec("component api", "  image api:1", "resource Secret/token=1");

    assertThat(steps(SHARING, to))
        .containsExactly(
            "SHARED null: http-route, kubernetes-resource",
            "CREATE api: new component",
            "REMOVE web: component removed",
            "UNSHARE null: config-group, config-item, config-member, kubernetes-resource, plugin");
  }

  @Test
  void make_routeThatGoes_goesFirst() {
    AppSpec to = SpecScript.apply(SHARING, List.of("remove http-route web:80@old.example.com/"));

    assertThat(steps(SHARING, to)).containsExactly("SHARED null: http-route");
  }

  @Test
  void make_appThatGoes_goesWithWhatItSharesLast() {
    assertThat(steps(SHARING, AppSpec.empty()))
        .containsExactly(
            "REMOVE web: component removed",
            "UNSHARE null: config-group, config-item, config-member, http-route,"
                + " kubernetes-resource, plugin");
  }

  @Test
  void make_portWithAnotherAlias_restartsConsumersToo() {
    AppSpec from = spec(
        "component db",
        "  image db:1",
        "  port 1 alias=DB",
        "component web",
        "  image web:1",
        "  depends db");
    AppSpec renamed = SpecScript.apply(from, List.of("component db", "  port 1 alias=SQL"));
    AppSpec opened = SpecScript.apply(from, List.of("component db", "  port 1 alias=DB outer"));

    assertThat(steps(from, renamed))
        .containsExactly("UPDATE db: port", "UPDATE web: connection values of db");
    assertThat(steps(from, opened)).containsExactly("UPDATE db: port");
  }

  @Test
  void make_unsettled_isBuiltAgainIfItIsThereBeforeAndAfter() {
    AppSpec from = spec("component old", "  image a:1", "component web", "  image a:1");
    AppSpec to = spec("component new", "  image a:1", "component web", "  image a:1");

    assertThat(steps(from, to, "new", "old", "web"))
        .containsExactly(
            "CREATE new: new component",
            "BUILD web: its last step failed",
            "REMOVE old: component removed");
  }

  @Test
  void make_cycle_isSaidWithItsFirstTwenty() {
    assertThat(cycle(2))
        .isEqualTo("These components need each other, so none can be first: c01, c02");
    assertThat(cycle(20)).endsWith(", c19, c20");
    assertThat(cycle(23)).endsWith(", c19, c20 and 3 more");
  }

  private static List<List<String>> waves(AppSpec to, int maxParallel) {
    return StepMaker.make(AppSpec.empty(), to, Set.of(), maxParallel).waves().stream()
        .map(wave ->
            wave.steps().stream().map(step -> String.valueOf(step.component())).toList())
        .toList();
  }

  @Test
  void make_cycleLargerThanTheMaximum_isOneWave() {
    AppSpec alone = circle(5, "a:1");
    AppSpec among = SpecScript.apply(
        alone, List.of("component a", "  image a:1", "component c02x", "  image a:1"));

    assertThat(waves(alone, 2)).containsExactly(List.of("c01", "c02", "c03", "c04", "c05"));
    assertThat(waves(among, 3))
        .containsExactly(List.of("a"), List.of("c01", "c02", "c03", "c04", "c05"), List.of("c02x"));
    assertThat(waves(among, 6))
        .containsExactly(List.of("a", "c01", "c02", "c03", "c04", "c05"), List.of("c02x"));
    assertThat(waves(among, 7))
        .containsExactly(List.of("a", "c01", "c02", "c02x", "c03", "c04", "c05"));
  }

  @Test
  void make_noCycle_isCutAtTheMaximum() {
    AppSpec spec = spec(
        "component a", "  image a:1", "component b", "  image a:1", "component c", "  image a:1");

    assertThat(waves(spec, 2)).containsExactly(List.of("a", "b"), List.of("c"));
  }

  @Test
  void make_nothingShared_hasNoSharedStep() {
    AppSpec from = spec("component web", "  image a:1");
    AppSpec to = SpecScript.apply(from, List.of("governance mesh", "app-extra note=1"));

    assertThat(steps(from, from)).isEmpty();
    assertThat(steps(from, to)).noneMatch(step -> step.contains("app-extra"));
  }
}

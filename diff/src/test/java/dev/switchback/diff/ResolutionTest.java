// SPDX-License-Identifier: Apache-2.0
package dev.switchback.diff;

import static dev.switchback.diff.Fixtures.DB;
import static dev.switchback.diff.Fixtures.WEB;
import static dev.switchback.diff.Fixtures.env;
import static dev.switchback.diff.Fixtures.file;
import static dev.switchback.diff.Fixtures.port;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.diff.Resolution.Outcome;
import dev.switchback.model.Keyed;
import dev.switchback.model.Setting;
import dev.switchback.model.spec.Dependency;
import dev.switchback.model.spec.EnvVar;
import dev.switchback.model.spec.Graph;
import dev.switchback.model.spec.Label;
import dev.switchback.model.spec.Mount;
import dev.switchback.model.spec.Port;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ResolutionTest {

  private static ThreeWay.Row row(
      PropertyKind kind,
      Keyed.@Nullable Item base,
      Keyed.@Nullable Item recorded,
      Keyed.@Nullable Item target) {
    Keyed.Item any = recorded == null ? target : recorded;
    return new ThreeWay.Row(Fixtures.place(kind, any), base, recorded, target);
  }

  private static Resolution resolve(ThreeWay.Row row, Preset preset) {
    return row.resolve(row.place().property().rule(preset), key -> true);
  }

  @Test
  void resolve_ofAPort_takesProtocolAliasAndOpeningAndKeepsTheRest() {
    Port recorded = new Port(80, "http", "OLD", false, false, "web-here", "mine");
    Port target = new Port(80, "tcp", "NEW", true, true, "web", "theirs");
    ThreeWay.Row row = row(PropertyKind.PORT, recorded, recorded, target);

    for (Preset preset : new Preset[] {Preset.RAINBOND, Preset.PRESERVE_ENVIRONMENT}) {
      Resolution resolution = resolve(row, preset);

      assertThat(resolution.outcome()).isEqualTo(Outcome.APPLIED);
      assertThat(resolution.item())
          .contains(new Port(80, "tcp", "NEW", true, true, "web-here", "mine"));
      assertThat(resolution.applied())
          .extracting(FieldChange::field)
          .containsExactly("protocol", "alias", "inner", "outer");
      assertThat(resolution.kept())
          .containsExactly(
              new FieldChange("kubernetesName", "web-here", "web"),
              new FieldChange("name", "mine", "theirs"));
    }
  }

  @Test
  void resolve_ofAPortThatTheTemplateClosesOrDrops_keepsItOpen() {
    Port open = port(80, "http", "", true, true);
    Port closed = port(80, "http", "", false, false);

    Resolution closing = resolve(row(PropertyKind.PORT, open, open, closed), Preset.RAINBOND);
    assertThat(closing.outcome()).isEqualTo(Outcome.KEPT);
    assertThat(closing.item()).contains(open);
    assertThat(closing.kept()).extracting(FieldChange::field).containsExactly("inner", "outer");
    Resolution gone = resolve(row(PropertyKind.PORT, open, open, null), Preset.RAINBOND);
    assertThat(gone.outcome()).isEqualTo(Outcome.KEPT);
    assertThat(gone.item()).contains(open);
  }

  @Test
  void resolve_ofAnEnvValue_isKeptByBothPresetsAndTakenByExact() {
    ThreeWay.Row row = row(PropertyKind.ENV, env("A", "1"), env("A", "1"), env("A", "2"));

    assertThat(resolve(row, Preset.PRESERVE_ENVIRONMENT).item()).contains(env("A", "1"));
    assertThat(resolve(row, Preset.RAINBOND).outcome()).isEqualTo(Outcome.KEPT);
    assertThat(resolve(row, Preset.EXACT).item()).contains(env("A", "2"));
    assertThat(resolve(row, Preset.MERGE).item()).contains(env("A", "2"));
    assertThat(resolve(row(PropertyKind.ENV, null, null, env("A", "2")), Preset.RAINBOND)
            .outcome())
        .isEqualTo(Outcome.APPLIED);
  }

  @Test
  void resolve_ofAConfigFile_isUpdatedByRainbondOnly() {
    ThreeWay.Row row =
        row(PropertyKind.CONFIG_FILE, file("/a", "1"), file("/a", "1"), file("/a", "2"));

    assertThat(resolve(row, Preset.RAINBOND).item()).contains(file("/a", "2"));
    assertThat(resolve(row, Preset.PRESERVE_ENVIRONMENT).item()).contains(file("/a", "1"));
  }

  @Test
  void resolve_ofAGraph_takesTheQueryAndKeepsThePosition() {
    ThreeWay.Row row =
        row(PropertyKind.GRAPH, null, new Graph("g", "up", 1), new Graph("g", "down", 2));

    assertThat(resolve(row, Preset.RAINBOND).item()).contains(new Graph("g", "down", 1));
  }

  @Test
  void resolve_ofALabelTheOperatorSet_keepsIt() {
    ThreeWay.Row mine = row(PropertyKind.LABEL, null, new Label("zone", "a"), null);
    ThreeWay.Row both =
        row(PropertyKind.LABEL, null, new Label("zone", "a"), new Label("zone", "b"));

    assertThat(resolve(mine, Preset.RAINBOND).item()).contains(new Label("zone", "a"));
    assertThat(resolve(both, Preset.RAINBOND).item()).contains(new Label("zone", "a"));
    assertThat(resolve(mine, Preset.EXACT).item()).isEmpty();
  }

  @Test
  void resolve_ofAnEdge_isRemovedOnlyInsideTheTemplate() {
    ThreeWay.Row dependency = row(PropertyKind.DEPENDENCY, null, new Dependency(DB), null);
    ThreeWay.Row mount = row(PropertyKind.MOUNT, null, new Mount(DB, "data", "/data"), null);
    for (ThreeWay.Row row : new ThreeWay.Row[] {dependency, mount}) {
      Rule rule = row.place().property().rule(Preset.RAINBOND);

      assertThat(row.resolve(rule, key -> true).outcome()).isEqualTo(Outcome.APPLIED);
      assertThat(row.resolve(rule, WEB::equals).outcome()).isEqualTo(Outcome.KEPT);
      assertThat(row.resolve(rule, DB::equals).outcome()).isEqualTo(Outcome.KEPT);
      assertThat(row.resolve(Rule.apply(), WEB::equals).outcome()).isEqualTo(Outcome.APPLIED);
    }
  }

  @Test
  void resolve_ofAPortDerivedConnection_followsTheTemplateButIsNotRemoved() {
    EnvVar mine = new EnvVar("HOST", Setting.plain("a"), "", true, 80);
    EnvVar theirs = new EnvVar("HOST", Setting.plain("b"), "", true, 80);

    assertThat(resolve(row(PropertyKind.CONNECTION, mine, mine, theirs), Preset.RAINBOND)
            .item())
        .contains(theirs);
    assertThat(resolve(row(PropertyKind.CONNECTION, mine, mine, null), Preset.RAINBOND)
            .item())
        .contains(mine);
    assertThat(resolve(
                row(PropertyKind.CONNECTION, null, env("A", "1"), env("A", "2")), Preset.RAINBOND)
            .item())
        .contains(env("A", "1"));
  }

  @Test
  void resolve_merging_goesFieldByField() {
    Port base = port(80, "http", "A", true, false);
    Port operator = port(80, "http", "MINE", true, false);
    Port vendor = port(80, "tcp", "A", true, false);

    Resolution merged = resolve(row(PropertyKind.PORT, base, operator, vendor), Preset.MERGE);
    assertThat(merged.outcome()).isEqualTo(Outcome.APPLIED);
    assertThat(merged.item()).contains(port(80, "tcp", "MINE", true, false));
    assertThat(merged.applied()).extracting(FieldChange::field).containsExactly("protocol");
    assertThat(merged.kept()).extracting(FieldChange::field).containsExactly("alias");

    Port other = port(80, "tcp", "THEIRS", true, false);
    Resolution conflict = resolve(row(PropertyKind.PORT, base, operator, other), Preset.MERGE);
    assertThat(conflict.outcome()).isEqualTo(Outcome.CONFLICT);
    assertThat(conflict.conflicts()).containsExactly(new FieldChange("alias", "MINE", "THEIRS"));
    assertThat(conflict.item()).contains(port(80, "tcp", "MINE", true, false));
    assertThat(conflict).hasToString("CONFLICT");
  }

  @Test
  void resolve_mergingWithoutABase_isAConflict() {
    Resolution conflict =
        resolve(row(PropertyKind.ENV, null, env("A", "1"), env("A", "2")), Preset.MERGE);

    assertThat(conflict.outcome()).isEqualTo(Outcome.CONFLICT);
    assertThat(conflict.item()).contains(env("A", "1"));
  }

  @Test
  void resolve_mergingARemoval_dependsOnWhoChanged() {
    EnvVar base = env("A", "1");
    EnvVar edited = env("A", "2");

    assertThat(resolve(row(PropertyKind.ENV, base, base, null), Preset.MERGE).item())
        .isEmpty();
    assertThat(resolve(row(PropertyKind.ENV, base, null, base), Preset.MERGE).item())
        .isEmpty();
    assertThat(resolve(row(PropertyKind.ENV, base, edited, null), Preset.MERGE).outcome())
        .isEqualTo(Outcome.CONFLICT);
    assertThat(resolve(row(PropertyKind.ENV, base, null, edited), Preset.MERGE).outcome())
        .isEqualTo(Outcome.CONFLICT);
    assertThat(resolve(row(PropertyKind.ENV, null, base, null), Preset.MERGE).item())
        .contains(base);
    assertThat(
            resolve(row(PropertyKind.ENV, base, edited, edited), Preset.EXACT).outcome())
        .isEqualTo(Outcome.KEPT);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.switchback.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.switchback.diff.Diff;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Keyed;
import dev.switchback.model.Obstacle;
import dev.switchback.model.RefusedException;
import dev.switchback.model.Setting;
import dev.switchback.model.app.OperationKind;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.EnvVar;
import dev.switchback.model.spec.Probe;
import dev.switchback.plan.Decision;
import dev.switchback.plan.Edit;
import dev.switchback.plan.EditRequest;
import dev.switchback.plan.Plan;
import dev.switchback.plan.PlanRequest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class PlanJsonTest {

  private static final ComponentKey WEB = new ComponentKey("web");

  static Stream<PlanRequest> requests() {
    return PlanValues.requests().stream();
  }

  @ParameterizedTest
  @MethodSource("requests")
  void readOfWrite_requestOfAnyKind_isTheRequest(PlanRequest request) {
    Plan plan = Plan.builder(request.operation(), FullValues.APP, request).build();
    String json = JsonFormats.plan().text(plan);
    assertThat(JsonFormats.plan().read(json)).isEqualTo(plan);
    assertThat(JsonFormats.plan().text(JsonFormats.plan().read(json))).isEqualTo(json);
  }

  @Test
  void write_editThatSetsSecrets_hidesThemAndCannotBeReadBack() {
    EditRequest request = EditRequest.of(
        new Edit.SetEnv(WEB, "TOKEN", Setting.secret("hunter2")),
        new Edit.SetConfigFile(WEB, "/key", Setting.secret("hunter3")),
        new Edit.SetConfigItem("g", "n", Setting.secret("hunter4")));
    String json = JsonFormats.plan()
        .text(Plan.builder(OperationKind.EDIT, FullValues.APP, request).build());
    assertThat(json).contains("{\"masked\":\"(secret)\"}").doesNotContain("hunter");
    RefusedException refusal =
        catchThrowableOfType(RefusedException.class, () -> JsonFormats.plan().read(json));
    assertThat(refusal.obstacles())
        .extracting(Obstacle::place)
        .containsExactly(
            "$.request.edit.edits[0].set-env.value.masked",
            "$.request.edit.edits[1].set-config-file.content.masked",
            "$.request.edit.edits[2].set-config-item.value.masked");
  }

  @Test
  void write_editWithSecretsInPlainText_hidesThemToo() {
    Probe probe = new Probe(
        "readiness",
        "cmd",
        "",
        0,
        "check --token=hunter5",
        "Authorization: hunter6",
        1,
        1,
        1,
        1,
        1,
        true);
    EditRequest request = EditRequest.of(
        new Edit.SetCommand(WEB, "run --token=hunter2"),
        new Edit.SetEnv(WEB, "PASSWORD", Setting.plain("hunter3")),
        new Edit.SetLabel(WEB, "api-token", "hunter4"),
        new Edit.SetProbe(WEB, probe),
        new Edit.SetConfigFile(WEB, "/etc/app", Setting.plain("password: hunter7")),
        new Edit.SetConfigItem("g", "PASSWORD", Setting.plain("hunter8")));
    String json = JsonFormats.plan()
        .text(Plan.builder(OperationKind.EDIT, FullValues.APP, request).build());
    assertThat(json).doesNotContain("hunter");
    RefusedException refusal =
        catchThrowableOfType(RefusedException.class, () -> JsonFormats.plan().read(json));
    assertThat(refusal.obstacles())
        .hasSize(7)
        .extracting(Obstacle::code)
        .containsOnly("json-masked");
  }

  @Test
  void read_unknownKindOfRequest_isRefusedWithTheKnownOnes() {
    String json =
        JsonFormats.plan().text(PlanValues.plan()).replace("{\"upgrade\":", "{\"migrate\":");
    RefusedException refusal =
        catchThrowableOfType(RefusedException.class, () -> JsonFormats.plan().read(json));
    assertThat(refusal.obstacles())
        .extracting(Obstacle::place)
        .containsExactly("$.request.migrate");
  }

  @Test
  void diff_ofSpecs_showsEachChangeWithoutSecrets() {
    AppSpec from = spec(new EnvVar("TOKEN", Setting.secret("hunter2"), "", true, 0));
    AppSpec to = spec(
        new EnvVar("TOKEN", Setting.secret("hunter3"), "", true, 0),
        new EnvVar("TZ", Setting.plain("UTC"), "", true, 0));
    assertThat(new String(JsonFormats.diff(Diff.between(from, to)), UTF_8))
        .startsWith("{\"changes\":[{")
        .endsWith("\"format\":\"switchback.diff/1\"}")
        .contains("\"type\":\"edited\"", "\"type\":\"added\"", "\"item\":\"TZ\"", "\"env\"")
        .doesNotContain("hunter");
    assertThat(new String(JsonFormats.diff(Diff.between(from, from)), UTF_8))
        .isEqualTo("{\"format\":\"switchback.diff/1\"}");
  }

  @Test
  void diff_withANewComponent_showsWhatIsInside() {
    AppSpec to = spec(
        new EnvVar("TOKEN", Setting.secret("hunter3"), "", true, 0),
        new EnvVar("TZ", Setting.plain("UTC"), "", true, 0));
    assertThat(new String(JsonFormats.diff(Diff.between(AppSpec.empty(), to)), UTF_8))
        .contains("\"content\":[{\"item\":\"TOKEN\",\"property\":\"env\",\"value\":\"(secret)\"},"
            + "{\"item\":\"TZ\",\"property\":\"env\",\"value\":\"UTC\"}]")
        .doesNotContain("hunter");
  }

  @Test
  void readOfWrite_planWithANewComponent_keepsWhatIsInside() {
    Decision added = PlanValues.addition();
    Plan plan = PlanValues.plan().toBuilder().decisions(List.of(added)).build();
    assertThat(JsonFormats.plan().read(JsonFormats.plan().text(plan)).decisions())
        .containsExactly(added);
  }

  private static AppSpec spec(EnvVar... env) {
    return AppSpec.builder()
        .components(Keyed.of(Component.builder("web").env(Keyed.of(env)).build()))
        .build();
  }
}

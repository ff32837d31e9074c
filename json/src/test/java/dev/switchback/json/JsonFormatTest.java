// SPDX-License-Identifier: Apache-2.0
package dev.switchback.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.switchback.model.AppId;
import dev.switchback.model.Obstacle;
import dev.switchback.model.RefusedException;
import dev.switchback.model.Setting;
import dev.switchback.model.app.Lease;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import java.util.List;
import org.junit.jupiter.api.Test;

final class JsonFormatTest {

  @Test
  void write_emptySpec_isNothingButItsFormat() {
    assertThat(JsonFormats.appSpec().text(AppSpec.empty()))
        .isEqualTo("{\"format\":\"switchback.spec/1\"}");
  }

  @Test
  void write_halfSurrogatePair_isACallersBug() {
    AppSpec spec = AppSpec.builder().governanceMode("a\ud800b").build();
    assertThatThrownBy(() -> JsonFormats.appSpec().write(spec))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("surrogate");
  }

  @Test
  void read_halfSurrogatePair_isRefused() {
    assertThat(problems("{'format':'switchback.spec/1','governanceMode':'\\ud800'}"))
        .singleElement()
        .extracting(Obstacle::place)
        .isEqualTo("$.governanceMode");
  }

  @Test
  void read_fieldsInAnyOrderWithSpace_isTheSameValue() {
    AppSpec spec = JsonFormats.appSpec()
        .read(json(" { 'governanceMode' : 'x',\n 'format' : 'switchback.spec/1' } "));
    assertThat(spec).isEqualTo(AppSpec.builder().governanceMode("x").build());
  }

  @Test
  void read_manyProblems_namesAllWithTheirPaths() {
    List<Obstacle> problems = problems("""
            {'format':'switchback.spec/1','governanceMode':5,'tomorrow':{'a':[1]},
             'components':[
               {'key':'a','memoryMb':'much','ports':[{'number':0},{'protocol':'tcp'},7]},
               {'name':'no key'},
               {'key':'b','memoryMb':1.5,'env':[{'name':'x','value':{'secret':1}}]},
               {'key':'c','image':{'digest':'sha256:12'},'arch':null}],
             'httpRoutes':[{'component':'a','headers':{'odd name':true}}]}
            """);
    assertThat(problems)
        .extracting(Obstacle::place)
        .containsExactly(
            "$.governanceMode",
            "$.tomorrow",
            "$.components[0].memoryMb",
            "$.components[0].ports[0]",
            "$.components[0].ports[1]",
            "$.components[0].ports[2]",
            "$.components[1]",
            "$.components[2].memoryMb",
            "$.components[2].env[0].value.secret",
            "$.components[3].image.digest",
            "$.components[3].arch",
            "$.httpRoutes[0].headers['odd name']");
    assertThat(problems.get(1).nextStep()).contains("newer version");
    assertThat(problems.get(4).message()).contains("\"number\" is missing");
  }

  @Test
  void read_keyTwice_isRefusedAndNamed() {
    assertThat(problems("{'format':'switchback.spec/1','components':[{'key':'a'},{'key':'a'}]}"))
        .singleElement()
        .satisfies(problem -> assertThat(problem.place()).isEqualTo("$.components"))
        .satisfies(problem -> assertThat(problem.message()).contains("'a' stands twice"));
  }

  @Test
  void read_fieldTwice_isRefused() {
    assertThat(problems("{'format':'switchback.spec/1','governanceMode':'a','governanceMode':'b'}"))
        .singleElement()
        .extracting(Obstacle::code)
        .isEqualTo("json-duplicate-field");
  }

  @Test
  void read_newerFormat_saysSoAndNothingElse() {
    assertThat(problems("{'a':1,'components':3,'format':'switchback.spec/2','z':0}"))
        .singleElement()
        .satisfies(problem -> assertThat(problem.code()).isEqualTo("json-format"))
        .satisfies(problem -> assertThat(problem.place()).isEqualTo("$.format"))
        .satisfies(problem -> assertThat(problem.message()).contains("switchback.spec/2"))
        .satisfies(problem -> assertThat(problem.nextStep()).contains("newer version"));
  }

  @Test
  void read_otherKindOfDocument_isRefused() {
    assertThat(problems(JsonFormats.lease().text(FullValues.lease()).replace('"', '\'')))
        .singleElement()
        .extracting(Obstacle::nextStep)
        .isEqualTo("check that this is the right document");
  }

  @Test
  void read_noFormat_isRefused() {
    assertThat(problems("{}")).singleElement().extracting(Obstacle::code).isEqualTo("json-format");
  }

  @Test
  void read_notJson_namesThePlaceAndNotTheText() {
    RefusedException refusal = catchThrowableOfType(
        RefusedException.class,
        () -> JsonFormats.appSpec().read(json("{'format':'switchback.spec/1','x': hunter2}")));
    assertThat(refusal).hasMessageContaining("line 1").hasMessageNotContaining("hunter2");
  }

  @Test
  void read_emptyOrTrailing_isRefused() {
    assertThat(problems("")).singleElement().extracting(Obstacle::code).isEqualTo("json-syntax");
    assertThat(problems("{'format':'switchback.spec/1'} {}"))
        .singleElement()
        .extracting(Obstacle::code)
        .isEqualTo("json-syntax");
    assertThat(problems("[]")).singleElement().extracting(Obstacle::place).isEqualTo("$");
  }

  @Test
  void read_deepNesting_isRefused() {
    assertThat(problems("{'x':" + "[".repeat(100_000)))
        .extracting(Obstacle::code)
        .contains("json-syntax");
  }

  @Test
  void read_thousandsOfProblems_namesTheFirstHundred() {
    assertThat(problems("{'format':'switchback.spec/1','components':[" + "1,".repeat(999) + "1]}"))
        .hasSize(101)
        .last()
        .extracting(Obstacle::message)
        .isEqualTo("900 further problems");
  }

  @Test
  void read_greatNumber_isExactAsTextAndRefusedWhenTooGreat() {
    String lease = """
        {'acquiredAt':'2026-01-01T00:00:00Z','app':'a','expiresAt':'2026-01-01T00:00:00Z',
         'fence':%s,'format':'switchback.lease/1','holder':'h'}
        """;
    Lease read = JsonFormats.lease().read(json(lease.formatted("'9223372036854775807'")));
    assertThat(read.fence()).isEqualTo(Long.MAX_VALUE);
    assertThat(read.app()).isEqualTo(new AppId("a"));
    for (String fence : List.of("9223372036854775808", "'12a'", "-1", "1e3", "'2026'x")) {
      assertThatThrownBy(() -> JsonFormats.lease().read(json(lease.formatted(fence))))
          .as(fence)
          .isInstanceOf(RefusedException.class);
    }
  }

  @Test
  void write_settings_tellsSecretsAndMarksApart() {
    Component component = FullValues.component();
    String text = JsonFormats.component().text(component);
    assertThat(text)
        .contains("{\"name\":\"EMPTY\"}")
        .contains("\"value\":{\"generated\":\"db\"}")
        .contains("\"value\":{\"secret\":\"k\\\"1\\n\"}")
        .contains("\"value\":\"UTC\"");
    assertThat(JsonFormats.component().read(text).env().find("DB_PASSWORD"))
        .hasValueSatisfying(env -> assertThat(env.value()).isEqualTo(Setting.generated("db")));
  }

  private static List<Obstacle> problems(String spec) {
    RefusedException refusal =
        catchThrowableOfType(RefusedException.class, () -> JsonFormats.appSpec().read(json(spec)));
    assertThat(refusal).hasMessageContaining("Cannot read a document of format switchback.spec/1");
    return refusal.obstacles();
  }

  private static String json(String text) {
    return text.replace('\'', '"');
  }
}

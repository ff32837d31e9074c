// SPDX-License-Identifier: Apache-2.0
package dev.switchback.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.deploy.Observation;
import dev.switchback.deploy.Observation.Health;
import dev.switchback.diff.Place;
import dev.switchback.diff.PropertyKind;
import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Setting;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.ComponentResult;
import dev.switchback.model.app.FollowUp;
import dev.switchback.model.app.RecordStatus;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.ConfigFile;
import dev.switchback.model.spec.EnvVar;
import dev.switchback.plan.Decision;
import dev.switchback.plan.Verdict;
import dev.switchback.testkit.simulation.SimulatedBackend;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Tells the story once and looks at it from all sides. */
@TestInstance(Lifecycle.PER_CLASS)
final class UpgradeStoryTest {

  private static final AppId SHOP = new AppId("corner-shop");
  private static final ComponentKey WEB = new ComponentKey("web");
  private static final ComponentKey API = new ComponentKey("api");
  private static final ComponentKey CACHE = new ComponentKey("cache");

  private final SimulatedBackend backend = new SimulatedBackend();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private UpgradeStory.Outcome outcome;
  private Path directory;

  @BeforeAll
  void tell(@TempDir Path directory) throws Exception {
    this.directory = directory;
    outcome = new UpgradeStory(
            directory, StoryPlatform.of(backend), new PrintStream(printed, true, UTF_8))
        .tell();
  }

  @AfterAll
  void close() {
    backend.close();
  }

  @Test
  void install_drawsSecretsAndSharesThemByGroup() {
    AppSpec spec = outcome.before().spec();
    Setting password = env(spec, "db", "POSTGRES_PASSWORD");

    assertThat(password.isSecret()).isTrue();
    assertThat(password.reveal()).isNotBlank().doesNotContain("None");
    assertThat(component(spec, "db")
            .connections()
            .find("DB_PASSWORD")
            .orElseThrow()
            .value())
        .isEqualTo(password);
    assertThat(env(spec, "api", "SESSION_SECRET").reveal()).isNotEqualTo(password.reveal());
  }

  @Test
  void plan_decidesEveryPropertyOnce() {
    List<Place> places =
        outcome.upgradePlan().decisions().stream().map(Decision::place).toList();

    assertThat(outcome.upgradePlan().isExecutable()).isTrue();
    assertThat(places).doesNotHaveDuplicates();
    assertThat(places)
        .contains(
            new Place(PropertyKind.IMAGE, WEB, ""),
            new Place(PropertyKind.COMPONENT, CACHE, "cache"),
            new Place(PropertyKind.PROBE, API, "readiness"),
            new Place(PropertyKind.DEPENDENCY, API, "cache"));
  }

  @Test
  void plan_appliesWhatIsNewAndKeepsWhatTheSiteHas() {
    assertThat(verdict(PropertyKind.IMAGE, WEB, "")).isEqualTo(Verdict.APPLY);
    assertThat(verdict(PropertyKind.COMPONENT, CACHE, "cache")).isEqualTo(Verdict.APPLY);
    assertThat(verdict(PropertyKind.ENV, API, "CACHE_TTL_SECONDS")).isEqualTo(Verdict.APPLY);
    assertThat(verdict(PropertyKind.ENV, WEB, "PAGE_SIZE")).isEqualTo(Verdict.KEEP);
    assertThat(verdict(PropertyKind.ENV, WEB, "BANNER")).isEqualTo(Verdict.KEEP);
    assertThat(verdict(PropertyKind.ENV, API, "DB_POOL_SIZE")).isEqualTo(Verdict.KEEP);
    assertThat(verdict(PropertyKind.CONFIG_FILE, WEB, "/etc/nginx/conf.d/shop.conf"))
        .isEqualTo(Verdict.KEEP);
  }

  @Test
  void plan_namesTheRuleOfEveryDecision() {
    assertThat(outcome.upgradePlan().decisions()).extracting(Decision::rule).doesNotContain("");
  }

  @Test
  void plan_listsWhatTheOperatorHasToDo() {
    assertThat(outcome.upgradePlan().followUps())
        .extracting(FollowUp::component, FollowUp::item, FollowUp::before, FollowUp::after)
        .contains(
            org.assertj.core.groups.Tuple.tuple(WEB, "PAGE_SIZE", "36", "48"),
            org.assertj.core.groups.Tuple.tuple(API, "DB_POOL_SIZE", "10", "20"));
    assertThat(outcome.upgrade().followUps()).isEqualTo(outcome.upgradePlan().followUps());
  }

  @Test
  void upgrade_succeedsAndReachesTheNewVersion() {
    assertThat(outcome.upgrade().status()).isEqualTo(RecordStatus.SUCCEEDED);
    assertThat(outcome.upgrade().results())
        .extracting(ComponentResult::outcome)
        .containsOnly(ComponentResult.Outcome.DONE);
    assertThat(outcome.upgraded().version().version().text()).isEqualTo("2.0");
    assertThat(outcome.upgraded().generation()).isEqualTo(outcome.before().generation() + 1);
    assertThat(component(outcome.upgraded().spec(), "web").image().reference())
        .endsWith("/web:2.0.1");
    assertThat(outcome.upgraded().spec().component(CACHE)).isPresent();
  }

  @Test
  void upgrade_touchesNoEnvConfigFileOrVolumeThatWasThere() {
    for (Component before : outcome.before().spec().components()) {
      Component after = component(outcome.upgraded().spec(), before.key());
      for (EnvVar variable : before.env()) {
        assertThat(after.env().find(variable.key())).contains(variable);
      }
      for (ConfigFile file : before.configFiles()) {
        assertThat(after.configFiles().find(file.key())).contains(file);
      }
      assertThat(after.volumes()).isEqualTo(before.volumes());
    }
    assertThat(env(outcome.upgraded().spec(), "web", "PAGE_SIZE").reveal()).isEqualTo("36");
  }

  @Test
  void rollback_bringsEveryEarlierComponentBackAsItWas() {
    assertThat(outcome.rollback().status()).isEqualTo(RecordStatus.ROLLED_BACK);
    assertThat(outcome.rollback().parent()).contains(outcome.upgrade().id());
    assertThat(outcome.after().version()).isEqualTo(outcome.before().version());
    assertThat(outcome.after().generation()).isEqualTo(outcome.upgraded().generation() + 1);
    for (Component before : outcome.before().spec().components()) {
      assertThat(component(outcome.after().spec(), before.key())).isEqualTo(before);
    }
  }

  @Test
  void rollback_leavesTheAddedComponentAndSaysSo() {
    Set<String> keys = new TreeSet<>();
    outcome.after().spec().components().forEach(component -> keys.add(component.key()));

    assertThat(keys).containsExactly("api", "cache", "db", "web", "worker");
    assertThat(outcome.rollback().followUps()).anySatisfy(followUp -> {
      assertThat(followUp.component()).isEqualTo(CACHE);
      assertThat(followUp.kind()).isEqualTo(PropertyKind.COMPONENT.code());
    });
    assertThat(outcome.rollback().followUps()).isEqualTo(outcome.rollbackPlan().followUps());
  }

  @Test
  void backend_runsExactlyWhatIsRecorded() {
    AppState recorded = outcome.after();

    assertThat(backend.observe(SHOP))
        .hasSize(recorded.spec().components().size())
        .allSatisfy(seen -> {
          assertThat(seen.health()).isEqualTo(Health.READY);
          assertThat(runningImage(seen))
              .isEqualTo(
                  component(recorded.spec(), seen.component().value()).image().reference());
        });
    assertThat(backend.serving(SHOP, WEB)).hasValueSatisfying(web -> {
      assertThat(web.image().reference()).endsWith("/web:1.0.4");
      assertThat(web.env().find("PAGE_SIZE").orElseThrow().value().reveal()).isEqualTo("36");
    });
  }

  @Test
  void story_printsNoSecret() {
    AppSpec spec = outcome.after().spec();

    assertThat(printed.toString(UTF_8))
        .doesNotContain(
            env(spec, "db", "POSTGRES_PASSWORD").reveal(),
            env(spec, "api", "SESSION_SECRET").reveal(),
            component(spec, "cache")
                .connections()
                .find("CACHE_PASSWORD")
                .orElseThrow()
                .value()
                .reveal());
  }

  @Test
  void story_printsTheTablesThatItReturns() {
    assertThat(printed.toString(UTF_8))
        .contains("PAGE_SIZE", "36", "48", "registry.shop.example/web:2.0.1", "cache");
  }

  @Test
  void story_leavesTwoPackages() throws Exception {
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(file -> String.valueOf(file.getFileName())))
          .contains("shop-1.0.tar", "shop-2.0.tar");
    }
  }

  private Verdict verdict(PropertyKind property, ComponentKey component, String item) {
    return outcome.upgradePlan().decisions().stream()
        .filter(decision -> decision.place().equals(new Place(property, component, item)))
        .map(Decision::verdict)
        .findFirst()
        .orElseThrow(() ->
            new AssertionError("no decision about " + property + " " + component + " " + item));
  }

  private static String runningImage(Observation seen) {
    return Objects.requireNonNull(seen.image()).reference();
  }

  private static Setting env(AppSpec spec, String component, String name) {
    return component(spec, component).env().find(name).orElseThrow().value();
  }

  private static Component component(AppSpec spec, String key) {
    return spec.component(new ComponentKey(key)).orElseThrow();
  }
}

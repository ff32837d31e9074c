// SPDX-License-Identifier: Apache-2.0
package dev.switchback.diff;

import static dev.switchback.diff.Fixtures.app;
import static dev.switchback.diff.Fixtures.installed;
import static dev.switchback.diff.Fixtures.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.switchback.diff.Matching.By;
import dev.switchback.diff.Matching.Pair;
import dev.switchback.diff.Matching.Suggestion;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Keyed;
import dev.switchback.model.Obstacle;
import dev.switchback.model.VersionRef;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.Origin;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.ConfigMember;
import dev.switchback.model.spec.Dependency;
import dev.switchback.model.spec.Mount;
import dev.switchback.model.spec.StreamRoute;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class MatchingTest {

  private static ComponentKey key(String key) {
    return new ComponentKey(key);
  }

  private static Component component(String key, String shareUuid, String name) {
    return Component.builder(key).shareUuid(shareUuid).name(name).build();
  }

  private static Component component(String key) {
    return component(key, "", "");
  }

  private static Matching match(AppState installed, AppSpec target) {
    return Matching.of(installed, target, Map.of());
  }

  @Test
  void of_triesKeyThenShareUuidThenSource() {
    AppState installed = installed(app(
        component("a", "x+1", ""),
        component("b", "y+2", ""),
        component("c", "z+3", ""),
        component("d")));
    AppSpec target = app(
        component("a", "y+2", ""),
        component("b2", "y+2", ""),
        component("c2", "zz+3", ""),
        component("e"));

    Matching matching = match(installed, target);

    assertThat(matching.pairs().values())
        .containsExactly(
            new Pair(key("a"), key("a"), By.KEY),
            new Pair(key("b"), key("b2"), By.SHARE_UUID),
            new Pair(key("c"), key("c2"), By.SOURCE));
    assertThat(matching.added()).containsExactly(key("e"));
    assertThat(matching.gone()).containsExactly(key("d"));
    assertThat(matching.obstacles()).isEmpty();
    assertThat(matching.installedKey(key("c2"))).contains(key("c"));
    assertThat(matching.installedKey(key("c"))).isEmpty();
    assertThat(matching.templateKey(key("c"))).contains(key("c2"));
    assertThat(matching.templateKey(key("d"))).isEmpty();
  }

  @Test
  void of_withAbsentIds_neverMatchesThem() {
    AppState installed = installed(app(
        component("a"),
        component("b", "+1", ""),
        component("c", "1+", ""),
        component("d", "x+y+2", "")));
    AppSpec target = app(
        component("x"),
        component("y", "z+", ""),
        component("z", "+", ""),
        component("q", "w++1", ""),
        component("r", "2+1", ""),
        component("s", "u+y+2", ""));

    Matching matching = match(installed, target);

    assertThat(matching.pairs()).isEmpty();
    assertThat(matching.gone()).hasSize(4);
    assertThat(matching.added()).hasSize(6);
    assertThat(matching.obstacles()).isEmpty();
    assertThat(matching.suggestions()).isEmpty();
  }

  @Test
  void of_goesByTheKeyInTheTemplate_beforeTheKeyInTheApp() {
    AppSpec spec = app(component("shop-web"), component("web"));
    TreeMap<ComponentKey, Origin> origins = new TreeMap<>();
    origins.put(key("shop-web"), new Origin(version("1.0"), key("web")));
    AppState installed = installed(spec).toBuilder().origins(origins).build();

    Matching matching = match(installed, app(component("web")));

    assertThat(matching.pairs().values())
        .containsExactly(new Pair(key("shop-web"), key("web"), By.KEY));
    assertThat(matching.gone()).containsExactly(key("web"));
    AppState withoutOrigins = installed.toBuilder().origins(new TreeMap<>()).build();
    assertThat(match(withoutOrigins, app(component("web"))).pairs()).containsKey(key("web"));
  }

  @Test
  void of_obeysTheMapBeforeEverything() {
    AppState installed = installed(app(component("a"), component("b")));
    AppSpec target = app(component("a"), component("b"));

    Matching matching =
        Matching.of(installed, target, Map.of(key("a"), key("b"), key("b"), key("a")));

    assertThat(matching.pairs().values())
        .containsExactly(
            new Pair(key("a"), key("b"), By.MAP), new Pair(key("b"), key("a"), By.MAP));
  }

  @Test
  void of_withAWrongMap_namesEveryWrongEntry() {
    AppState installed = installed(app(component("a"), component("b"), component("c", "", "C")));
    AppSpec target = app(component("t"));

    Matching matching = Matching.of(
        installed,
        target,
        Map.of(key("a"), key("t"), key("c"), key("t"), key("no"), key("t"), key("b"), key("nix")));

    assertThat(matching.obstacles())
        .extracting(Obstacle::code, Obstacle::message)
        .containsExactly(
            tuple(
                "match-unknown",
                "Cannot match by the entry b = nix: component nix of the template does not exist"),
            tuple(
                "match-unknown",
                "Cannot match by the entry no = t: installed component no does not exist"),
            tuple(
                "match-twice",
                "Cannot match component t of the template: it stands for a, C (c) and can stand for one"));
    assertThat(matching.pairs()).isEmpty();
    assertThat(matching.added()).isEmpty();
    assertThat(matching.gone()).containsExactly(key("b"));
  }

  @Test
  void of_withTwoCopiesOfAComponent_namesTheCandidatesAndMatchesNeither() {
    AppState installed = installed(
        app(component("a", "x+1", "A"), component("b", "x+1", ""), component("c", "", "")));
    AppSpec target = app(component("t", "x+1", "T"), component("u", "y+1", ""));

    Matching matching = match(installed, target);

    assertThat(matching.pairs()).isEmpty();
    assertThat(matching.obstacles())
        .extracting(Obstacle::code, Obstacle::message)
        .containsExactly(tuple(
            "match-ambiguous",
            "Cannot match by the share uuid 'x+1': installed A (a), b and, in the template, T (t) have"
                + " it"));
    assertThat(matching.obstacles().get(0).nextStep()).isNotBlank();
    assertThat(matching.added()).containsExactly(key("u"));
    assertThat(Matching.of(installed, target, Map.of(key("a"), key("t"))).obstacles())
        .as("what the map decides is not ambiguous; b now fits u by its source")
        .isEmpty();
  }

  @Test
  void of_withTheSameTemplateKeyTwice_isAmbiguous() {
    TreeMap<ComponentKey, Origin> origins = new TreeMap<>();
    origins.put(key("a"), new Origin(version("1.0"), key("web")));
    origins.put(key("b"), new Origin(version("1.0"), key("web")));
    AppState installed = installed(app(component("a"), component("b"))).toBuilder()
        .origins(origins)
        .build();

    assertThat(match(installed, app(component("web"))).obstacles())
        .extracting(Obstacle::message)
        .containsExactly(
            "Cannot match by the key 'web': installed a, b and, in the template, web have it");
  }

  @Test
  void of_withACopyUnderAnotherKey_isAmbiguousThoughOneKeptItsKey() {
    TreeMap<ComponentKey, Origin> origins = new TreeMap<>();
    for (String here : List.of("api", "copy", "web")) {
      origins.put(key(here), new Origin(version("1.0"), key(here.equals("copy") ? "web" : here)));
    }
    AppSpec spec = app(component("api"), component("copy"), component("web"));
    AppState installed = installed(spec).toBuilder().origins(origins).build();

    Matching matching = match(installed, app(component("api"), component("web")));

    assertThat(matching.pairs().values()).containsExactly(new Pair(key("api"), key("api"), By.KEY));
    assertThat(matching.obstacles())
        .extracting(Obstacle::message)
        .containsExactly(
            "Cannot match by the key 'web': installed copy, web and, in the template, web have it");
  }

  @Test
  void of_withTheSameName_suggestsOnly() {
    AppState installed = installed(app(component("a", "", "Web"), component("b", "", "Web")));
    AppSpec target = app(component("t", "", "Web"), component("u", "", "Other"));

    Matching matching = match(installed, target);

    assertThat(matching.pairs()).isEmpty();
    assertThat(matching.suggestions())
        .containsExactly(new Suggestion(
            "Web", java.util.List.of(key("a"), key("b")), java.util.List.of(key("t"))));
  }

  @Test
  void rekey_replacesTheKeyEverywhere() {
    AppState installed = installed(app(component("here", "u+1", "")));
    AppSpec target = app(
            Component.builder("there").shareUuid("u+1").build(),
            Component.builder("new")
                .dependencies(
                    Keyed.of(new Dependency(key("there")), new Dependency(key("outside"))))
                .mounts(Keyed.of(new Mount(key("there"), "data", "/data")))
                .build())
        .toBuilder()
        .configMembers(Keyed.of(new ConfigMember("common", key("there"))))
        .httpRoutes(Keyed.of(Fixtures.route("there", 80, "x")))
        .streamRoutes(Keyed.of(new StreamRoute(key("there"), 80, "tcp", "", 5)))
        .build();
    Matching matching = match(installed, target);

    AppSpec rekeyed = matching.rekey(target);

    assertThat(rekeyed)
        .isEqualTo(app(
                Component.builder("here").shareUuid("u+1").build(),
                Component.builder("new")
                    .dependencies(
                        Keyed.of(new Dependency(key("here")), new Dependency(key("outside"))))
                    .mounts(Keyed.of(new Mount(key("here"), "data", "/data")))
                    .build())
            .toBuilder()
            .configMembers(Keyed.of(new ConfigMember("common", key("here"))))
            .httpRoutes(Keyed.of(Fixtures.route("here", 80, "x")))
            .streamRoutes(Keyed.of(new StreamRoute(key("here"), 80, "tcp", "", 5)))
            .build());
    assertThat(match(installed(target), target).rekey(target)).isSameAs(target);
  }

  @Test
  void rekey_ofANewComponentWhoseKeyIsTaken_givesItAFreeOne() {
    AppState installed = installed(app(component("a"), component("b-2")));
    AppSpec target = app(
        component("a"),
        component("b"),
        Component.builder("c").dependencies(Keyed.of(new Dependency(key("a")))).build());

    Matching matching = Matching.of(installed, target, Map.of(key("a"), key("b")));

    assertThat(matching.installedKey(key("a"))).contains(key("a-2"));
    assertThat(matching.rekey(target).component(key("c")).orElseThrow().dependencies())
        .containsExactly(new Dependency(key("a-2")));
    String longest = "x".repeat(255);
    Matching shortened = Matching.of(
        installed(app(component(longest), component("b-2"))),
        app(component(longest), component("b")),
        Map.of(key(longest), key("b")));
    assertThat(shortened.installedKey(key(longest))).contains(key("x".repeat(253) + "-2"));
  }

  @Test
  void rekey_withADanglingReferenceToTheNewKey_prefersTheKnownComponent() {
    AppState installed = installed(app(component("here", "u+1", "")));
    AppSpec target = app(Component.builder("there")
        .shareUuid("u+1")
        .mounts(Keyed.of(
            new Mount(key("here"), "data", "/dangling"), new Mount(key("there"), "data", "/known")))
        .build());

    assertThat(match(installed, target).rekey(target).components().get(0).mounts())
        .containsExactly(new Mount(key("here"), "data", "/known"));
  }

  @Test
  void of_madeUpKeysInAnotherOrder_areNotMatchedByPosition() {
    AppState installed = installed(app(component("position:1"), component("position:2")));
    AppSpec target = app(component("position:1"), component("position:2"));

    Matching matching = match(installed, target);

    assertThat(matching.pairs()).isEmpty();
    assertThat(matching.obstacles()).extracting(Obstacle::code).containsExactly("match-without-id");
  }

  @Test
  void of_componentsWithoutIds_canBeSaidToBeNew() {
    AppState installed = installed(app(component("position:1"), component("position:2")));
    AppSpec target = app(component("position:1"), component("position:2"));

    Matching matching = Matching.of(
        installed,
        VersionRef.parse("shop@2.0"),
        target,
        Map.of(key("position:1"), key("position:2")),
        List.of(key("position:1")));

    assertThat(matching.obstacles()).isEmpty();
    assertThat(matching.pairs().values())
        .containsExactly(new Pair(key("position:1"), key("position:2"), By.MAP));
    assertThat(matching.added()).containsExactly(key("position:1"));
    assertThat(matching.gone()).containsExactly(key("position:2"));
    assertThat(matching.installedKey(key("position:1"))).contains(key("position:1-2"));
  }

  @Test
  void of_aNewComponentThatTheTemplateDoesNotHave_isAnObstacle() {
    Matching matching = Matching.of(
        installed(app(component("a"))),
        VersionRef.parse("shop@2.0"),
        app(component("a")),
        Map.of(),
        List.of(key("nix")));

    assertThat(matching.obstacles())
        .extracting(Obstacle::message)
        .containsExactly("Cannot match by the entry nix is new: component nix of the template does"
            + " not exist");
    assertThat(matching.isCertain()).isTrue();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.arbitraries;

import static dev.switchback.testkit.arbitraries.ComponentFeature.varied;

import dev.switchback.model.ComponentKey;
import dev.switchback.model.Keyed;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.ConfigGroup;
import dev.switchback.model.spec.ConfigItem;
import dev.switchback.model.spec.ConfigMember;
import dev.switchback.model.spec.Extra;
import dev.switchback.model.spec.HttpRoute;
import dev.switchback.model.spec.KubernetesResource;
import dev.switchback.model.spec.Plugin;
import dev.switchback.model.spec.PluginConfigGroup;
import dev.switchback.model.spec.PluginOption;
import dev.switchback.model.spec.StreamRoute;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;

/** One way to change a spec outside its components, or to change which components it has. */
enum AppFeature implements Mutation.Feature {
  ADD_COMPONENT((s, d) -> {
    ComponentKey key = d.key();
    return s.component(key).isPresent() ? s : with(s, component(key, d, s));
  }),
  REMOVE_COMPONENT((s, d) -> s.components().isEmpty()
      ? s
      : without(s, s.components().get(d.below(s.components().size())).id(), d.oneIn(4))),
  GOVERNANCE_MODE((s, d) -> s.toBuilder()
      .governanceMode(d.word("", "KUBERNETES_NATIVE_SERVICE", "BUILD_IN_SERVICE_MESH"))
      .build()),
  PLUGIN(
      (s, d) -> s.toBuilder().plugins(varied(s.plugins(), d, () -> plugin(d))).build()),
  CONFIG_GROUP((s, d) -> s.toBuilder()
      .configGroups(varied(
          s.configGroups(), d, () -> new ConfigGroup(group(d), d.word("env", "file"), d.flip())))
      .build()),
  CONFIG_ITEM((s, d) -> s.toBuilder()
      .configItems(
          varied(s.configItems(), d, () -> new ConfigItem(group(d), d.name(), d.setting())))
      .build()),
  CONFIG_MEMBER((s, d) -> s.toBuilder()
      .configMembers(varied(s.configMembers(), d, () -> new ConfigMember(group(d), d.keyOf(s))))
      .build()),
  HTTP_ROUTE((s, d) ->
      s.toBuilder().httpRoutes(varied(s.httpRoutes(), d, () -> route(s, d))).build()),
  STREAM_ROUTE((s, d) -> s.toBuilder()
      .streamRoutes(varied(
          s.streamRoutes(),
          d,
          () -> new StreamRoute(
              d.keyOf(s),
              d.port(),
              d.word("tcp", "udp"),
              d.word("", "0.0.0.0:30001"),
              d.numberOrNone())))
      .build()),
  KUBERNETES_RESOURCE((s, d) -> s.toBuilder()
      .kubernetesResources(varied(
          s.kubernetesResources(),
          d,
          () -> new KubernetesResource(
              d.word("ConfigMap", "Secret", "Ingress"), d.word("one", "two"), d.setting())))
      .build()),
  EXTRA((s, d) -> s.toBuilder()
      .extras(varied(s.extras(), d, () -> new Extra(d.name(), d.json())))
      .build());

  @SuppressWarnings("ImmutableEnumChecker") // lambdas without state
  private final BiFunction<AppSpec, Dice, AppSpec> change;

  AppFeature(BiFunction<AppSpec, Dice, AppSpec> change) {
    this.change = change;
  }

  @Override
  public AppSpec applyTo(AppSpec spec, Dice dice) {
    return change.apply(spec, dice);
  }

  static AppSpec with(AppSpec spec, Component component) {
    return spec.toBuilder().components(spec.components().with(component)).build();
  }

  /** A component as vendors write them: an image, a name, an identity. */
  static Component component(ComponentKey key, Dice dice, AppSpec app) {
    Component component =
        Component.builder(key).name(dice.text()).image(dice.image()).build();
    return ComponentFeature.SHARE_UUID.apply(component, dice, app);
  }

  /** Takes a component out, and with it what points at it unless that is to dangle. */
  private static AppSpec without(AppSpec spec, ComponentKey key, boolean dangling) {
    AppSpec without =
        spec.toBuilder().components(spec.components().without(key.value())).build();
    if (dangling) {
      return without;
    }
    return without.toBuilder()
        .components(without.components().stream()
            .map(c -> c.toBuilder()
                .dependencies(c.dependencies().without(key.value()))
                .mounts(c.mounts().stream()
                    .filter(mount -> !mount.provider().equals(key))
                    .collect(Keyed.collector()))
                .build())
            .collect(Keyed.collector()))
        .configMembers(without.configMembers().stream()
            .filter(member -> !member.component().equals(key))
            .collect(Keyed.collector()))
        .httpRoutes(without.httpRoutes().stream()
            .filter(route -> !route.component().equals(key))
            .collect(Keyed.collector()))
        .streamRoutes(without.streamRoutes().stream()
            .filter(route -> !route.component().equals(key))
            .collect(Keyed.collector()))
        .build();
  }

  private static String group(Dice d) {
    return d.word("common", "db", "設定");
  }

  private static Plugin plugin(Dice d) {
    Keyed<PluginConfigGroup> groups = Keyed.empty();
    for (int i = d.below(3); i > 0; i--) {
      Keyed<PluginOption> options = Keyed.empty();
      for (int j = d.below(3); j > 0; j--) {
        options = options.with(new PluginOption(
            d.name(),
            d.word("string", "radio"),
            d.setting(),
            d.text(),
            d.text(),
            d.word("", "http"),
            d.flip()));
      }
      groups = groups.with(new PluginConfigGroup(
          d.word("one", "two"), d.word("upstream_port", "un_define"), d.word("", "auto"), options));
    }
    Keyed<Extra> extras = Keyed.empty();
    for (int i = d.below(2); i > 0; i--) {
      extras = extras.with(new Extra(d.name(), d.json()));
    }
    return new Plugin(
        d.word("perf", "mesh", "插件"),
        d.text(),
        d.word("", "analyst-plugin:perf"),
        d.text(),
        d.image(),
        d.text(),
        d.text(),
        d.text(),
        ComponentFeature.registry(d),
        d.number(),
        d.number(),
        groups,
        extras);
  }

  private static HttpRoute route(AppSpec s, Dice d) {
    return new HttpRoute(
        d.keyOf(s),
        d.port(),
        d.word("", "shop.example.org", "例え.jp"),
        d.flip(),
        d.word("", "/", "/api"),
        map(d),
        map(d),
        d.flip(),
        d.word("", "round-robin"),
        d.numberOrNone(),
        d.numberOrNone(),
        d.numberOrNone(),
        d.numberOrNone(),
        d.flip(),
        d.numberOrNone(),
        d.numberOrNone(),
        d.flip(),
        d.flip(),
        d.word("", "[]", "[{\"regex\":\"^/a\"}]"),
        map(d));
  }

  private static SortedMap<String, String> map(Dice d) {
    SortedMap<String, String> map = new TreeMap<>();
    for (int i = d.below(6); i > 3; i--) {
      map.put(d.name(), d.text());
    }
    return map;
  }
}

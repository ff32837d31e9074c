// SPDX-License-Identifier: Apache-2.0
package dev.switchback.diff;

import dev.switchback.model.ComponentKey;
import dev.switchback.model.Keyed;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.ConfigMember;
import dev.switchback.model.spec.Dependency;
import dev.switchback.model.spec.HttpRoute;
import dev.switchback.model.spec.Mount;
import dev.switchback.model.spec.StreamRoute;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Replaces the keys of components wherever a spec has them. */
final class Rekey {

  private final Matching matching;

  private Rekey(Matching matching) {
    this.matching = matching;
  }

  /** Returns a copy of a spec with installed keys; keys that the template does not have stay. */
  static AppSpec of(AppSpec spec, Matching matching) {
    return new Rekey(matching).spec(spec);
  }

  private AppSpec spec(AppSpec spec) {
    List<Component> components = new ArrayList<>(spec.components().size());
    spec.components().forEach(component -> components.add(component(component)));
    return spec.toBuilder()
        .components(Keyed.copyOf(components))
        .configMembers(items(
            spec.configMembers(),
            ConfigMember::component,
            (member, key) -> new ConfigMember(member.group(), key)))
        .httpRoutes(items(spec.httpRoutes(), HttpRoute::component, Rekey::route))
        .streamRoutes(items(
            spec.streamRoutes(),
            StreamRoute::component,
            (route, key) -> new StreamRoute(
                key,
                route.port(),
                route.protocol(),
                route.address(),
                route.connectionTimeoutSeconds())))
        .build();
  }

  private Component component(Component component) {
    return component.toBuilder()
        .key(matching.installedKey(component.id()).orElse(component.id()))
        .dependencies(items(
            component.dependencies(),
            Dependency::provider,
            (dependency, key) -> new Dependency(key)))
        .mounts(items(
            component.mounts(),
            Mount::provider,
            (mount, key) -> new Mount(key, mount.volumeName(), mount.path())))
        .build();
  }

  /**
   * Replaces the key in each item. Where a dangling reference happens to have the new key of a known
   * component, the reference to the known one counts.
   */
  private <T extends Keyed.Item> Keyed<T> items(
      Keyed<T> items, Function<T, ComponentKey> key, BiFunction<T, ComponentKey, T> with) {
    SortedMap<String, T> result = new TreeMap<>();
    List<T> dangling = new ArrayList<>();
    for (T item : items) {
      Optional<ComponentKey> next = matching.installedKey(key.apply(item));
      if (next.isPresent()) {
        T changed = next.get().equals(key.apply(item)) ? item : with.apply(item, next.get());
        result.put(changed.key(), changed);
      } else {
        dangling.add(item);
      }
    }
    dangling.forEach(item -> result.putIfAbsent(item.key(), item));
    return Keyed.copyOf(result.values());
  }

  private static HttpRoute route(HttpRoute route, ComponentKey key) {
    return new HttpRoute(
        key,
        route.port(),
        route.domain(),
        route.defaultDomain(),
        route.location(),
        route.headers(),
        route.cookies(),
        route.ssl(),
        route.loadBalancing(),
        route.connectionTimeoutSeconds(),
        route.requestTimeoutSeconds(),
        route.responseTimeoutSeconds(),
        route.bodyLimitMb(),
        route.proxyBuffering(),
        route.proxyBuffers(),
        route.proxyBufferKb(),
        route.webSocket(),
        route.pathRewrite(),
        route.rewrites(),
        route.proxyHeaders());
  }
}

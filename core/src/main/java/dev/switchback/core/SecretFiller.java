// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import dev.switchback.model.Keyed;
import dev.switchback.model.Setting;
import dev.switchback.model.app.AppState;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.ConfigFile;
import dev.switchback.model.spec.ConfigItem;
import dev.switchback.model.spec.EnvVar;
import dev.switchback.model.spec.KubernetesAttribute;
import dev.switchback.model.spec.KubernetesResource;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * Puts a generated secret wherever a wanted state still has the mark for one.
 *
 * <p>Places that name a group share one value, which is kept in the state for places that come later;
 * a place of its own gets a value of its own. Recorded state and base get the same value, so that a
 * generated value never looks like an edit of the operator.
 */
final class SecretFiller {

  /** Digits of a generated secret: 96 bits, where Rainbond has 32. */
  private static final int DIGITS = 24;

  private final RandomGenerator random;
  private final SortedMap<String, Setting> groups;
  private final Map<String, Setting> places = new HashMap<>();

  private SecretFiller(RandomGenerator random, Map<String, Setting> groups) {
    this.random = random;
    this.groups = new TreeMap<>(groups);
  }

  static AppState fill(AppState wanted, RandomGenerator random) {
    SecretFiller filler = new SecretFiller(random, wanted.generated());
    AppSpec spec = filler.fill(wanted.spec());
    AppSpec base = filler.fill(wanted.base());
    return wanted.toBuilder()
        .spec(spec)
        .base(base)
        .keptBase(wanted.keptBase().map(filler::fill).orElse(null))
        .generated(filler.groups)
        .build();
  }

  private AppSpec fill(AppSpec spec) {
    return spec.toBuilder()
        .components(spec.components().stream().map(this::fill).collect(Keyed.collector()))
        .configItems(spec.configItems().stream()
            .map(item ->
                new ConfigItem(item.group(), item.name(), fill(item.value(), "item/" + item.key())))
            .collect(Keyed.collector()))
        .kubernetesResources(spec.kubernetesResources().stream()
            .map(resource -> new KubernetesResource(
                resource.kind(),
                resource.name(),
                fill(resource.content(), "resource/" + resource.key())))
            .collect(Keyed.collector()))
        .build();
  }

  private Component fill(Component component) {
    return component.toBuilder()
        .env(fill(component.env(), component.key() + "/env/"))
        .connections(fill(component.connections(), component.key() + "/connection/"))
        .configFiles(component.configFiles().stream()
            .map(file -> new ConfigFile(
                file.path(),
                file.name(),
                fill(file.content(), component.key() + "/file/" + file.path()),
                file.mode()))
            .collect(Keyed.collector()))
        .kubernetesAttributes(component.kubernetesAttributes().stream()
            .map(attribute -> new KubernetesAttribute(
                attribute.name(),
                attribute.format(),
                fill(attribute.value(), component.key() + "/attribute/" + attribute.name())))
            .collect(Keyed.collector()))
        .build();
  }

  private Keyed<EnvVar> fill(Keyed<EnvVar> env, String place) {
    if (env.stream().noneMatch(variable -> variable.value().isGenerated())) {
      return env;
    }
    return env.stream()
        .map(variable -> new EnvVar(
            variable.name(),
            fill(variable.value(), place + variable.name()),
            variable.label(),
            variable.changeable(),
            variable.port()))
        .collect(Keyed.collector());
  }

  private Setting fill(Setting setting, String place) {
    if (!setting.isGenerated()) {
      return setting;
    }
    return setting
        .generatorGroup()
        .map(group -> groups.computeIfAbsent(group, name -> draw()))
        .orElseGet(() -> places.computeIfAbsent(place, name -> draw()));
  }

  private Setting draw() {
    StringBuilder digits = new StringBuilder(DIGITS);
    for (int i = 0; i < DIGITS; i++) {
      digits.append(Character.forDigit(random.nextInt(16), 16));
    }
    return Setting.secret(digits.toString());
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import dev.switchback.json.JsonFormats;
import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Keyed;
import dev.switchback.model.Setting;
import dev.switchback.model.VersionRef;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.Dependency;
import dev.switchback.model.spec.EnvVar;
import dev.switchback.model.spec.Image;
import dev.switchback.model.template.TemplateVersion;
import dev.switchback.testkit.faults.FaultPlan;
import dev.switchback.testkit.faults.Faults;
import dev.switchback.testkit.memory.ManualClock;
import dev.switchback.testkit.memory.MemoryBlobStore;
import dev.switchback.testkit.memory.MemoryStorage;
import dev.switchback.testkit.simulation.SimulatedBackend;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;

/** A site in memory, with a clock that only moves while somebody waits for health. */
final class Sites implements AutoCloseable {

  static final AppId SHOP = new AppId("shop");

  final ManualClock clock = new ManualClock(Instant.parse("2026-11-21T10:00:00Z"));
  final MemoryStorage storage = new MemoryStorage(clock);
  final MemoryBlobStore blobs = new MemoryBlobStore(clock);
  final SimulatedBackend backend = new SimulatedBackend();
  final Switchback site = open("node-1");

  Switchback open(String holder) {
    return open(holder, new Faults(FaultPlan.none()));
  }

  /** Opens the site as a node whose calls go wrong as {@code faults} says. */
  Switchback open(String holder, Faults faults) {
    return builder(holder, faults).open();
  }

  /** Starts to open the site as a node. */
  Switchback.Builder builder(String holder, Faults faults) {
    return Switchback.builder()
        .storage(faults.storage(storage))
        .blobs(faults.blobs(blobs))
        .backend(faults.backend(backend))
        .clock(clock)
        .random(new Random(7))
        .pause(clock::advance)
        .holder(holder);
  }

  /** Publishes {@code spec} as a version of the template shop. */
  VersionRef publish(String version, AppSpec spec) {
    VersionRef ref = VersionRef.parse("shop@" + version);
    site.library()
        .publish(
            TemplateVersion.builder(ref, spec, JsonFormats.appSpec().digest(spec))
                .build(),
            "vendor");
    return ref;
  }

  /** Returns the image of a component of the shop that serves. */
  Optional<String> running(String key) {
    return backend
        .serving(SHOP, new ComponentKey(key))
        .map(component -> component.image().reference());
  }

  /** Returns web, which needs api, which needs db, all at {@code version}. */
  static AppSpec shop(String version) {
    return AppSpec.builder()
        .components(Keyed.of(
            component("web", version, "api"),
            component("api", version, "db"),
            component("db", version)))
        .build();
  }

  static Component component(String key, String version, String... needs) {
    return Component.builder(key)
        .name(key)
        .image(Image.of(key + ":" + version))
        .env(Keyed.of(env("MODE", "plain"), env("PASSWORD", "**None:shop**")))
        .dependencies(java.util.Arrays.stream(needs)
            .map(need -> new Dependency(new ComponentKey(need)))
            .collect(Keyed.collector()))
        .build();
  }

  static EnvVar env(String name, String value) {
    return new EnvVar(name, Setting.named(name, value), "", true, 0);
  }

  @Override
  public void close() {
    site.close();
  }
}

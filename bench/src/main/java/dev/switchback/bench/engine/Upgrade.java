// SPDX-License-Identifier: Apache-2.0
package dev.switchback.bench.engine;

import dev.switchback.core.ExecutionOptions;
import dev.switchback.core.Switchback;
import dev.switchback.json.JsonFormats;
import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Keyed;
import dev.switchback.model.Setting;
import dev.switchback.model.VersionRef;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.app.RecordStatus;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.Dependency;
import dev.switchback.model.spec.EnvVar;
import dev.switchback.model.spec.Image;
import dev.switchback.model.template.TemplateVersion;
import dev.switchback.plan.InstallRequest;
import dev.switchback.plan.Plan;
import dev.switchback.plan.UpgradeRequest;
import dev.switchback.testkit.memory.MemoryBlobStore;
import dev.switchback.testkit.memory.MemoryStorage;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * An upgrade of every component of an app, planned and ready to go, on a site in memory. Components
 * are in layers of 100; each needs one of the layer before.
 */
final class Upgrade implements AutoCloseable {

  private static final int LAYER = 100;
  private static final AppId APP = new AppId("shop");

  private final Switchback site;
  private final Plan plan;

  /** Makes one of {@code components} components that {@code backend} runs. */
  Upgrade(int components, TimedBackend installs, TimedBackend backend) {
    MemoryStorage storage = new MemoryStorage(InstantSource.system());
    MemoryBlobStore blobs = new MemoryBlobStore();
    VersionRef one = VersionRef.parse("shop@1.0");
    VersionRef two = VersionRef.parse("shop@2.0");
    try (Switchback first =
        Switchback.builder().storage(storage).blobs(blobs).backend(installs).open()) {
      publish(first, one, components);
      publish(first, two, components);
      first
          .apps()
          .execute(
              first.apps().plan(APP, new InstallRequest(one)),
              ExecutionOptions.builder().healthyInARow(1).build());
    }
    this.site =
        Switchback.builder().storage(storage).blobs(blobs).backend(backend).open();
    this.plan = site.apps().plan(APP, UpgradeRequest.to(two));
  }

  private static void publish(Switchback site, VersionRef ref, int components) {
    AppSpec spec = spec(components, ref.version().text());
    site.library()
        .publish(
            TemplateVersion.builder(ref, spec, JsonFormats.appSpec().digest(spec))
                .build(),
            "bench");
  }

  private static AppSpec spec(int components, String version) {
    List<Component> all = new ArrayList<>();
    for (int i = 0; i < components; i++) {
      Component.Builder component = Component.builder(key(i))
          .name(key(i))
          .image(Image.of("registry.local/" + key(i) + ":" + version))
          .env(Keyed.of(
              new EnvVar("MODE", Setting.named("MODE", "plain"), "", true, 0),
              new EnvVar("LEVEL", Setting.named("LEVEL", "info"), "", true, 0)));
      if (i >= LAYER) {
        component.dependencies(Keyed.of(new Dependency(new ComponentKey(key(i - LAYER)))));
      }
      all.add(component.build());
    }
    return AppSpec.builder().components(Keyed.copyOf(all)).build();
  }

  private static String key(int i) {
    return String.format("component-%05d", i);
  }

  /** Returns how many rounds of calls it takes at best, that many at a time. */
  int rounds(int parallel) {
    return plan.waves().stream()
        .mapToInt(wave -> (wave.steps().size() + parallel - 1) / parallel)
        .sum();
  }

  /** Executes it. */
  OperationRecord execute(ExecutionOptions options) {
    OperationRecord record = site.apps().execute(plan, options);
    if (record.status() != RecordStatus.SUCCEEDED) {
      throw new IllegalStateException("Cannot measure: " + record + ", " + record.message());
    }
    return record;
  }

  @Override
  public void close() {
    site.close();
  }
}

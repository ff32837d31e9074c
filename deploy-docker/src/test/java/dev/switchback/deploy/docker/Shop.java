// SPDX-License-Identifier: Apache-2.0
package dev.switchback.deploy.docker;

import dev.switchback.core.ExecutionOptions;
import dev.switchback.core.Switchback;
import dev.switchback.json.JsonFormats;
import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Keyed;
import dev.switchback.model.VersionRef;
import dev.switchback.model.app.OnFailure;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.Dependency;
import dev.switchback.model.spec.Image;
import dev.switchback.model.spec.Volume;
import dev.switchback.model.spec.Workload;
import dev.switchback.model.template.TemplateVersion;
import java.nio.file.Path;
import java.time.Duration;

/** A small shop: a web front, what it asks, and a database. 2.0 has one more module, D. */
final class Shop {

  static final AppId APP = new AppId("test-shop");
  static final ComponentKey WEB = new ComponentKey("web");
  static final ComponentKey DB = new ComponentKey("db");
  static final ComponentKey D = new ComponentKey("d");
  static final String DATA = "/data";

  private Shop() {}

  static Switchback site(Path directory, DockerBackend backend) {
    return Switchback.builder()
        .directory(directory)
        .backend(backend)
        .leaseDuration(Duration.ofSeconds(2))
        .open();
  }

  static DockerBackend backend() {
    return DockerBackend.builder()
        .publishOn("127.0.0.1")
        .stopGrace(Duration.ofSeconds(2))
        .open();
  }

  static ExecutionOptions options() {
    return ExecutionOptions.builder()
        .actor("test")
        .onFailure(OnFailure.ROLL_BACK)
        .healthInterval(Duration.ofMillis(50))
        .healthDeadline(Duration.ofMinutes(2))
        .build();
  }

  /** Publishes a version of the shop, and has its images taken in. */
  static VersionRef publish(Switchback library, DockerBackend backend, String version) {
    Image image = Images.load(backend, version);
    Component web = Images.web("web", image).toBuilder()
        .ports(Images.published())
        .dependencies(Keyed.of(new Dependency(new ComponentKey("api")), new Dependency(DB)))
        .build();
    Component db = Images.web("db", image).toBuilder()
        .workload(new Workload("state_singleton"))
        .volumes(Keyed.of(new Volume(DATA, "data", "share-file", 1, "RWO", "", "", "", "", null)))
        .build();
    Keyed<Component> components = Keyed.of(web, Images.web("api", image), db);
    if (!version.startsWith("1.")) {
      components = components.with(Images.web("d", image));
    }
    return publish(library, version, AppSpec.builder().components(components).build());
  }

  static VersionRef publish(Switchback library, String version, AppSpec spec) {
    VersionRef ref = VersionRef.parse("shop@" + version);
    library
        .library()
        .publish(
            TemplateVersion.builder(ref, spec, JsonFormats.appSpec().digest(spec))
                .build(),
            "");
    return ref;
  }
}

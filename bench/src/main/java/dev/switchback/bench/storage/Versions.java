// SPDX-License-Identifier: Apache-2.0
package dev.switchback.bench.storage;

import dev.switchback.json.JsonFormats;
import dev.switchback.model.Digest;
import dev.switchback.model.Keyed;
import dev.switchback.model.Setting;
import dev.switchback.model.TemplateId;
import dev.switchback.model.Version;
import dev.switchback.model.VersionRef;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.ConfigFile;
import dev.switchback.model.spec.EnvVar;
import dev.switchback.model.spec.Image;
import dev.switchback.model.template.TemplateVersion;
import java.util.ArrayList;
import java.util.List;

/**
 * Template versions of 4 KiB: one component with a dozen variables and a configuration file. Half of
 * them are of one template, the others of templates with fifty versions each.
 */
final class Versions {

  static final TemplateId LARGE = new TemplateId("large");
  static final TemplateId FRESH = new TemplateId("fresh");

  private static final int SMALL = 50;
  private static final int VARIABLES = 12;
  private static final int FILE = 2300; // characters, which makes a document of 4 KiB
  private static final AppSpec SPEC = spec();
  private static final Digest DIGEST = JsonFormats.appSpec().digest(SPEC);

  private Versions() {}

  /** Returns version {@code number} of a database of {@code size} versions. */
  static VersionRef ref(int number, int size) {
    return number < size / 2
        ? new VersionRef(LARGE, Version.parse("1." + number))
        : new VersionRef(small(number / SMALL), Version.parse("1." + number % SMALL));
  }

  static TemplateId small(int number) {
    return new TemplateId(String.format("small-%07d", number));
  }

  static TemplateVersion of(VersionRef ref) {
    return TemplateVersion.builder(ref, SPEC, DIGEST).name("Bench").build();
  }

  static AppSpec spec(VersionRef ref) {
    return of(ref).spec();
  }

  private static AppSpec spec() {
    List<EnvVar> variables = new ArrayList<>();
    for (int i = 0; i < VARIABLES; i++) {
      variables.add(
          new EnvVar("VARIABLE_" + i, Setting.plain("value " + i), "Label " + i, true, 0));
    }
    Component component = Component.builder("web")
        .name("Web")
        .image(Image.of("registry.example.com/bench/web:1.0"))
        .env(Keyed.copyOf(variables))
        .configFiles(Keyed.of(new ConfigFile(
            "/etc/web.conf", "web", Setting.plain("key = value\n".repeat(FILE / 12)), null)))
        .build();
    return AppSpec.builder().components(Keyed.of(component)).build();
  }
}

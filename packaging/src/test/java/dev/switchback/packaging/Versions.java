// SPDX-License-Identifier: Apache-2.0
package dev.switchback.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.switchback.json.JsonFormats;
import dev.switchback.json.ram.RamDocument;
import dev.switchback.model.Digest;
import dev.switchback.model.Keyed;
import dev.switchback.model.Setting;
import dev.switchback.model.VersionRef;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.EnvVar;
import dev.switchback.model.spec.Image;
import dev.switchback.model.template.TemplateVersion;

/** Template versions that the tests pack. */
final class Versions {

  private Versions() {}

  static PackagedVersion plain(String ref) {
    return PackagedVersion.of(version(ref).build());
  }

  static TemplateVersion.Builder version(String ref) {
    AppSpec spec = AppSpec.builder()
        .components(Keyed.of(Component.builder("web")
            .name("web")
            .image(Image.of("nginx:1.11"))
            .env(Keyed.of(new EnvVar("MODE", Setting.plain("on"), "", true, 0)))
            .build()))
        .build();
    return TemplateVersion.builder(
            VersionRef.parse(ref), spec, JsonFormats.appSpec().digest(spec))
        .name("Demo");
  }

  static byte[] ram(String image) {
    return """
    {"group_key": "demo", "group_name": "Demo", "group_version": "1.0", "template_version": "v2",
     "apps": [{"service_key": "web", "service_share_uuid": "web+web", "service_cname": "web",
               "share_image": "%s", "unknown_field": [1, null]}]}
    """.formatted(image).getBytes(UTF_8);
  }

  /** Returns a version that was published from a RAM document, and has notes. */
  static PackagedVersion published(String ref) {
    byte[] ram = ram("nginx:1.11");
    TemplateVersion version =
        RamDocument.read(ram).toTemplateVersion(VersionRef.parse(ref)).toBuilder()
            .notes("What is new:\n- nothing\n")
            .ramDigest(Digest.of(ram))
            .build();
    return PackagedVersion.of(version, ram);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.site;

import dev.switchback.json.JsonFormats;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Keyed;
import dev.switchback.model.Setting;
import dev.switchback.model.VersionRef;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.Dependency;
import dev.switchback.model.spec.EnvVar;
import dev.switchback.model.spec.Image;
import dev.switchback.model.spec.Volume;
import dev.switchback.model.template.TemplateVersion;
import java.util.Arrays;

/**
 * A template for tests: a shop whose {@link #WEB} needs {@link #API}, which needs {@link #DB}, which
 * has a volume at {@code /data}. All components share a generated password.
 */
public final class SampleShop {

  /** The component that nobody needs. */
  public static final ComponentKey WEB = new ComponentKey("web");

  /** The component in the middle. */
  public static final ComponentKey API = new ComponentKey("api");

  /** The component that needs nobody. */
  public static final ComponentKey DB = new ComponentKey("db");

  private SampleShop() {}

  /** Names a version, such as {@code 1.0}. */
  public static VersionRef ref(String version) {
    return VersionRef.parse("shop@" + version);
  }

  /** Makes a version: its components run the images {@code shop/web:<version>} and so on. */
  public static TemplateVersion version(String version) {
    AppSpec spec = AppSpec.builder()
        .components(
            Keyed.of(component(WEB, version, API), component(API, version, DB), database(version)))
        .build();
    return TemplateVersion.builder(ref(version), spec, JsonFormats.appSpec().digest(spec))
        .name("Shop")
        .build();
  }

  private static Component database(String version) {
    return component(DB, version).toBuilder()
        .volumes(
            Keyed.of(new Volume("/data", "data", "share-file", 1, "RWX", "", "", "", "", null)))
        .build();
  }

  private static Component component(ComponentKey key, String version, ComponentKey... needs) {
    return Component.builder(key)
        .name(key.value())
        .image(Image.of("shop/" + key + ":" + version))
        .env(Keyed.of(
            new EnvVar("PASSWORD", Setting.named("PASSWORD", "**None:shop**"), "", true, 0),
            new EnvVar("LANGUAGE", Setting.plain("en"), "", true, 0)))
        .dependencies(Arrays.stream(needs).map(Dependency::new).collect(Keyed.collector()))
        .build();
  }
}

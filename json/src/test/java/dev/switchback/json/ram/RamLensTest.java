// SPDX-License-Identifier: Apache-2.0
package dev.switchback.json.ram;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.model.Setting;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.EnvVar;
import dev.switchback.model.spec.Image;
import dev.switchback.model.template.TemplateVersion;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** A changed document differs from the kept one exactly where it was told to. */
final class RamLensTest {

  @Test
  void with_changedEnvValue_changesThatValueOnly() {
    RamDocument shop = Documents.read("v2-bookshop.json");
    EnvVar options = new EnvVar("JAVA_OPTS", Setting.plain("-Xmx900m"), "Memory", true, 0);
    ObjectNode expected = (ObjectNode) Documents.tree(shop);
    set(expected, "/apps/0/service_env_map_list/0", "attr_value", "-Xmx900m");
    assertThat(Documents.tree(
            edit(shop, "shop", c -> c.toBuilder().env(c.env().with(options)).build())))
        .isEqualTo(expected);
  }

  @Test
  void with_changedDocument_keepsNumberTextsAndOrder() {
    RamDocument shop = Documents.read("v2-bookshop.json");
    String text = new String(
        edit(shop, "shop", c -> c.toBuilder().command("run").build()).write(),
        StandardCharsets.UTF_8);
    assertThat(text)
        .contains("{\"precise\":1.50,\"large\":123456789012345678901234567890,\"power\":1e3}")
        .startsWith("{\"template_version\":\"v2\",\"group_key\":\"bookshop\",");
  }

  @Test
  void with_changedImage_changesShareImageOnly() {
    RamDocument guestbook = Documents.read("v1-guestbook.json");
    ObjectNode expected = (ObjectNode) Documents.tree(guestbook);
    set(expected, "/apps/1", "share_image", "mysql:8");
    assertThat(Documents.tree(edit(
            guestbook,
            "k-db",
            c -> c.toBuilder()
                .image(new Image("mysql:8", null, "20190203040508"))
                .build())))
        .isEqualTo(expected);
  }

  @Test
  void with_duplicateEntries_changesTheOneThatCounts() {
    RamDocument odd = Documents.read("v2-odd.json");
    ObjectNode expected = (ObjectNode) Documents.tree(odd);
    set(expected, "/apps/0/service_env_map_list/1", "attr_value", "new");
    JsonNode changed = Documents.tree(edit(
        odd,
        "name:nameless",
        c -> c.toBuilder()
            .env(c.env().with(new EnvVar("TWICE", Setting.plain("new"), "", false, 0)))
            .build()));
    assertThat(changed).isEqualTo(expected);
  }

  @Test
  void with_removedEntry_removesItsDuplicatesToo() {
    RamDocument odd = Documents.read("v2-odd.json");
    JsonNode changed = Documents.tree(edit(
        odd, "name:nameless", c -> c.toBuilder().env(c.env().without("TWICE")).build()));
    assertThat(changed.at("/apps/0/service_env_map_list")).hasSize(2);
    assertThat(changed.toString()).doesNotContain("TWICE").contains("nobody");
  }

  @Test
  void with_nameThatMadeTheKey_stillReadsAsWanted() {
    RamDocument odd = Documents.read("v2-odd.json");
    RamDocument changed =
        edit(odd, "name:nameless", c -> c.toBuilder().name("named").build());
    Component named = changed.spec().components().find("name:nameless").orElseThrow();
    assertThat(named.name()).isEqualTo("named");
    assertThat(Documents.tree(changed).at("/apps/0/exact").toString())
        .contains("12345678901234567890");
  }

  @Test
  void with_removedComponent_keepsTheOthersAsTheyAre() {
    RamDocument shop = Documents.read("v2-bookshop.json");
    TemplateVersion version = shop.toTemplateVersion();
    AppSpec without = version.spec().toBuilder()
        .components(version.spec().components().without("payments"))
        .build();
    RamDocument changed = shop.with(version.toBuilder().spec(without).build());
    assertThat(changed.toTemplateVersion().spec()).isEqualTo(without);
    assertThat(Documents.tree(changed).path("apps")).hasSize(2);
  }

  private static RamDocument edit(
      RamDocument document, String key, UnaryOperator<Component> change) {
    TemplateVersion version = document.toTemplateVersion();
    AppSpec spec = version.spec();
    Component component = change.apply(spec.components().find(key).orElseThrow());
    AppSpec changed =
        spec.toBuilder().components(spec.components().with(component)).build();
    RamDocument result = document.with(version.toBuilder().spec(changed).build());
    assertThat(result.toTemplateVersion().spec()).isEqualTo(changed);
    return result;
  }

  private static void set(ObjectNode tree, String path, String name, String text) {
    ((ObjectNode) tree.at(path)).put(name, text);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.switchback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.switchback.cli.Shell.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Publishing, listing, looking, comparing, carrying. */
final class LibraryTest {

  @TempDir
  private Path directory;

  private Shell shell;

  @BeforeEach
  void open() {
    shell = new Shell(directory.resolve("home"));
  }

  @AfterEach
  void noSecretWasPrinted() {
    shell.expectNoSecrets();
  }

  @Test
  void publish_twice_isPublishedOnce() {
    JsonNode first = shell.json("publish", Shell.document("shop-1.0.json"), "--stage", "testing");
    assertThat(first.at("/template").asText()).isEqualTo("shop");
    assertThat(first.at("/version").asText()).isEqualTo("1.0");
    assertThat(first.at("/stage").asText()).isEqualTo("testing");
    assertThat(first.at("/components").asInt()).isEqualTo(2);
    shell.done("publish", Shell.document("shop-1.0.json"), "--stage", "testing");
    assertThat(shell.json("versions", "shop").at("/versions")).hasSize(1);
  }

  @Test
  void publish_sameVersionOtherContent_isRefused() {
    shell.done("publish", Shell.document("shop-1.0.json"));
    Result refused = shell
        .run("publish", Shell.document("shop-2.0.json"), "--version", "1.0")
        .expect(1);
    assertThat(refused.err()).contains("shop@1.0", "other content");
    assertThat(refused.out()).isEmpty();
  }

  @Test
  void publish_documentWithoutTemplate_takesTheNameOfTheFile() {
    Result published = shell.done("publish", Shell.document("nameless.json"), "--json");
    assertThat(published.json().at("/template").asText()).isEqualTo("nameless");
    assertThat(published.err()).contains("Warning", "--template");
    assertThat(shell
            .json("publish", Shell.document("nameless.json"), "--template", "t")
            .at("/template")
            .asText())
        .isEqualTo("t");
  }

  @Test
  void lists_twoVersions_greatestFirst() {
    shell.done("publish", Shell.document("shop-1.0.json"), "--notes", "old");
    shell.done(
        "publish", Shell.document("shop-2.0.json"), "--required-stop", "--from-range", ">=1.0");
    Result versions = shell.done("versions", "shop", "--json");
    assertThat(versions.column("/versions", "version")).containsExactly("2.0", "1.0");
    assertThat(versions.json().at("/versions/0/upgradeRules/requiredStop").asBoolean())
        .isTrue();
    assertThat(shell.done("versions", "shop").out()).contains("VERSION", "old");
    assertThat(shell.done("templates").out()).contains("shop", "2.0");
    assertThat(shell.json("templates").at("/templates")).hasSize(1);
    shell.run("versions", "missing").expect(1);
  }

  @Test
  void show_version_masksSecrets() {
    shell.done("publish", Shell.document("shop-1.0.json"));
    assertThat(shell.done("show", "shop@1.0").out()).contains("example/web:1.0", "3306");
    JsonNode shown = shell.json("show", "shop@1.0");
    assertThat(shown.at("/components/1/env/API_TOKEN").asText()).isEqualTo("(secret)");
    assertThat(shown.at("/counts/httpRoutes").asInt()).isEqualTo(1);
    assertThat(shell.run("show", "shop@9.9").expect(1).err()).contains("shop@9.9");
  }

  @Test
  void diff_filesAndVersions_showTheSame() {
    shell.done("publish", Shell.document("shop-1.0.json"));
    Path second = Shell.document("shop-2.0.json");
    Result table = shell.done("diff", "shop@1.0", second);
    assertThat(table.out()).contains("example/web:2.0", "LOG_LEVEL");
    JsonNode changes =
        shell.json("diff", Shell.document("shop-1.0.json"), second).at("/changes");
    assertThat(changes.findValuesAsText("property")).contains("image", "env", "component");
    assertThat(shell.done("diff", "shop@1.0", second, "--markdown").out()).contains("|");
    assertThat(shell.json("diff", "shop@1.0", "shop@1.0").at("/empty").asBoolean())
        .isTrue();
    shell.done("publish", second);
    shell.done("export", "shop@2.0", "-o", directory.resolve("p.tar"));
    assertThat(shell.json("diff", directory.resolve("p.tar"), second).at("/changes"))
        .isEmpty();
  }

  @Test
  void export_twoVersions_canBeInspectedAndImported() {
    shell.done("publish", Shell.document("shop-1.0.json"));
    shell.done("publish", Shell.document("shop-2.0.json"));
    Path file = directory.resolve("both.tar.gz");
    JsonNode exported = shell.json("export", "shop@1.0", "shop@2.0", "-o", file);
    assertThat(exported.at("/bytes").asLong()).isPositive();

    JsonNode inspected = shell.json("inspect", file);
    assertThat(inspected.at("/kind").asText()).isEqualTo("package");
    assertThat(inspected.at("/versions").findValuesAsText("version")).containsExactly("1.0", "2.0");
    assertThat(shell.done("inspect", file).out()).contains("gzip", "shop");

    Shell other = new Shell(directory.resolve("other"));
    assertThat(other.json("import", file).at("/imported")).hasSize(2);
    assertThat(other.json("import", file).at("/present")).hasSize(2);
    shell.run("export", "shop@1.0", "-o", file).expect(1);
  }

  @Test
  void inspect_document_storesNothing() {
    JsonNode inspected = shell.json("inspect", Shell.document("shop-1.0.json"));
    assertThat(inspected.at("/kind").asText()).isEqualTo("ram");
    assertThat(inspected.at("/versions/0/template").asText()).isEqualTo("shop");
    assertThat(shell.done("inspect", Shell.document("shop-1.0.json")).out()).contains("RAM");
    assertThat(shell.done("templates").out()).contains("empty");
  }
}

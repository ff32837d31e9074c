// SPDX-License-Identifier: Apache-2.0
package dev.switchback.diff;

import static dev.switchback.diff.Fixtures.app;
import static dev.switchback.diff.Fixtures.env;
import static dev.switchback.diff.Fixtures.file;
import static dev.switchback.diff.Fixtures.port;
import static dev.switchback.diff.Fixtures.secret;
import static dev.switchback.diff.Fixtures.web;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.model.ComponentKey;
import dev.switchback.model.Keyed;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.Image;
import dev.switchback.model.spec.Label;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DiffTableTest {

  private static final AppSpec FROM = app(
      Component.builder("old").image(Image.of("old:1")).build(),
      web()
          .name("商店")
          .image(Image.of("web:1"))
          .env(Keyed.of(env("LOG_LEVEL", "info"), secret("PASSWORD", "hunter2")))
          .ports(Keyed.of(port(8080, "tcp", "WEB", true, false)))
          .configFiles(Keyed.of(file("/etc/web.conf", "a\nb\nc\n"), file("/etc/gone", "x")))
          .build());
  private static final AppSpec TO = app(web()
          .name("商店")
          .image(Image.of("web:2"))
          .command("serve")
          .env(Keyed.of(env("LOG_LEVEL", "debug"), env("NEW", "1"), secret("PASSWORD", "hunter3")))
          .ports(Keyed.of(port(8080, "http", "WEB", true, true)))
          .configFiles(Keyed.of(file("/etc/web.conf", "a\nB\nc\nd\n")))
          .build())
      .toBuilder()
      .governanceMode("mesh")
      .build();

  @Test
  void text_showsEveryChangeAligned() {
    assertThat(DiffTable.text(Diff.between(FROM, TO))).isEqualTo("""
            10 changes in the app and 2 components.

            The app
              ~ governance-mode                            (none) → mesh

            Component old
              - component                                  image old:1

            Component 商店 (web)
              ~ image                           reference  web:1 → web:2
              ~ command                                    (none) → serve
              ~ env              LOG_LEVEL      value      info → debug
              + env              NEW                       1
              ~ env              PASSWORD       value      (secret) → (secret, changed)
              ~ port             8080           protocol   tcp → http
                                                outer      no → yes
              - config-file      /etc/gone                 x
              ~ config-file      /etc/web.conf  content    3 lines, 6 characters, lines 2 to 3: b ↵ c
                                                           → 4 lines, 8 characters, lines 2 to 4: B ↵ c ↵ d
            """);
  }

  @Test
  void text_onANarrowTerminal_putsTheNewValueBelow() {
    AppSpec from = app(web().command("start --with the-old-settings").build());
    AppSpec to = app(web().command("start --with the-new-settings").build());

    assertThat(DiffTable.text(Diff.between(from, to), 48)).isEqualTo("""
            1 change in 1 component.

            Component web
              ~ command  start --with the-old-settings
                         → start --with the-new-settings
            """);
  }

  @Test
  void text_ofALongImage_showsItWhole() {
    String path = "registry.example.com/a-rather-long-team-name/a-rather-long-product-name/web:";
    AppSpec from = app(web().image(Image.of(path + "1.24")).build());
    AppSpec to = app(web().image(Image.of(path + "1.25" + "x".repeat(160))).build());
    AppSpec more = AppSpec.builder()
        .components(Keyed.of(
            from.components().get(0),
            Component.builder(new ComponentKey("zoo"))
                .image(Image.of(path + "2"))
                .build()))
        .build();

    assertThat(DiffTable.text(Diff.between(from, to), 80))
        .isEqualTo("""
            1 change in 1 component.

            Component web
              ~ image  reference
                  %s1.24
                → %s… (240 characters)
            """.formatted(path, path + "1.25" + "x".repeat(62)));
    assertThat(DiffTable.text(Diff.between(from, more), 60)).isEqualTo("""
            1 change in 1 component.

            Component zoo
              + component
                  image %s2
            """.formatted(path));
  }

  @Test
  void text_ofALabelThatLooksLikeASecret_doesNotShowIt() {
    AppSpec from = app(web().labels(Keyed.of(new Label("api-token", "one"))).build());
    AppSpec to = app(web()
        .labels(Keyed.of(
            new Label("api-token", "two"), new Label("password", "x"), new Label("a", "b")))
        .build());

    assertThat(DiffTable.text(Diff.between(from, to))).isEqualTo("""
            3 changes in 1 component.

            Component web
              + label  a                 b
              ~ label  api-token  value  (secret) → (secret, changed)
              + label  password          (secret)
            """);
  }

  @Test
  void markdown_isATablePerGroup() {
    AppSpec from = app(web().name("a|b").env(Keyed.of(env("A", "<b>"))).build());
    AppSpec to =
        app(web().name("a|b").env(Keyed.of(env("A", "`x`\n"))).memoryMb(2).build());

    assertThat(DiffTable.markdown(Diff.between(from, to))).isEqualTo("""
            2 changes in 1 component.

            ### Component a\\|b (web)

            | | property | item | field | before | after |
            | --- | --- | --- | --- | --- | --- |
            | `~` | env | A | value | &lt;b&gt; | \\`x\\` |
            | `~` | memory |  |  | 0 | 2 |
            """);
    assertThat(DiffTable.markdown(Diff.between(FROM, TO)))
        .contains("### The app")
        .contains("| `-` | component |  |  | image old:1 |  |")
        .contains("| `+` | env | NEW |  |  | 1 |")
        .contains("|  |  |  | outer | no | yes |")
        .contains("| 4 lines, 8 characters, lines 2 to 4: B ↵ c ↵ d |");
  }

  @Test
  void text_ofNothing_saysSo() {
    assertThat(DiffTable.text(Diff.between(TO, TO))).isEqualTo("No changes.\n");
    assertThat(DiffTable.markdown(Diff.between(TO, TO))).isEqualTo("No changes.\n");
  }

  @Test
  void text_ofAHostileValue_doesNotReachTheTerminal() {
    AppSpec from = app(web().build());
    AppSpec to = app(web().command("\u001b[2J\u202eevil").name("x\u0007").build());

    assertThat(DiffTable.text(Diff.between(from, to)))
        .contains("?[2J?evil")
        .doesNotContain("\u001b", "\u202e", "\u0007");
  }

  /** Returns the lines about an env variable, whose values begin at column 24. */
  private static List<String> lines(String before, String after, int columns) {
    Diff diff = Diff.between(
        app(web().env(Keyed.of(env("LEVEL", before))).build()),
        app(web().env(Keyed.of(env("LEVEL", after))).build()));
    return DiffTable.text(diff, columns).lines().skip(3).toList();
  }

  @Test
  void text_values_standSideBySideAsLongAsTheyFit() {
    String before = "b".repeat(20);
    String after = "a".repeat(20);

    assertThat(lines(before, after, 66))
        .containsExactly("  ~ env  LEVEL  value  " + before + " → " + after)
        .first()
        .satisfies(line -> assertThat(line).hasSize(66));
    assertThat(lines(before, after, 65))
        .containsExactly("  ~ env  LEVEL  value  " + before, " ".repeat(23) + "→ " + after);
  }

  @Test
  void text_values_standBesideTheItemAsLongAsTheyFit() {
    String after = "a".repeat(40);

    assertThat(lines("b", after, 65))
        .containsExactly("  ~ env  LEVEL  value  b", " ".repeat(23) + "→ " + after)
        .last()
        .satisfies(line -> assertThat(line).hasSize(65));
    assertThat(lines("b", after, 64))
        .containsExactly("  ~ env  LEVEL  value", "      b", "    → " + after);
    assertThat(lines(after + "aa", "b", 65))
        .containsExactly("  ~ env  LEVEL  value  " + after + "aa", " ".repeat(23) + "→ b");
    assertThat(lines(after + "aa", "b", 64))
        .containsExactly("  ~ env  LEVEL  value", "      " + after + "aa", "    → b");
  }

  @Test
  void text_heading_saysWhereTheChangesAre() {
    AppSpec none = app();
    AppSpec ofApp = none.toBuilder().governanceMode("mesh").build();
    AppSpec ofComponent = app(web().build());

    assertThat(DiffTable.text(Diff.between(none, ofApp))).startsWith("1 change in the app.\n");
    assertThat(DiffTable.text(Diff.between(none, ofComponent)))
        .startsWith("1 change in 1 component.\n");
    assertThat(DiffTable.text(Diff.between(ofApp, ofComponent)))
        .startsWith("2 changes in the app and 1 component.\n");
  }

  private static final Diff WHOLE_COMPONENTS = Diff.between(
      app(Component.builder("old")
          .image(Image.of("old:1"))
          .ports(Keyed.of(port(80, "http", "OLD", true, true)))
          .build()),
      app(Component.builder("zoo")
          .image(Image.of("zoo:1"))
          .command("serve")
          .env(Keyed.of(env("LEVEL", "info"), secret("PASSWORD", "hunter2")))
          .configFiles(Keyed.of(file("/etc/zoo", "a\nb\n"), file("/etc/zoos", "line\n".repeat(99))))
          .build()));

  @Test
  void text_ofWholeComponents_showsWhatIsInside() {
    assertThat(DiffTable.text(WHOLE_COMPONENTS)).isEqualTo("""
            2 changes in 2 components.

            Component old
              - component  image old:1
                  port  80  protocol http, alias OLD, inner, outer

            Component zoo
              + component  image zoo:1
                  command                 serve
                  env          LEVEL      info
                  env          PASSWORD   (secret)
                  config-file  /etc/zoo   a ↵ b
                  config-file  /etc/zoos  99 lines, 495 characters
            """);
  }

  @Test
  void markdown_ofWholeComponents_showsWhatIsInside() {
    assertThat(DiffTable.markdown(WHOLE_COMPONENTS)).contains("""
            | `-` | component |  |  | image old:1 |  |
            |  | port | 80 |  | protocol http, alias OLD, inner, outer |  |
            """, """
            | `+` | component |  |  |  | image zoo:1 |
            |  | command |  |  |  | serve |
            |  | env | LEVEL |  |  | info |
            |  | env | PASSWORD |  |  | (secret) |
            """);
  }

  @Test
  void content_ofALongValue_isCut() {
    Change added = Change.between(
            Place.of(new ComponentKey("web")),
            null,
            web().command("x".repeat(5_000)).build())
        .orElseThrow();

    assertThat(added.content())
        .containsExactly(
            new ContentItem(PropertyKind.COMMAND, "", "x".repeat(1_000) + "… (5000 characters)"));
  }

  @Test
  void content_ofAnEditedItem_isEmpty() {
    Diff diff =
        Diff.between(app(web().command("a").build()), app(web().command("b").build()));

    assertThat(diff.changes())
        .singleElement()
        .satisfies(change -> assertThat(change.content()).isEmpty());
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.switchback.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.core.PublishOptions;
import dev.switchback.json.ram.RamDocument;
import dev.switchback.model.Obstacle;
import dev.switchback.model.RefusedException;
import dev.switchback.model.TemplateId;
import dev.switchback.model.Version;
import dev.switchback.model.VersionRef;
import dev.switchback.model.template.Stage;
import dev.switchback.model.template.TemplateVersion;
import dev.switchback.model.template.UpgradeRules;
import dev.switchback.storage.TemplateSummary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a vendor does with the library: publish versions, list them, look at them. */
final class LibraryCommands {

  private LibraryCommands() {}

  /** Publishes a version from a RAM document. */
  @Command(name = "publish", description = "Publish a template version from a RAM document.")
  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  static final class Publish extends HomeCommand {

    @Parameters(paramLabel = "FILE", description = "The RAM document.")
    private Path file;

    @Option(
        names = "--template",
        paramLabel = "ID",
        description = "The template; the document's group_key, else the name of the file.")
    private @Nullable TemplateId template;

    @Option(
        names = "--version",
        paramLabel = "V",
        description = "The version; the document's group_version.")
    private @Nullable Version version;

    @Option(names = "--notes", paramLabel = "T", description = "What is new in it.")
    private @Nullable String notes;

    @Option(names = "--stage", paramLabel = "S", description = "testing or released.")
    private @Nullable Stage stage;

    @Option(
        names = "--from-range",
        paramLabel = "R",
        description = "Installed versions that may upgrade to it, as '>=1.4 <2.0'; repeatable.")
    private List<String> ranges = new ArrayList<>();

    @Option(
        names = "--required-stop",
        description = "Upgrades to later versions must pass through this one.")
    private boolean requiredStop;

    @Option(
        names = "--allow-downgrade",
        description = "Sites may upgrade from this version to an earlier one.")
    private boolean allowDowngrade;

    @Option(names = "--actor", paramLabel = "NAME", description = "Who publishes.")
    private String actor = "";

    @Override
    int run(Home home, Output output) {
      RamDocument document = RamDocument.read(InputFile.existing(file));
      document.warnings().forEach(warning -> output.warn(warning.explain()));
      PublishOptions options = options(document, output);
      TemplateVersion published = home.library().publish(document, options);
      output.text("Published " + published.ref() + " (" + Text.word(published.stage()) + "): "
          + Text.count(published.spec().components().size(), "component") + ", content "
          + published.specDigest().shortText());
      output.document(() -> {
        ObjectNode node = SpecJson.summary(TemplateSummary.of(published));
        node.put("components", published.spec().components().size());
        node.put("ramDigest", Json.text(published.ramDigest()));
        node.set("warnings", Json.list(document.warnings(), Json::obstacle));
        return node;
      });
      return ExitCode.DONE;
    }

    private PublishOptions options(RamDocument document, Output output) {
      PublishOptions.Builder options = PublishOptions.builder().actor(actor);
      if (template != null) {
        options.template(template);
      } else if (document.templateId().isEmpty()) {
        TemplateId named = templateOf(file);
        output.warn(file + " names no template (group_key); it is published as " + named
            + ", --template chooses another");
        options.template(named);
      }
      if (version != null) {
        options.version(version);
      }
      if (notes != null) {
        options.notes(notes);
      }
      if (stage != null) {
        options.stage(stage);
      }
      if (!ranges.isEmpty() || requiredStop || allowDowngrade) {
        options.upgradeRules(new UpgradeRules(ranges, requiredStop, allowDowngrade));
      }
      return options.build();
    }

    private static TemplateId templateOf(Path file) {
      Path name = file.getFileName();
      String text = name == null ? "" : name.toString();
      int dot = text.lastIndexOf('.');
      return new TemplateId(dot > 0 ? text.substring(0, dot) : text);
    }
  }

  /** Lists the templates. */
  @Command(name = "templates", description = "List the templates, each with its greatest version.")
  static final class Templates extends HomeCommand {

    @Override
    int run(Home home, Output output) {
      List<TemplateSummary> templates = Home.all(home.library()::templates);
      Table table = Table.of("TEMPLATE", "NAME", "VERSION", "STAGE");
      templates.forEach(summary -> table.row(
          summary.ref().template(),
          Text.shorten(summary.name(), 40),
          summary.ref().version(),
          Text.word(summary.stage())));
      output.text(table.isEmpty() ? "The library is empty." : table.toString());
      output.document(() -> {
        ObjectNode node = Json.object();
        node.set("templates", Json.list(templates, SpecJson::summary));
        return node;
      });
      return ExitCode.DONE;
    }
  }

  /** Lists the versions of a template. */
  @Command(name = "versions", description = "List the versions of a template, greatest first.")
  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  static final class Versions extends HomeCommand {

    @Parameters(paramLabel = "TEMPLATE", description = "The template.")
    private TemplateId template;

    @Override
    int run(Home home, Output output) {
      List<TemplateSummary> versions = Home.all(page -> home.library().versions(template, page));
      if (versions.isEmpty()) {
        throw new RefusedException(
            "Cannot list the versions of " + template,
            Obstacle.of(
                "template-missing",
                "the library has no template " + template,
                "choose one that 'templates' lists"));
      }
      Table table = Table.of("VERSION", "STAGE", "CONTENT", "NOTES");
      versions.forEach(summary -> table.row(
          summary.ref().version(),
          Text.word(summary.stage()),
          summary.specDigest().shortText(),
          Text.shorten(summary.notes(), 60)));
      output.text(table.toString());
      output.document(() -> {
        ObjectNode node = Json.object().put("template", template.value());
        node.set("versions", Json.list(versions, SpecJson::summary));
        return node;
      });
      return ExitCode.DONE;
    }
  }

  /** Shows what is in a version. */
  @Command(name = "show", description = "Show what is in a template version.")
  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  static final class Show extends HomeCommand {

    @Parameters(paramLabel = "TEMPLATE@VERSION", description = "The version.")
    private VersionRef ref;

    @Option(
        names = "--ram",
        description = "Print the RAM document as it would be written, secrets included.")
    private boolean ram;

    @Override
    int run(Home home, Output output) {
      if (ram) {
        output.raw(home.library().ram(ref).write());
        return ExitCode.DONE;
      }
      TemplateVersion version = find(home, ref);
      output.text(SpecText.version(version));
      output.document(() -> SpecJson.version(version));
      return ExitCode.DONE;
    }
  }

  /** Returns a version of the library, or refuses. */
  static TemplateVersion find(Home home, VersionRef ref) {
    return home.library()
        .find(ref)
        .orElseThrow(() -> new RefusedException(
            "Cannot read " + ref,
            Obstacle.of(
                "version-missing",
                "the library has no " + ref,
                "choose one that 'versions " + ref.template() + "' lists")));
  }
}

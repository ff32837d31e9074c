// SPDX-License-Identifier: Apache-2.0
package dev.switchback.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.core.ImportReport;
import dev.switchback.json.ram.RamDocument;
import dev.switchback.model.VersionRef;
import dev.switchback.packaging.PackageSummary;
import dev.switchback.packaging.PackageSummary.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** How versions travel: into a file, a look into it, out of it. */
final class PackageCommands {

  private PackageCommands() {}

  /** Tells what a file holds. */
  @Command(
      name = "inspect",
      description = "Check a package or RAM document and tell what it holds; nothing is stored.")
  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  static final class Inspect extends HomeCommand {

    @Parameters(paramLabel = "FILE", description = "The package or RAM document.")
    private Path file;

    @Override
    int run(Home home, Output output) throws IOException {
      InputFile.existing(file);
      if (InputFile.isJson(file)) {
        document(output, RamDocument.read(file));
      } else {
        summary(output, home.packages().inspect(file));
      }
      return ExitCode.DONE;
    }

    private void document(Output output, RamDocument document) {
      StringBuilder text = new StringBuilder();
      SpecText.head(text, "File", file.toString());
      SpecText.head(text, "Kind", "RAM document " + document.formatVersion());
      SpecText.head(
          text, "Template", document.templateId().map(Object::toString).orElse("-"));
      SpecText.head(text, "Version", document.version().map(Object::toString).orElse("-"));
      SpecText.head(text, "Name", document.name());
      text.append('\n').append(SpecText.spec(document.spec()));
      output.text(text.toString());
      document.warnings().forEach(warning -> output.warn(warning.explain()));
      output.document(() -> {
        ObjectNode node = head("ram");
        node.put("formatVersion", document.formatVersion());
        ObjectNode version = node.putArray("versions").addObject();
        version.put("template", Json.text(document.templateId()));
        version.put("version", Json.text(document.version()));
        version.put("name", document.name());
        version.put("components", document.spec().components().size());
        SpecJson.spec(node.putObject("spec"), document.spec());
        node.set("warnings", Json.list(document.warnings(), Json::obstacle));
        return node;
      });
    }

    private void summary(Output output, PackageSummary summary) {
      StringBuilder text = new StringBuilder();
      SpecText.head(text, "File", file.toString());
      SpecText.head(text, "Kind", "package " + summary.formatVersion());
      SpecText.head(text, "Compression", Text.word(summary.compression()));
      SpecText.head(text, "Digest", summary.digest().toString());
      Table table =
          Table.of("TEMPLATE", "VERSION", "NAME", "STAGE", "COMPONENTS", "CONTENT", "RAM");
      summary
          .versions()
          .forEach(entry -> table.row(
              entry.ref().template(),
              entry.ref().version(),
              Text.shorten(entry.name(), 30),
              Text.word(entry.stage()),
              entry.components(),
              entry.specDigest().shortText(),
              entry.ram().isPresent() ? "yes" : "no"));
      output.text(text.append('\n').append(table).toString());
      output.document(() -> {
        ObjectNode node = head("package");
        node.put("formatVersion", Integer.toString(summary.formatVersion()));
        node.put("compression", Text.word(summary.compression()));
        node.put("digest", summary.digest().toString());
        node.set("versions", Json.list(summary.versions(), Inspect::entry));
        node.putArray("warnings");
        return node;
      });
    }

    private ObjectNode head(String kind) {
      return Json.object().put("file", file.toString()).put("kind", kind);
    }

    private static ObjectNode entry(Entry entry) {
      return SpecJson.ref(entry.ref())
          .put("name", entry.name())
          .put("alias", entry.alias())
          .put("stage", Text.word(entry.stage()))
          .put("components", entry.components())
          .put("digest", entry.specDigest().toString())
          .put("manifest", entry.manifest().toString())
          .put("documentBytes", entry.documentBytes())
          .put("ramDigest", Json.text(entry.ram()));
    }
  }

  /** Writes versions to a package. */
  @Command(name = "export", description = "Write template versions to one package file.")
  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  static final class Export extends HomeCommand {

    @Parameters(paramLabel = "TEMPLATE@VERSION", arity = "1..*", description = "The versions.")
    private List<VersionRef> versions = new ArrayList<>();

    @Option(
        names = {"-o", "--output"},
        required = true,
        paramLabel = "FILE",
        description = "Where to: .tar, .tar.gz or .tar.zst; must not be there.")
    private Path file;

    @Override
    int run(Home home, Output output) throws IOException {
      home.packages().export(versions, file);
      long bytes = Files.size(file);
      output.text("Exported " + versions.stream().map(VersionRef::toString).collect(Text.joined())
          + " to " + file + " (" + bytes + " bytes)");
      output.document(() -> {
        ObjectNode node = Json.object().put("file", file.toString()).put("bytes", bytes);
        node.set("versions", refs(versions));
        return node;
      });
      return ExitCode.DONE;
    }
  }

  /** Takes the versions of a package into the library. */
  @Command(name = "import", description = "Take the versions of a package into the library.")
  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  static final class Import extends HomeCommand {

    @Parameters(paramLabel = "FILE", description = "The package.")
    private Path file;

    @Option(names = "--actor", paramLabel = "NAME", description = "Who imports it.")
    private String actor = "";

    @Override
    int run(Home home, Output output) {
      ImportReport report = home.packages().importFrom(InputFile.existing(file), actor);
      report.imported().forEach(ref -> output.text("Imported " + ref));
      report.present().forEach(ref -> output.text("Was here already: " + ref));
      output.document(() -> {
        ObjectNode node = Json.object().put("file", file.toString());
        node.set("imported", refs(report.imported()));
        node.set("present", refs(report.present()));
        return node;
      });
      return ExitCode.DONE;
    }
  }

  private static ArrayNode refs(List<VersionRef> versions) {
    return Json.list(versions, SpecJson::ref);
  }
}

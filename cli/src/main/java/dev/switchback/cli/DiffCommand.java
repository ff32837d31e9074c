// SPDX-License-Identifier: Apache-2.0
package dev.switchback.cli;

import dev.switchback.diff.Diff;
import dev.switchback.diff.DiffTable;
import dev.switchback.json.ram.RamDocument;
import dev.switchback.model.Obstacle;
import dev.switchback.model.RefusedException;
import dev.switchback.model.VersionRef;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.template.TemplateVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what differs between two versions, each in the library or in a file. */
@Command(
    name = "diff",
    description = "Show what differs between two versions, each a file or TEMPLATE@VERSION.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DiffCommand extends HomeCommand {

  @Parameters(
      index = "0",
      paramLabel = "FROM",
      description = "TEMPLATE@VERSION, a RAM document, or a package of one version.")
  private String from = "";

  @Parameters(index = "1", paramLabel = "TO", description = "The same.")
  private String to = "";

  @Option(names = "--markdown", description = "Print Markdown.")
  private boolean markdown;

  @Override
  int run(Home home, Output output) throws IOException {
    AppSpec before = spec(home, from);
    AppSpec after = spec(home, to);
    Diff diff = Diff.between(before, after);
    output.text(
        diff.isEmpty()
            ? "There is no difference."
            : markdown ? DiffTable.markdown(diff) : DiffTable.text(diff));
    output.document(() -> SpecJson.diff(from, to, diff));
    return ExitCode.DONE;
  }

  private AppSpec spec(Home home, String text) throws IOException {
    Path file = Path.of(text);
    if (Files.exists(file) || !text.contains("@")) {
      InputFile.existing(file);
      return InputFile.isJson(file)
          ? RamDocument.read(file).spec()
          : only(home.packages().read(file), text).spec();
    }
    try {
      return LibraryCommands.find(home, VersionRef.parse(text)).spec();
    } catch (IllegalArgumentException e) {
      throw wrongUsage(String.valueOf(e.getMessage()));
    }
  }

  private static TemplateVersion only(List<TemplateVersion> versions, String file) {
    if (versions.size() != 1) {
      throw new RefusedException(
          "Cannot compare " + file,
          Obstacle.of(
              "several-versions",
              "the package holds "
                  + versions.stream().map(TemplateVersion::toString).collect(Text.joined()),
              "import it and compare TEMPLATE@VERSION"));
    }
    return versions.get(0);
  }
}

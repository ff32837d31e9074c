// SPDX-License-Identifier: Apache-2.0
package dev.switchback.cli;

import dev.switchback.core.ReportedBuild;
import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.app.Build;
import dev.switchback.model.spec.Image;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Adds a build that was made elsewhere to the history of a component. */
@Command(
    name = "report-build",
    description =
        "Add a build made elsewhere to a component's history; 'rollback' brings it into" + " use.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ReportBuildCommand extends HomeCommand {

  @Parameters(index = "0", paramLabel = "APP", description = "The app.")
  private AppId app;

  @Parameters(index = "1", paramLabel = "COMPONENT", description = "The component.")
  private ComponentKey component;

  @Parameters(index = "2", paramLabel = "BUILD", description = "What the build is called.")
  private String version;

  @Option(names = "--image", paramLabel = "R", description = "The image that was built.")
  private @Nullable Image image;

  @Option(
      names = "--command",
      paramLabel = "C",
      description = "The start command that goes with it; that of the image if not said.")
  private String command = "";

  @Option(
      names = "--status",
      paramLabel = "S",
      description = "How it ended: success (default), failure or lost.")
  private Build.Status status = Build.Status.SUCCESS;

  @Mixin
  private Actor actor;

  @Override
  int run(Home home, Output output) {
    if (status == Build.Status.SUCCESS && image == null) {
      throw wrongUsage("a build that succeeded needs --image");
    }
    ReportedBuild report =
        new ReportedBuild(version, status, image == null ? Image.of("") : image, command);
    Build build = home.apps().reportBuild(home.app(app).app(), component, report, actor.name());
    output.text("Build " + build.version() + " is number " + build.sequence() + " of " + component
        + " in " + app + ".");
    output.document(() -> PlanJson.build(build, false));
    return ExitCode.DONE;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.switchback.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.core.Hold;
import dev.switchback.model.AppId;
import dev.switchback.model.Version;
import dev.switchback.model.VersionRef;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Keeps apps from changing, or from going to a version. */
final class HoldCommands {

  private HoldCommands() {}

  /** Holds an app or a version for it. */
  @Command(
      name = "hold",
      description = "Keep an app from changing, or with --version from going to a version.")
  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  static final class MakeHold extends HomeCommand {

    @Parameters(paramLabel = "APP", description = "The app.")
    private AppId app;

    @Option(names = "--version", paramLabel = "V", description = "The version not to go to.")
    private @Nullable Version version;

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.")
    private String reason;

    @Mixin
    private Actor actor;

    @Override
    int run(Home home, Output output) {
      if (reason.isBlank()) {
        throw wrongUsage("--reason is blank");
      }
      if (version == null) {
        home.audit().hold(app, actor.name(), reason);
      } else {
        home.audit().holdVersion(app, ref(home, app, version), actor.name(), reason);
      }
      return show(output, home.audit().holds(app));
    }
  }

  /** Takes holds away. */
  @Command(
      name = "release",
      description = "Take the holds of an app away, or with --version those of a version.")
  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  static final class Release extends HomeCommand {

    @Parameters(paramLabel = "APP", description = "The app.")
    private AppId app;

    @Option(names = "--version", paramLabel = "V", description = "The version.")
    private @Nullable Version version;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why.")
    private String reason = "";

    @Mixin
    private Actor actor;

    @Override
    int run(Home home, Output output) {
      if (version == null) {
        home.audit().release(app, actor.name(), reason);
      } else {
        home.audit().releaseVersion(app, ref(home, app, version), actor.name(), reason);
      }
      return show(output, home.audit().holds(app));
    }
  }

  /** Lists holds. */
  @Command(name = "holds", description = "List what is held and why, of one app or of all.")
  static final class ListHolds extends HomeCommand {

    @Parameters(arity = "0..1", paramLabel = "APP", description = "The app.")
    private @Nullable AppId app;

    @Override
    int run(Home home, Output output) {
      List<Hold> holds = new ArrayList<>();
      if (app != null) {
        holds.addAll(home.audit().holds(home.app(app).app()));
      } else {
        Home.all(home.apps()::list).forEach(state -> holds.addAll(home.audit().holds(state.app())));
      }
      return show(output, holds);
    }
  }

  /** A version is one of the template that the app is installed from. */
  private static VersionRef ref(Home home, AppId app, Version version) {
    return new VersionRef(home.app(app).version().template(), version);
  }

  private static int show(Output output, List<Hold> holds) {
    Table table = Table.of("APP", "HELD", "BY", "SINCE", "REASON");
    holds.forEach(hold -> table.row(
        hold.app(),
        hold.version().map(VersionRef::toString).orElse("everything"),
        hold.actor(),
        Text.time(hold.since()),
        hold.reason()));
    output.text(table.isEmpty() ? "Nothing is held." : table.toString());
    output.document(() -> {
      ObjectNode node = Json.object();
      node.set("holds", Json.list(holds, HoldCommands::document));
      return node;
    });
    return ExitCode.DONE;
  }

  private static ObjectNode document(Hold hold) {
    return Json.object()
        .put("app", hold.app().value())
        .put("template", hold.version().map(ref -> ref.template().value()).orElse(null))
        .put("version", hold.version().map(ref -> ref.version().text()).orElse(null))
        .put("actor", hold.actor())
        .put("reason", hold.reason())
        .put("since", hold.since().toString());
  }
}

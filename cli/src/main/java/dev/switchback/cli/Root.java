// SPDX-License-Identifier: Apache-2.0
package dev.switchback.cli;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command in front of all others, with the options that all of them have. */
@Command(
    name = "switchback",
    scope = ScopeType.INHERIT,
    sortOptions = false,
    versionProvider = Root.VersionText.class,
    description = "Publishes, carries, upgrades and rolls back applications.",
    footer = {
      "",
      "Exit codes: 0 done, 1 refused, 2 wrong usage, 3 the world failed.",
      "Apps run at a simulated site, kept in the home directory: nothing is really started."
    },
    subcommands = {
      LibraryCommands.Publish.class,
      LibraryCommands.Templates.class,
      LibraryCommands.Versions.class,
      LibraryCommands.Show.class,
      PackageCommands.Inspect.class,
      DiffCommand.class,
      PackageCommands.Export.class,
      PackageCommands.Import.class,
      LifeCommands.Install.class,
      AppCommands.ListApps.class,
      AppCommands.Status.class,
      EditCommand.class,
      AppCommands.Builds.class,
      ReportBuildCommand.class,
      UpgradeCommands.ListUpgrades.class,
      UpgradeCommands.MakePlan.class,
      UpgradeCommands.Upgrade.class,
      UpgradeCommands.Apply.class,
      AppCommands.Records.class,
      RollbackCommand.class,
      LifeCommands.Uninstall.class,
      LifeCommands.Recover.class,
      SignalCommands.Pause.class,
      SignalCommands.Resume.class,
      SignalCommands.Cancel.class,
      DriftCommand.class,
      HoldCommands.MakeHold.class,
      HoldCommands.Release.class,
      HoldCommands.ListHolds.class,
      AuditCommands.Approve.class,
      AuditCommands.ListFollowUps.class,
      AuditCommands.Verify.class,
      GcCommand.class
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class Root implements Runnable {

  private final Output output;
  private final Map<String, String> environment;

  @Spec
  private CommandSpec spec;

  @Option(
      names = "--home",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description = "Where library and site are kept ($SWITCHBACK_HOME, else ~/.switchback).")
  private @Nullable Path home;

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description = "Print exactly one JSON document.")
  private boolean json;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Print stack traces and logs.")
  private boolean debug;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Print what the command is for and its options.")
  @SuppressWarnings("UnusedVariable") // picocli reads it
  private boolean help;

  // Not for all commands: to publish, the word says what is published.
  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Print the version of Switchback.")
  @SuppressWarnings("UnusedVariable") // picocli reads it
  private boolean versionWanted;

  Root(Output output, Map<String, String> environment) {
    this.output = output;
    this.environment = environment;
  }

  @Override
  public void run() {
    throw Main.wrongUsage(spec.commandLine(), "no command was named");
  }

  boolean debug() {
    return debug;
  }

  /** Returns where the command is to say what it has to say. */
  Output output() {
    output.asJson(json);
    return output;
  }

  /** Opens the home directory, and makes it if there is none. */
  Home open() {
    return Home.open(homeDirectory());
  }

  private Path homeDirectory() {
    if (home != null) {
      return home;
    }
    String named = environment.getOrDefault("SWITCHBACK_HOME", "");
    return named.isEmpty()
        ? Path.of(System.getProperty("user.home"), ".switchback")
        : Path.of(named);
  }

  /** Tells the version of the jar. */
  static final class VersionText implements CommandLine.IVersionProvider {

    @Override
    public String[] getVersion() {
      String version = Root.class.getPackage().getImplementationVersion();
      return new String[] {"switchback " + (version == null ? "(development)" : version)};
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.switchback.cli;

import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Setting;
import dev.switchback.model.spec.Image;
import dev.switchback.plan.Edit;
import dev.switchback.plan.EditRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Changes a component of an app, as an operator does. */
@Command(name = "edit", description = "Change a component: its image, env, scale.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class EditCommand extends HomeCommand {

  @Parameters(index = "0", paramLabel = "APP", description = "The app.")
  private AppId app;

  @Parameters(index = "1", paramLabel = "COMPONENT", description = "The key of the component.")
  private ComponentKey component;

  @Option(names = "--image", paramLabel = "R", description = "Run this image.")
  private @Nullable Image image;

  @Option(
      names = "--build-version",
      paramLabel = "B",
      description = "With --image: what the build is called; numbered if not said.")
  private @Nullable String buildVersion;

  @Option(
      names = "--command",
      paramLabel = "C",
      description = "Start with this command; empty for the one in the image.")
  private @Nullable String command;

  @Option(names = "--env", paramLabel = "K=V", description = "Set an env variable; repeatable.")
  private List<String> env = new ArrayList<>();

  @Option(
      names = "--unset-env",
      paramLabel = "K",
      description = "Remove an env variable; repeatable.")
  private List<String> unsetEnv = new ArrayList<>();

  @Option(names = "--replicas", paramLabel = "N", description = "Run this many instances.")
  private @Nullable Integer replicas;

  @Option(
      names = "--memory",
      paramLabel = "MB",
      description = "Memory of an instance; 0: no limit.")
  private @Nullable Integer memory;

  @Option(
      names = "--cpu",
      paramLabel = "MILLIS",
      description = "Thousandths of a core for an instance; 0: no limit.")
  private @Nullable Integer cpu;

  @Mixin
  private Execution execution;

  @Override
  int run(Home home, Output output) {
    List<Edit> edits = edits();
    AppCommands.require(home.app(app), component);
    return execution.execute(home, output, home.apps().plan(app, new EditRequest(edits)));
  }

  private List<Edit> edits() {
    List<Edit> edits = new ArrayList<>();
    if (image != null) {
      String build = buildVersion == null ? "" : buildVersion;
      edits.add(new Edit.SetImage(component, new Image(image.reference(), image.digest(), build)));
    } else if (buildVersion != null) {
      throw wrongUsage("--build-version needs --image");
    }
    if (command != null) {
      edits.add(new Edit.SetCommand(component, command));
    }
    env.forEach(pair -> edits.add(setEnv(pair)));
    unsetEnv.forEach(name -> edits.add(new Edit.RemoveEnv(component, name)));
    if (replicas != null) {
      edits.add(new Edit.SetReplicas(component, notNegative("--replicas", replicas)));
    }
    if (memory != null) {
      edits.add(new Edit.SetMemory(component, notNegative("--memory", memory)));
    }
    if (cpu != null) {
      edits.add(new Edit.SetCpu(component, notNegative("--cpu", cpu)));
    }
    if (edits.isEmpty()) {
      throw wrongUsage("nothing to change was named: use --image, --env, --replicas or another");
    }
    return edits;
  }

  /** Takes a value for what its name says: that of a PASSWORD is a secret. */
  private Edit setEnv(String pair) {
    int equals = pair.indexOf('=');
    if (equals < 1) {
      throw wrongUsage("--env is written NAME=VALUE");
    }
    String name = pair.substring(0, equals);
    return new Edit.SetEnv(component, name, Setting.named(name, pair.substring(equals + 1)));
  }

  private int notNegative(String option, int number) {
    if (number < 0) {
      throw wrongUsage(option + " is negative: " + number);
    }
    return number;
  }
}

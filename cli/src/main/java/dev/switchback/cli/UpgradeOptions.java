// SPDX-License-Identifier: Apache-2.0
package dev.switchback.cli;

import dev.switchback.diff.Place;
import dev.switchback.json.JsonFormats;
import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Version;
import dev.switchback.model.VersionRef;
import dev.switchback.model.app.AppState;
import dev.switchback.model.template.Stage;
import dev.switchback.plan.Choice;
import dev.switchback.plan.PlaceText;
import dev.switchback.plan.Plan;
import dev.switchback.plan.Policy;
import dev.switchback.plan.UpgradeCandidate;
import dev.switchback.plan.UpgradeRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What {@code plan} and {@code upgrade} say about an upgrade, and the plan that comes of it. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class UpgradeOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--to",
      paramLabel = "V",
      description = "The version to go to; the newest one offered.")
  private @Nullable Version to;

  @Option(
      names = "--policy",
      paramLabel = "P",
      description = "preserve-environment (default), rainbond, merge or exact.")
  private Policy policy = Policy.preserveEnvironment();

  @Option(
      names = "--component",
      paramLabel = "KEY",
      description = "Upgrade only this component; repeatable.")
  private List<ComponentKey> components = new ArrayList<>();

  @Option(
      names = "--only",
      paramLabel = "ITEM",
      description = "Change only this item, as env:web:LOG_LEVEL; repeatable.")
  private List<Place> only = new ArrayList<>();

  @Option(names = "--except", paramLabel = "ITEM", description = "Leave this item; repeatable.")
  private List<Place> except = new ArrayList<>();

  @Option(
      names = "--take-vendor",
      paramLabel = "ITEM",
      description = "In a conflict, take the vendor's value; repeatable.")
  private List<Place> takeVendor = new ArrayList<>();

  @Option(
      names = "--keep-mine",
      paramLabel = "ITEM",
      description = "In a conflict, keep the present value; repeatable.")
  private List<Place> keepMine = new ArrayList<>();

  @Option(
      names = "--map",
      paramLabel = "INSTALLED=TEMPLATE",
      description = "This installed component is that one in the template; repeatable.")
  private Map<ComponentKey, ComponentKey> mapping = new LinkedHashMap<>();

  @Option(
      names = "--new",
      paramLabel = "TEMPLATE",
      description = "This component of the template stands for none that is installed; repeatable.")
  private List<ComponentKey> newComponents = new ArrayList<>();

  @Option(
      names = "--host-name",
      paramLabel = "NAME=HERE",
      description = "A new port's name in the cluster is taken: it is to be HERE; repeatable.")
  private Map<String, String> hostNames = new LinkedHashMap<>();

  @Option(names = "--testing", description = "Offer versions in testing, too.")
  private boolean testing;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write the plan to this file, for 'apply'.")
  private @Nullable Path file;

  /** Makes the plan, and writes it to the file if one was named. */
  Plan plan(Home home, Output output, AppId app) throws IOException {
    refuseContradiction();
    AppState state = home.app(app);
    UpgradeRequest.Builder request =
        UpgradeRequest.builder(target(home, output, state)).policy(policy).components(components);
    only.forEach(request::only);
    except.forEach(request::except);
    takeVendor.forEach(item -> request.decide(item, Choice.TAKE_VENDOR));
    keepMine.forEach(item -> request.decide(item, Choice.KEEP_MINE));
    mapping.forEach(request::map);
    newComponents.forEach(request::newComponent);
    hostNames.forEach((name, here) -> addHostName(request, name, here));
    Plan plan = home.apps().plan(app, request.build());
    if (file != null) {
      Files.write(file, JsonFormats.plan().write(plan));
    }
    return plan;
  }

  private void refuseContradiction() {
    Optional<Place> twice = takeVendor.stream().filter(keepMine::contains).findFirst();
    if (twice.isPresent()) {
      throw wrongUsage("--take-vendor and --keep-mine both name " + PlaceText.of(twice.get()));
    }
    newComponents.stream().filter(mapping::containsValue).findFirst().ifPresent(both -> {
      throw wrongUsage("--map and --new both name " + both);
    });
  }

  private void addHostName(UpgradeRequest.Builder request, String name, String here) {
    try {
      request.hostName(name, here);
    } catch (IllegalArgumentException e) {
      throw wrongUsage("--host-name: " + e.getMessage());
    }
  }

  private ParameterException wrongUsage(String message) {
    return Main.wrongUsage(command.commandLine(), message);
  }

  /** Returns where the plan was written; null if nowhere. */
  @Nullable
  String fileText() {
    return file == null ? null : file.toString();
  }

  private VersionRef target(Home home, Output output, AppState state) {
    if (to != null) {
      return new VersionRef(state.version().template(), to);
    }
    Optional<UpgradeCandidate> newest = home.apps()
        .upgrades(state.app(), testing ? Stage.TESTING : Stage.RELEASED)
        .newest();
    if (newest.isEmpty()) {
      // A plan to where the app is says, as it should, that there is nothing to do.
      return state.version();
    }
    VersionRef next = newest.get().hops().get(0);
    if (!next.equals(newest.get().version())) {
      output.warn(
          "on the way to " + newest.get().version() + " the app has to go to " + next + " first");
    }
    return next;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.switchback.cli;

import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Obstacle;
import dev.switchback.model.RecordId;
import dev.switchback.model.RefusedException;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.Build;
import dev.switchback.model.app.OperationKind;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.app.RecordHistory;
import dev.switchback.plan.OperatorEdits;
import dev.switchback.plan.RollbackRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Goes back: to before an operation, to a revision, or to earlier builds of some components. */
@Command(
    name = "rollback",
    description =
        "Go back to before the latest operation, or to what --record, --revision or --component say.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class RollbackCommand extends HomeCommand {

  @Parameters(paramLabel = "APP", description = "The app.")
  private AppId app;

  @Option(names = "--record", paramLabel = "ID", description = "To before this operation.")
  private @Nullable RecordId record;

  @Option(names = "--revision", paramLabel = "N", description = "To this revision.")
  private @Nullable Long revision;

  @Option(
      names = "--component",
      paramLabel = "KEY[=BUILD]",
      description = "This component to a build, else to the one before; repeatable.")
  private List<String> components = new ArrayList<>();

  @Option(names = "--remove-added", description = "Remove components that were added since.")
  private boolean removeAdded;

  @Option(names = "--recreate-removed", description = "Bring back components removed since.")
  private boolean recreateRemoved;

  @Option(
      names = "--operator-edits",
      paramLabel = "WHAT",
      description = "Edits made since: keep (default), overwrite, or ask.")
  private OperatorEdits operatorEdits = OperatorEdits.KEEP;

  @Option(names = "--accept-older", description = "Also take back the operations after that one.")
  private boolean acceptOlder;

  @Option(
      names = "--hold",
      description = "Hold the version that is left, so that nobody upgrades to it again.")
  private boolean hold;

  @Mixin
  private Execution execution;

  @Override
  int run(Home home, Output output) {
    int ways =
        (record == null ? 0 : 1) + (revision == null ? 0 : 1) + (components.isEmpty() ? 0 : 1);
    if (ways > 1) {
      throw wrongUsage("--record, --revision and --component exclude each other");
    }
    AppState state = home.app(app);
    RollbackRequest request = target(home, state)
        .removeAdded(removeAdded)
        .recreateRemoved(recreateRemoved)
        .operatorEdits(operatorEdits)
        .acceptOlder(acceptOlder)
        .build();
    if (hold) {
      execution.holdVersion();
    }
    return execution.execute(home, output, home.apps().plan(app, request));
  }

  private RollbackRequest.Builder target(Home home, AppState state) {
    if (!components.isEmpty()) {
      return RollbackRequest.builds(builds(home, state));
    }
    if (revision != null) {
      if (revision < 1) {
        throw wrongUsage("--revision counts from 1: " + revision);
      }
      return RollbackRequest.revision(revision);
    }
    return home.apps().beforeRecord(record == null ? latest(home) : own(home, record));
  }

  /** Refuses the record of another app, which would be rolled back instead. */
  private RecordId own(Home home, RecordId id) {
    Optional<OperationRecord> found = home.apps().record(id);
    if (found.isPresent() && !found.get().app().equals(app)) {
      throw new RefusedException(
          "Cannot roll back " + app,
          Obstacle.of(
              "record-of-other-app",
              "the record " + id + " is of " + found.get().app(),
              "choose one that 'records " + app + "' lists"));
    }
    return id;
  }

  /** Returns the latest operation that changed something and was not taken back yet. */
  private RecordId latest(Home home) {
    List<OperationRecord> records =
        new ArrayList<>(Home.all(page -> home.apps().records(app, page)));
    Collections.reverse(records);
    List<OperationRecord> inEffect = new ArrayList<>(RecordHistory.inEffect(records));
    Collections.reverse(inEffect);
    return inEffect.stream()
        .filter(one -> one.kind() != OperationKind.ROLLBACK)
        .filter(one -> one.status().isTerminal())
        .filter(one -> one.baseGeneration() > 0 && one.resultGeneration() > 0)
        .map(OperationRecord::id)
        .findFirst()
        .orElseThrow(() -> new RefusedException(
            "Cannot roll back " + app,
            Obstacle.of(
                "nothing-to-roll-back",
                "no operation since it was installed is left to take back",
                "choose a revision, or a build of a component")));
  }

  private SortedMap<ComponentKey, String> builds(Home home, AppState state) {
    SortedMap<ComponentKey, String> chosen = new TreeMap<>();
    List<Obstacle> obstacles = new ArrayList<>();
    for (String text : components) {
      int equals = text.indexOf('=');
      ComponentKey key = key(equals < 0 ? text : text.substring(0, equals));
      Optional<String> build = equals < 0
          ? previous(home, state, key)
          : Optional.of(text.substring(equals + 1)).filter(name -> !name.isBlank());
      if (build.isEmpty()) {
        obstacles.add(new Obstacle(
            "no-earlier-build",
            key.value(),
            "there is no successful build before the one that runs",
            "choose one that 'builds " + app + " " + key + "' lists"));
      } else if (chosen.putIfAbsent(key, build.get()) != null) {
        throw wrongUsage("--component " + key + " stands twice");
      }
    }
    if (!obstacles.isEmpty()) {
      throw new RefusedException("Cannot roll back " + app, obstacles);
    }
    return chosen;
  }

  private ComponentKey key(String text) {
    try {
      return new ComponentKey(text);
    } catch (IllegalArgumentException e) {
      throw wrongUsage("--component: " + e.getMessage());
    }
  }

  private Optional<String> previous(Home home, AppState state, ComponentKey key) {
    AppCommands.require(state, key);
    List<Build> builds = Home.all(page -> home.apps().builds(app, key, page));
    long now = AppCommands.current(state, key, builds).map(Build::sequence).orElse(Long.MAX_VALUE);
    return builds.stream()
        .filter(build -> build.status() == Build.Status.SUCCESS && build.sequence() < now)
        .map(Build::version)
        .findFirst();
  }
}

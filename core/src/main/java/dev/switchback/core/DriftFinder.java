// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import dev.switchback.deploy.AppTarget;
import dev.switchback.deploy.DeploymentBackend;
import dev.switchback.diff.Change;
import dev.switchback.diff.Cost;
import dev.switchback.diff.Diff;
import dev.switchback.diff.PropertyKind;
import dev.switchback.diff.SpecEditor;
import dev.switchback.model.AppId;
import dev.switchback.model.Keyed;
import dev.switchback.model.Obstacle;
import dev.switchback.model.RefusedException;
import dev.switchback.model.app.AppState;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.plan.Warning;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds out how what runs differs from what is recorded. */
final class DriftFinder {

  private static final String DRIFTED = "drifted";
  private static final String UNKNOWN = "drift-unknown";
  private static final int SHOWN = 5;

  private DriftFinder() {}

  /** Tells whether a warning of a plan is about drift. */
  static boolean isAbout(Warning warning) {
    return warning.code().equals(DRIFTED) || warning.code().equals(UNKNOWN);
  }

  static Drift find(Site site, AppState state) {
    String what = "Cannot tell the drift of " + state.app();
    if (!state.installed()) {
      throw new RefusedException(
          what, Obstacle.of("not-installed", "it was uninstalled", "install it first"));
    }
    site.deployment();
    return drift(site, state)
        .orElseThrow(() -> new RefusedException(
            what, Obstacle.of("drift-unknown", "its backend cannot tell what really runs", "")));
  }

  /**
   * Returns what is recorded, with the components as they really run; empty if nobody can tell. What
   * only the record knows, since nothing is done about it when it changes, is as recorded.
   */
  static Optional<AppSpec> seen(Site site, AppState state) {
    AppTarget recorded = new AppTarget(state.app(), state.generation(), state.spec());
    return Optional.ofNullable(site.backend())
        .flatMap(DeploymentBackend::inspector)
        .map(inspector -> state.spec().toBuilder()
            .components(Keyed.copyOf(inspector.inspect(recorded)))
            .build())
        .map(seen -> withoutWhatCostsNothing(state.spec(), seen));
  }

  private static AppSpec withoutWhatCostsNothing(AppSpec recorded, AppSpec seen) {
    SpecEditor editor = SpecEditor.of(seen);
    Diff.between(recorded, seen).changes().stream()
        .filter(change -> change.property().cost() == Cost.NOTHING)
        .forEach(change -> editor.apply(change.inverse()));
    return editor.finish();
  }

  private static Optional<Drift> drift(Site site, AppState state) {
    return seen(site, state)
        .map(seen -> new Drift(state.app(), state.generation(), Diff.between(state.spec(), seen)));
  }

  /**
   * Returns a warning for each component of {@code app} that has drifted. A backend that fails to tell
   * is no reason not to plan; it is said.
   */
  static List<Warning> warnings(Site site, AppId app) {
    AppState state = site.storage().apps().find(app).filter(AppState::installed).orElse(null);
    if (state == null) {
      return List.of();
    }
    try {
      List<Warning> warnings = new ArrayList<>();
      drift(site, state)
          .ifPresent(drift -> drift
              .byComponent()
              .forEach((key, changes) ->
                  warnings.add(new Warning(DRIFTED, key.value(), words(changes)))));
      return warnings;
    } catch (RuntimeException e) {
      return List.of(new Warning(
          UNKNOWN,
          app.value(),
          "It could not be told what really runs: " + BackendFailure.words(e)));
    }
  }

  private static String words(List<Change> changes) {
    Change first = changes.get(0);
    if (first.property() == PropertyKind.COMPONENT) {
      return switch (first.type()) {
        case ADDED -> "It runs and is not recorded";
        case REMOVED -> "It is recorded and does not run";
        case EDITED -> "It runs as another than is recorded";
      };
    }
    return changes.stream()
        .limit(SHOWN)
        .map(change ->
            change.property().code() + (change.item().isEmpty() ? "" : " " + change.item()))
        .collect(Collectors.joining(
            ", ",
            "It does not run as recorded: ",
            changes.size() > SHOWN ? " and " + (changes.size() - SHOWN) + " more" : ""));
  }
}

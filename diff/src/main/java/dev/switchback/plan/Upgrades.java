// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.Digest;
import dev.switchback.model.Obstacle;
import dev.switchback.model.Version;
import dev.switchback.model.VersionRef;
import dev.switchback.model.app.AppState;
import dev.switchback.model.template.Stage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The versions of its template that an app can go to, newest first, each with why or why not.
 *
 * <p>An app whose components are at different versions, because only some were upgraded, counts as
 * being at the version it was completely at last, so that the rest is still offered. From an app that
 * was uninstalled there is no way to any version, its own included: it has to be installed first.
 */
public final class Upgrades {

  private final List<UpgradeCandidate> candidates;
  private final List<Warning> warnings;

  private Upgrades(List<UpgradeCandidate> candidates, List<Warning> warnings) {
    this.candidates = List.copyOf(candidates);
    this.warnings = List.copyOf(warnings);
  }

  /**
   * Finds the versions for an installed app.
   *
   * @param state the recorded state of the app
   * @param installedDigest the digest of the content of the version as it was when it was
   *     installed; null if it is not known, then a version published again with other content is
   *     not noticed
   * @param versions the versions in the library, in any order; other templates are passed over
   * @param stage the earliest stage to offer: {@link Stage#RELEASED} leaves out versions in testing
   */
  public static Upgrades find(
      AppState state, @Nullable Digest installedDigest, List<KnownVersion> versions, Stage stage) {
    return find(state, installedDigest, versions, stage, Map.of());
  }

  /**
   * Finds the versions for an installed app to some of whose versions it must not go.
   *
   * @param held why the app must not go to a version, by version; it is no stop on the way, either
   * @see #find(AppState, Digest, List, Stage)
   */
  public static Upgrades find(
      AppState state,
      @Nullable Digest installedDigest,
      List<KnownVersion> versions,
      Stage stage,
      Map<VersionRef, List<Obstacle>> held) {
    requireNonNull(stage, "stage");
    VersionRef current = state.version();
    List<KnownVersion> own = versions.stream()
        .filter(known -> known.ref().template().equals(current.template()))
        .sorted(Comparator.comparing(KnownVersion::ref).reversed())
        .toList();
    List<Warning> warnings = new ArrayList<>();
    if (own.stream().noneMatch(known -> known.ref().equals(current))) {
      warnings.add(new Warning(
          own.isEmpty() ? "template-vanished" : "version-vanished",
          current.toString(),
          own.isEmpty()
              ? "The library has no version of this template any more"
              : "The installed version is no longer in the library"));
    }
    ahead(state)
        .ifPresent(version -> warnings.add(new Warning(
            "partly-upgraded",
            current.toString(),
            "Some components are at " + version + " already, the rest can follow")));
    UpgradePaths paths = new UpgradePaths(own);
    List<KnownVersion> offered = own.stream()
        .filter(known -> isOffered(known, stage) && !held.containsKey(known.ref()))
        .filter(known -> paths.obstaclesOfComponents(state, known, key -> true).isEmpty())
        .toList();
    Map<VersionRef, List<VersionRef>> hops =
        state.installed() ? paths.hops(current, offered) : Map.of();
    List<UpgradeCandidate> candidates = new ArrayList<>();
    for (KnownVersion known : own) {
      UpgradeCandidate.Kind kind = kind(state, installedDigest, known);
      List<Obstacle> reasons = new ArrayList<>();
      if (!isOffered(known, stage) && kind != UpgradeCandidate.Kind.INSTALLED) {
        reasons.add(Obstacle.of(
            "stage",
            "Cannot offer " + known.ref().version() + ": it is in testing",
            "ask for versions in testing too"));
      }
      reasons.addAll(held.getOrDefault(known.ref(), List.of()));
      if (!state.installed()) {
        reasons.add(Obstacle.of(
            "not-installed",
            "Cannot upgrade to " + known.ref().version() + ": the app was uninstalled",
            "install it first"));
      }
      List<VersionRef> hopsThere = hops.getOrDefault(known.ref(), List.of());
      reasons.addAll(
          paths.obstacles(current, known, hopsThere.isEmpty() ? null : hopsThere.get(0)));
      reasons.addAll(paths.obstaclesOfComponents(state, known, key -> true));
      if (kind == UpgradeCandidate.Kind.INSTALLED && state.installed()) {
        reasons.add(
            Obstacle.of("installed", "Nothing to do: " + known.ref() + " is installed", ""));
      }
      List<VersionRef> way = reasons.isEmpty() ? List.of(known.ref()) : hopsThere;
      candidates.add(new UpgradeCandidate(known.ref(), kind, known.stage(), reasons, way));
    }
    return new Upgrades(candidates, warnings);
  }

  private static boolean isOffered(KnownVersion known, Stage stage) {
    return known.stage().compareTo(stage) >= 0;
  }

  /** Returns the latest version that some component is at and the app as a whole is not. */
  private static Optional<Version> ahead(AppState state) {
    return state.origins().entrySet().stream()
        .filter(each -> isApart(state, each.getValue().version()))
        .filter(each -> UpgradePaths.isBased(state, each.getKey()))
        .map(each -> each.getValue().version().version())
        .max(Comparator.naturalOrder());
  }

  private static boolean isApart(AppState state, VersionRef version) {
    return version.template().equals(state.version().template())
        && !version.equals(state.version());
  }

  private static UpgradeCandidate.Kind kind(
      AppState state, @Nullable Digest installedDigest, KnownVersion known) {
    int order = known.ref().version().compareTo(state.version().version());
    if (order > 0) {
      boolean begun = state.origins().entrySet().stream()
          .anyMatch(each -> each.getValue().version().equals(known.ref())
              && UpgradePaths.isBased(state, each.getKey()));
      return begun ? UpgradeCandidate.Kind.REMAINDER : UpgradeCandidate.Kind.NEWER;
    }
    if (order < 0) {
      return UpgradeCandidate.Kind.OLDER;
    }
    if (installedDigest != null && !installedDigest.equals(known.specDigest())) {
      return UpgradeCandidate.Kind.REPUBLISHED;
    }
    // What failed on the way to it, or did not come about, can be tried again.
    return state.unsettled().isEmpty()
        ? UpgradeCandidate.Kind.INSTALLED
        : UpgradeCandidate.Kind.REMAINDER;
  }

  /** Returns every version of the template, newest first. */
  public List<UpgradeCandidate> candidates() {
    return candidates;
  }

  /** Returns what is odd about the installed version: it vanished, or is not at one version. */
  public List<Warning> warnings() {
    return warnings;
  }

  /**
   * Returns the newest version that there is a way up to, or that was published again. Where the way
   * has several {@linkplain UpgradeCandidate#hops() hops}, the first of them is what to upgrade to
   * next.
   */
  public Optional<UpgradeCandidate> newest() {
    return candidates.stream()
        .filter(UpgradeCandidate::isReachable)
        .filter(candidate -> candidate.kind() != UpgradeCandidate.Kind.OLDER)
        .findFirst();
  }
}

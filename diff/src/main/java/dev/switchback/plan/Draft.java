// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import dev.switchback.diff.Change;
import dev.switchback.diff.ChangeTexts;
import dev.switchback.diff.ChangeType;
import dev.switchback.diff.ChangedBy;
import dev.switchback.diff.FieldChange;
import dev.switchback.diff.Place;
import dev.switchback.diff.Scalar;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Obstacle;
import dev.switchback.model.VersionRef;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.FollowUp;
import dev.switchback.model.app.OperationKind;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Image;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A plan in the making: collects what the planner of one kind of operation finds, then makes steps,
 * artifacts and the plan from it, the same way for all of them.
 */
final class Draft {

  private static final List<String> MAIN_FIELDS =
      List.of("value", "content", "json", "query", "reference");

  private final PlanInput input;
  private final PlanRequest request;
  private final TreeMap<Place, List<Decision>> decisions = new TreeMap<>();
  private final TreeMap<Place, Pending> followUps = new TreeMap<>();
  private final List<AppSpec> known = new ArrayList<>();
  private @Nullable Names names;
  private final Set<Obstacle> obstacles = new LinkedHashSet<>();
  private final TreeMap<ComponentKey, Image> undecided = new TreeMap<>();
  private final List<Warning> warnings = new ArrayList<>();
  private final Plan.Builder plan;

  Draft(PlanInput input, PlanRequest request) {
    this.input = input;
    this.request = request;
    this.plan = Plan.builder(request.operation(), input.app(), request);
    input.state().ifPresent(state -> known.add(state.spec()));
  }

  /** A follow-up whose instruction is written last, when the names of all components are known. */
  private record Pending(String before, String after, UnaryOperator<String> instruction) {}

  PlanInput input() {
    return input;
  }

  /** Returns the recorded state if the app is there. */
  @Nullable
  AppState installed() {
    return input.state().filter(AppState::installed).orElse(null);
  }

  /** Takes the names of components, under installed keys, that the recorded state does not have. */
  void know(AppSpec spec) {
    known.add(spec);
    names = null;
  }

  /** Returns the names of the components known so far, recorded ones first. */
  Names names() {
    if (names == null) {
      names = Names.in(known);
    }
    return names;
  }

  /** Adds the obstacle that the app is not there. */
  PlannedOperation refuseAbsent() {
    obstacle(
        "not-installed",
        input.app().value(),
        "Cannot " + verb() + " " + input.app() + ": "
            + (input.state().isPresent() ? "it was uninstalled" : "it was never installed"),
        request.operation() == OperationKind.UNINSTALL ? "" : "install it first");
    return finish(null);
  }

  private String verb() {
    return switch (request.operation()) {
      case INSTALL -> "install";
      case UPGRADE -> "upgrade";
      case EDIT -> "change";
      case ROLLBACK -> "roll back";
      case UNINSTALL -> "uninstall";
    };
  }

  void obstacle(String code, String place, String message, String nextStep) {
    obstacle(new Obstacle(code, place, message, nextStep));
  }

  void obstacle(Obstacle obstacle) {
    obstacles.add(obstacle);
  }

  /** Notes which image a component gets if somebody decides so. */
  void undecided(ComponentKey component, Image image) {
    undecided.put(component, image);
  }

  void warning(String code, String place, String message) {
    warnings.add(new Warning(code, place, message));
  }

  void decide(Change change, Verdict verdict, String rule, ChangedBy changedBy) {
    ChangeTexts texts = change.texts();
    decisions
        .computeIfAbsent(change.place(), unused -> new ArrayList<>(1))
        .add(new Decision(
            change.property(),
            change.place().owner(),
            change.item(),
            change.type(),
            verdict,
            rule,
            changedBy,
            texts.before(),
            texts.after(),
            texts.fields(),
            verdict == Verdict.KEEP ? List.of() : change.content()));
  }

  /**
   * Makes a change whatever was decided before, unless somebody is asked about it.
   *
   * @return false if somebody is
   */
  boolean overrule(Change change, String rule) {
    Place place = change.place();
    List<Decision> earlier = decisions.getOrDefault(place, List.of());
    if (earlier.stream().anyMatch(decision -> decision.verdict() == Verdict.CONFLICT)) {
      return false;
    }
    decisions.remove(place);
    followUps.remove(place);
    decide(
        change,
        Verdict.APPLY,
        rule,
        earlier.isEmpty() ? ChangedBy.VENDOR : earlier.get(0).changedBy());
    return true;
  }

  /** Tells the operator to see to a change by hand that is not made. */
  void followUp(Change kept) {
    followUp(kept, what -> switch (kept.type()) {
      case ADDED -> "Add " + what + " by hand if it is wanted";
      case EDITED -> "Change " + what + " by hand if the new value is wanted";
      case REMOVED -> "Remove " + what + " by hand if it is no longer needed";
    });
  }

  /** Tells the operator what to do; the instruction is made of the item in words. */
  void followUp(Change kept, UnaryOperator<String> instruction) {
    ChangeTexts texts = kept.texts();
    String field = field(kept, texts.fields());
    followUp(kept.place(), field + texts.before(), field + texts.after(), instruction);
  }

  /** A single field is named, unless it is the one that the item is all about. */
  static String field(Change change, List<FieldChange> fields) {
    return change.type() == ChangeType.EDITED
            && fields.size() == 1
            && change.property().itemType() != Scalar.class
            && !MAIN_FIELDS.contains(fields.get(0).field())
        ? fields.get(0).field() + " "
        : "";
  }

  void followUp(Place place, String before, String after, UnaryOperator<String> instruction) {
    followUps.put(place, new Pending(before, after, instruction));
  }

  void versions(@Nullable VersionRef from, @Nullable VersionRef to) {
    plan.from(from).to(to);
  }

  Plan.Builder plan() {
    return plan;
  }

  boolean hasObstacles() {
    return !obstacles.isEmpty();
  }

  /**
   * Makes the plan, with the steps that lead from the recorded state to the one wanted.
   *
   * @param wanted the state the operation is to bring about, generation aside; null if it could not
   *     be found
   */
  PlannedOperation finish(@Nullable AppState wanted) {
    if (wanted == null) {
      return finish(null, new StepMaker.Result(List.of(), List.of()));
    }
    AppState recorded = input.state().orElse(null);
    AppSpec before = recorded == null ? AppSpec.empty() : recorded.spec();
    Set<ComponentKey> unsettled = recorded == null ? Set.of() : recorded.unsettled();
    return finish(
        wanted.toBuilder().unsettled(missing(before, wanted)).build(),
        StepMaker.make(before, wanted.spec(), unsettled, input.maxParallel()));
  }

  /**
   * Makes the plan.
   *
   * @param wanted the state the operation is to bring about, generation and record aside; null if it
   *     could not be found
   * @param steps the steps that bring it about
   */
  PlannedOperation finish(@Nullable AppState wanted, StepMaker.Result steps) {
    AppState recorded = input.state().orElse(null);
    AppSpec before = recorded == null ? AppSpec.empty() : recorded.spec();
    long generation = recorded == null ? 0 : recorded.generation();
    boolean changes = false;
    if (wanted != null) {
      warnings.addAll(steps.warnings());
      new LooseEnds(this, before, wanted.spec()).warn(components(steps.waves()), steps.graph());
      new HostWarnings(this, before, wanted.spec()).warn();
      List<Artifact> artifacts = Artifacts.of(steps.waves(), before, wanted.spec(), input);
      artifacts.stream()
          .filter(artifact -> artifact.presence() == Presence.MISSING)
          .forEach(artifact -> obstacle(Artifacts.missing(artifact, names())));
      warnOfTags(artifacts);
      List<Artifact> possible = Artifacts.notIn(artifacts, undecided, input);
      possible.stream()
          .filter(artifact -> artifact.presence() == Presence.MISSING)
          .forEach(artifact -> obstacle(Artifacts.missingIfTaken(artifact, names())));
      changes =
          recorded == null || !steps.waves().isEmpty() || !sameButGeneration(recorded, wanted);
      plan.waves(steps.waves())
          .artifacts(Artifacts.inOrder(artifacts, possible))
          .recordOnly(changes && steps.waves().isEmpty());
    }
    if (wanted != null) {
      known.add(0, wanted.spec());
      names = null;
    }
    plan.componentNames(names().byKey())
        .baseGeneration(generation)
        .baseDigest(input.stateDigest().orElse(null))
        .maxParallel(input.maxParallel())
        .decisions(sorted())
        .followUps(numbered(names()))
        .obstacles(List.copyOf(obstacles))
        .warnings(warnings)
        .createdAt(input.now())
        .expiresAt(input.now().plus(input.validity()));
    AppState result = wanted == null || hasObstacles() || !changes
        ? unchanged(recorded)
        : wanted.toBuilder().generation(generation + 1).record(null).build();
    return new PlannedOperation(plan.build(), result);
  }

  /** Returns the components that should be there since an earlier operation, and still are not. */
  private static List<ComponentKey> missing(AppSpec before, AppState wanted) {
    return wanted.unsettled().stream()
        .filter(key ->
            before.component(key).isEmpty() && wanted.spec().component(key).isEmpty())
        .toList();
  }

  private AppState unchanged(@Nullable AppState recorded) {
    if (recorded != null) {
      return recorded;
    }
    VersionRef version = request instanceof InstallRequest install
        ? install.target()
        : request instanceof UpgradeRequest upgrade
            ? upgrade.target()
            : VersionRef.parse(input.app() + "@0");
    return AppState.builder(input.app(), version).installed(false).build();
  }

  /** What is remembered of earlier versions is no change by itself. */
  private static boolean sameButGeneration(AppState recorded, AppState wanted) {
    return wanted.toBuilder()
        .keptBase(recorded.keptBase().orElse(null))
        .generation(recorded.generation())
        .record(recorded.record().orElse(null))
        .build()
        .equals(recorded);
  }

  /** An item that is taken in part has two decisions: what is taken comes first. */
  private List<Decision> sorted() {
    List<Decision> sorted = new ArrayList<>(decisions.size());
    for (List<Decision> each : decisions.values()) {
      each.sort(Comparator.comparing(Decision::verdict));
      sorted.addAll(each);
    }
    return sorted;
  }

  private List<FollowUp> numbered(Names names) {
    List<FollowUp> numbered = new ArrayList<>();
    followUps.forEach((place, pending) -> numbered.add(new FollowUp(
        "F" + (numbered.size() + 1),
        place.property().code(),
        place.owner(),
        place.item(),
        pending.before(),
        pending.after(),
        pending.instruction().apply(names.of(place)))));
    return numbered;
  }

  private void warnOfTags(List<Artifact> artifacts) {
    boolean back = request.operation() == OperationKind.ROLLBACK;
    if (!back && !input.artifactsChecked()) {
      return; // nothing was looked for, and the artifacts say so
    }
    for (Artifact artifact : artifacts) {
      if (artifact.digest() == null) {
        warning(
            "artifact-by-name",
            artifact.reference(),
            "It is known by name only, so it cannot be told whether "
                + (back ? "it still is what it was" : "it is there"));
      }
    }
  }

  private static Set<ComponentKey> components(List<Wave> waves) {
    Set<ComponentKey> keys = new HashSet<>();
    for (Wave wave : waves) {
      for (Step step : wave.steps()) {
        ComponentKey key = step.component();
        if (key != null) {
          keys.add(key);
        }
      }
    }
    return keys;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import dev.switchback.diff.Answer;
import dev.switchback.diff.Change;
import dev.switchback.diff.ChangeType;
import dev.switchback.diff.ChangedBy;
import dev.switchback.diff.KeptItems;
import dev.switchback.diff.Place;
import dev.switchback.diff.Preset;
import dev.switchback.diff.PropertyKind;
import dev.switchback.diff.Resolution;
import dev.switchback.diff.Rule;
import dev.switchback.diff.SpecEditor;
import dev.switchback.diff.ThreeWay;
import dev.switchback.diff.VendorChanges;
import dev.switchback.diff.internal.Display;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Keyed;
import dev.switchback.model.app.AppState;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.Dependency;
import dev.switchback.model.spec.EnvVar;
import dev.switchback.model.spec.Image;
import dev.switchback.model.spec.Mount;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Merges base, recorded state and target under the policy of a request: one decision for every
 * difference between recorded and target.
 *
 * <p>Under every policy but {@code exact} an upgrade is about what the vendor changed: what only
 * the operator changed stays, and is shown. {@code exact} takes the target's value for that too,
 * where its rules say so.
 */
final class UpgradeMerge {

  private final Draft draft;
  private final UpgradeRequest request;
  private final Policy policy;
  private final RuleText ruleText;
  private final AppState state;
  private final AppSpec target;
  private final UpgradeSelection selection;
  private final SpecEditor wanted;
  private final KeptItems earlier;
  private final TreeSet<ComponentKey> added = new TreeSet<>();
  private final TreeSet<ComponentKey> removed = new TreeSet<>();
  private final TreeSet<ComponentKey> open = new TreeSet<>();
  private final LeftOut leftOut;
  private final TreeSet<Place> undecided;

  UpgradeMerge(
      Draft draft,
      UpgradeRequest request,
      AppState state,
      AppSpec target,
      UpgradeSelection selection) {
    this.draft = draft;
    this.request = request;
    this.policy = request.policy();
    this.ruleText = new RuleText(policy);
    this.state = state;
    this.target = target;
    this.selection = selection;
    this.wanted = SpecEditor.of(state.spec());
    this.earlier = KeptItems.of(state);
    this.leftOut = new LeftOut(state, target);
    this.undecided = new TreeSet<>(request.decisions().keySet());
  }

  /** Decides every difference and returns the wanted spec. */
  AppSpec merge() {
    List<ThreeWay.Row> rows = ThreeWay.of(earlier.base(), state.spec(), target).rows();
    // Which components will be there decides about edges and routes, so they come first.
    for (ThreeWay.Row row : rows) {
      if (row.place().property() == PropertyKind.COMPONENT) {
        row.pending().ifPresent(change -> decide(row, change));
      }
    }
    dropExcepted();
    dropEdges();
    for (ThreeWay.Row row : rows) {
      if (row.place().property() != PropertyKind.COMPONENT) {
        row.pending().ifPresent(change -> decide(row, change));
      }
    }
    reportUnused();
    return wanted.finish();
  }

  private void decide(ThreeWay.Row row, Change pending) {
    selection.meet(pending);
    String why = selection.leftOut(pending);
    if (why != null) {
      leaveOut(row, pending, why);
      return;
    }
    boolean exact = policy.preset() == Preset.EXACT;
    if (!exact && row.changedBy() == ChangedBy.OPERATOR) {
      draft.decide(
          pending, Verdict.KEEP, policy + ": not changed by the vendor", ChangedBy.OPERATOR);
      return;
    }
    Optional<ComponentKey> absent = absent(pending);
    if (absent.isPresent()) {
      keepForWantOf(absent.get(), row, pending);
      return;
    }
    ThreeWay.Row vendor = exact ? row : VendorChanges.only(row);
    Place place = row.place();
    Rule rule = policy.rule(place.property(), place.owner(), place.item());
    String words = ruleText.of(place.property(), rule);
    boolean gone = pending.type() == ChangeType.ADDED && row.base().isPresent();
    if (!exact && gone && rule.added() == Answer.APPLY) {
      draft.decide(pending, Verdict.KEEP, policy + ": removed by the operator", ChangedBy.BOTH);
      draft.followUp(pending);
      return;
    }
    if (isOfEarlierAlias(rule, pending)) {
      take(row, vendor, null, words, true);
      return;
    }
    Resolution resolution = vendor.resolve(rule, key -> target.component(key).isPresent());
    Keyed.Item result = resolution.item().orElse(null);
    if (resolution.outcome() != Resolution.Outcome.CONFLICT) {
      take(row, vendor, result, words, row.changedBy() != ChangedBy.OPERATOR);
      return;
    }
    undecided.remove(place);
    Choice choice = request.decisions().get(place);
    if (choice == null) {
      conflict(row, pending, words);
    } else {
      Keyed.Item vendors = vendor.target().orElse(null);
      boolean taken = choice == Choice.TAKE_VENDOR;
      take(
          row,
          vendor,
          taken ? vendors : result,
          "decision: " + (taken ? "take the vendor's" : "keep mine"),
          false);
    }
  }

  /**
   * Tells whether the change takes away a value that consumers had of a port under an earlier alias:
   * values of that port have other names now.
   */
  private boolean isOfEarlierAlias(Rule rule, Change pending) {
    return rule.isRegeneratingDerived()
        && pending.type() == ChangeType.REMOVED
        && pending.beforeItem() instanceof EnvVar value
        && value.port() != 0
        && pending
            .component()
            .flatMap(target::component)
            .filter(component ->
                component.connections().stream().anyMatch(each -> each.port() == value.port()))
            .isPresent();
  }

  /**
   * Returns the component that an added edge, route or membership needs and that will not be there.
   */
  private Optional<ComponentKey> absent(Change pending) {
    if (pending.type() != ChangeType.ADDED) {
      return Optional.empty();
    }
    return Owners.provider(pending.afterItem())
        .or(() -> Owners.component(pending))
        .filter(key -> target.component(key).isPresent())
        .filter(key -> !isPresent(key) && !open.contains(key));
  }

  /** Tells whether the wanted spec has a component; known once all components are decided. */
  private boolean isPresent(ComponentKey key) {
    return added.contains(key)
        || (state.spec().component(key).isPresent() && !removed.contains(key));
  }

  private void keepForWantOf(ComponentKey absent, ThreeWay.Row row, Change pending) {
    if (leftOut.contains(Place.of(absent))) {
      leaveOut(row, pending, "selection: component " + absent + " is left out");
    } else {
      draft.decide(
          pending, Verdict.KEEP, "component " + absent + " is not in the app", row.changedBy());
      draft.followUp(pending);
      earlier.keep(row, null);
    }
  }

  private void leaveOut(ThreeWay.Row row, Change pending, String why) {
    earlier.leaveOut(row);
    if (earlier.isChangedSince(row)) {
      leftOut.add(row.place());
    }
    draft.decide(pending, Verdict.KEEP, why, row.changedBy());
  }

  private void conflict(ThreeWay.Row row, Change pending, String words) {
    draft.decide(pending, Verdict.CONFLICT, words, ChangedBy.BOTH);
    if (pending.property() == PropertyKind.COMPONENT) {
      // It may come: what needs it is decided as if it did, so that no conflict is left for later.
      pending.component().ifPresent(open::add);
    }
    row.place().component().ifPresent(key -> {
      if (row.target().orElse(null) instanceof Image image) {
        draft.undecided(key, image);
      } else if (row.target().orElse(null) instanceof Component component) {
        draft.undecided(key, component.image());
      }
    });
    draft.obstacle(
        "conflict",
        PlaceText.of(row.place()),
        "Cannot merge " + draft.names().of(row.place()) + ": the vendor "
            + says(row, row.base(), row.target())
            + ", the operator "
            + says(row, earlier.foundByOperator(row), row.recorded()),
        "decide whether to take the vendor's or to keep yours");
  }

  private static String says(
      ThreeWay.Row row, Optional<Keyed.Item> before, Optional<Keyed.Item> after) {
    if (row.place().property() == PropertyKind.COMPONENT && before.isPresent()) {
      return after.isPresent() ? "changed it" : "removed it";
    }
    return Change.between(row.place(), before.orElse(null), after.orElse(null))
        .map(change -> switch (change.type()) {
          case ADDED -> "added " + quoted(change.after(), "");
          case EDITED ->
            "changed " + quoted(change.before(), change.after()) + " to "
                + quoted(change.after(), change.before());
          case REMOVED -> "removed " + quoted(change.before(), "");
        })
        .orElse("left it");
  }

  private static String quoted(String value, String other) {
    return "'" + Display.differing(value, other, PlanLines.LONGEST) + "'";
  }

  /**
   * Brings a result into the wanted spec and says what of the target was taken and what was not.
   */
  private void take(
      ThreeWay.Row row,
      ThreeWay.Row vendor,
      Keyed.@Nullable Item result,
      String words,
      boolean followUp) {
    Place place = row.place();
    Keyed.Item recorded = row.recorded().orElse(null);
    Keyed.Item wholeTarget = row.target().orElse(null);
    Keyed.Item vendors = vendor.target().orElse(null);
    // A component that the operator decided to keep is the operator's from here on.
    if (followUp || place.property() != PropertyKind.COMPONENT) {
      earlier.keep(row, result);
    }
    Change.between(place, recorded, result).ifPresent(change -> {
      draft.decide(change, Verdict.APPLY, words, author(row, vendor));
      apply(change);
    });
    Change.between(place, result, wholeTarget).ifPresent(change -> {
      boolean operators = Objects.equals(result, vendors);
      draft.decide(
          change,
          Verdict.KEEP,
          operators ? policy + ": not changed by the vendor" : words,
          operators ? ChangedBy.OPERATOR : row.changedBy());
    });
    if (followUp) {
      Change.between(place, result, vendors).ifPresent(this::followUp);
    }
  }

  private void followUp(Change kept) {
    UnaryOperator<String> instruction = LeftToDo.about(kept, target, request.target());
    if (instruction == null) {
      draft.followUp(kept);
    } else {
      draft.followUp(kept, instruction);
    }
  }

  /** An item is changed by both only if they changed the same field of it. */
  private ChangedBy author(ThreeWay.Row row, ThreeWay.Row vendor) {
    boolean edited = row.recorded().isPresent() && row.target().isPresent();
    if (row.changedBy() == ChangedBy.BOTH && edited) {
      Resolution merged = vendor.resolve(Rule.merge(), key -> true);
      return merged.conflicts().isEmpty() ? ChangedBy.VENDOR : ChangedBy.BOTH;
    }
    return row.changedBy();
  }

  private void apply(Change change) {
    if (change.property() != PropertyKind.COMPONENT) {
      wanted.apply(change);
      return;
    }
    ComponentKey key = change.place().component().orElseThrow();
    if (change.afterItem() instanceof Component component) {
      added.add(key);
      wanted.put(change.place(), component);
    } else {
      removed.add(key);
      wanted.apply(change);
    }
  }

  /** Takes those items of new components away that the request leaves out. */
  private void dropExcepted() {
    for (Place place : request.except()) {
      Keyed.Item item = place.component().filter(added::contains).isPresent()
              && place.property() != PropertyKind.COMPONENT
          ? LooseEnds.find(target, place).orElse(null)
          : null;
      if (item == null) {
        continue;
      }
      selection.use(place);
      if (place.property().isAlwaysThere()) {
        draft.obstacle(
            "needed-item",
            PlaceText.of(place),
            "Cannot leave out " + draft.names().of(place) + ": the component is new in "
                + request.target() + " and cannot be without it",
            "leave out the whole component, or nothing of it");
      } else {
        leaveOut(
            VendorChanges.addition(place, item),
            new Change.Added(place, item),
            UpgradeSelection.BY_REQUEST);
        wanted.remove(place);
      }
    }
  }

  /**
   * Takes edges of new components away whose provider is left out. Known only once all components
   * are decided.
   */
  private void dropEdges() {
    for (ComponentKey key : added) {
      target.component(key).ifPresent(component -> {
        for (Dependency edge : component.dependencies()) {
          dropEdge(Place.of(key, PropertyKind.DEPENDENCY, edge.key()), edge);
        }
        for (Mount edge : component.mounts()) {
          dropEdge(Place.of(key, PropertyKind.MOUNT, edge.key()), edge);
        }
      });
    }
  }

  private void dropEdge(Place place, Keyed.Item edge) {
    if (leftOut.contains(place)) {
      return;
    }
    Change added = new Change.Added(place, edge);
    absent(added).ifPresent(provider -> {
      keepForWantOf(provider, VendorChanges.addition(place, edge), added);
      wanted.remove(place);
    });
  }

  private void reportUnused() {
    selection.reportUnused(draft);
    for (Place place : undecided) {
      draft.warning("no-conflict", PlaceText.of(place), "Nothing to decide here: no conflict");
    }
  }

  /** Returns what the request left out, and the base that follows from it. */
  LeftOut leftOut() {
    return leftOut;
  }

  /** Returns the base from here on. */
  AppSpec newBase() {
    return leftOut.newBase(added);
  }

  /** Returns the new base with what was kept of the vendor's earlier versions, if anything was. */
  Optional<AppSpec> newKeptBase() {
    return earlier.over(newBase());
  }
}

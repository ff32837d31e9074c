// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import dev.switchback.diff.Change;
import dev.switchback.diff.ChangeType;
import dev.switchback.diff.ChangedBy;
import dev.switchback.diff.Diff;
import dev.switchback.diff.Place;
import dev.switchback.diff.PropertyKind;
import dev.switchback.diff.Resolution;
import dev.switchback.diff.Rule;
import dev.switchback.diff.SpecEditor;
import dev.switchback.diff.ThreeWay;
import dev.switchback.diff.VendorChanges;
import dev.switchback.diff.internal.Display;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Keyed;
import dev.switchback.model.Setting;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.Origin;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Plans to bring an earlier revision back. Everything is restored, app-level items included, with
 * these exceptions, each shown: components added since stay unless their removal is asked for, and
 * what they use stays with them; components removed since come back on request only; storage stays
 * as it is; edits by the operator since are dealt with as asked.
 */
final class RevisionRollback {

  private final Draft draft;
  private final RollbackRequest request;
  private final AppState state;
  private final AppState earlier;
  private final SpecEditor wanted;
  private final TreeSet<ComponentKey> added = new TreeSet<>();
  private final TreeSet<ComponentKey> missing = new TreeSet<>();
  private final TreeSet<ComponentKey> gone = new TreeSet<>();
  private final TreeSet<ComponentKey> removedByOperator = new TreeSet<>();
  private final TreeSet<Place> withComponent = new TreeSet<>();
  private final TreeSet<Place> storage = new TreeSet<>();

  RevisionRollback(Draft draft, RollbackRequest request, AppState state, AppState earlier) {
    this.draft = draft;
    this.request = request;
    this.state = state;
    this.earlier = earlier;
    this.wanted = SpecEditor.of(state.spec());
  }

  PlannedOperation plan() {
    draft.know(earlier.spec());
    AppSpec unedited = EditsSince.undone(draft.input(), state);
    List<ThreeWay.Row> rows =
        ThreeWay.of(unedited, state.spec(), earlier.spec()).rows();
    for (ThreeWay.Row row : rows) {
      if (row.place().property() == PropertyKind.COMPONENT) {
        row.pending().ifPresent(change -> decideComponent(row, change));
      }
    }
    Owners stay = Owners.usedBy(state.spec(), added::contains);
    for (ThreeWay.Row row : rows) {
      if (row.place().property() != PropertyKind.COMPONENT) {
        row.pending().ifPresent(change -> decideItem(row, change, stay));
      }
    }
    AppSpec spec = new LooseEnds(draft, state.spec(), wanted.finish()).dropped(earlier.spec());
    HostClashes.of(spec, state.spec(), earlier.spec())
        .forEach((name, components) -> draft.warning(
            "host-name",
            name,
            "This host leads to " + HostClashes.said(components, draft.names())
                + " afterwards, and nobody"
                + " knows which one answers: one was added since and stays"));
    AppSpec base = base(earlier.base(), state.base(), Set.of(), Set.of());
    AppSpec keptBase = base(kept(earlier), kept(state), added, storage);
    return draft.finish(state.toBuilder()
        .installed(true)
        .version(earlier.version())
        .versionDigest(earlier.versionDigest().orElse(null))
        .spec(spec)
        .base(base)
        .keptBase(keptBase.equals(base) ? null : keptBase)
        .origins(origins(spec))
        .generated(generated())
        .hostNames(hostNames())
        .unsettled(earlier.unsettled())
        .build());
  }

  /**
   * A component that the operator added or removed since is an edit: it goes or comes back only if
   * that was asked for, and edits made since are overwritten.
   */
  private void decideComponent(ThreeWay.Row row, Change change) {
    ComponentKey key = change.component().orElseThrow();
    boolean isAdded = change.type() == ChangeType.REMOVED;
    boolean asked =
        isAdded ? request.removeAdded() : request.recreateRemoved() || !state.installed();
    boolean byOperator = row.base().isPresent() != row.recorded().isPresent();
    OperatorEdits edits = request.operatorEdits();
    if (byOperator && !isAdded) {
      removedByOperator.add(key);
    }
    if (asked && byOperator && edits == OperatorEdits.ASK) {
      stays(key, isAdded);
      ask(change, row.changedBy());
    } else if (asked && !(byOperator && edits == OperatorEdits.KEEP)) {
      String what =
          isAdded ? "components added since are removed" : "components removed since come back";
      apply(change, "rollback: " + what, row.changedBy());
      if (isAdded) {
        gone.add(key);
      }
    } else {
      stays(key, isAdded);
      String what = asked
          ? "edits made since are kept"
          : isAdded ? "components added since stay" : "components removed since stay away";
      draft.decide(change, Verdict.KEEP, "rollback: " + what, row.changedBy());
      if (!isAdded || !byOperator || edits == OperatorEdits.OVERWRITE) {
        followUpComponent(change, isAdded, byOperator);
      }
    }
  }

  private void stays(ComponentKey key, boolean isAdded) {
    (isAdded ? added : missing).add(key);
  }

  private void followUpComponent(Change change, boolean isAdded, boolean byOperator) {
    String who = byOperator ? " by the operator" : "";
    draft.followUp(
        change,
        what -> isAdded
            ? "Remove " + what + " by hand if it is no longer needed: it was added since" + who
            : "Bring " + what + " back if it is needed: it was removed since" + who
                + (request.recreateRemoved()
                    ? ""
                    : ", and the rollback does not recreate it unless asked to"));
  }

  private void decideItem(ThreeWay.Row row, Change change, Owners stay) {
    Optional<ComponentKey> owner = Owners.component(change);
    Optional<ComponentKey> provider = Owners.provider(change.afterItem());
    if (owner.filter(added::contains).isPresent() || isTakenFromUser(change, stay)) {
      withComponent.add(row.place());
      leave(
          row,
          change,
          "rollback: what an added component uses stays with it",
          RevisionRollback::withItsUser);
    } else if (owner.filter(missing::contains).isPresent()
        || provider.filter(missing::contains).isPresent()) {
      withComponent.add(row.place());
      leave(row, change, "rollback: its component stays away", null);
    } else if (isStorage(change.property())
        && change.type() != ChangeType.ADDED
        && !(row.changedBy() == ChangedBy.OPERATOR && keepsEdits())) {
      storage.add(row.place());
      leave(row, change, "rollback: storage stays as it is", RevisionRollback::withItsData);
    } else {
      decideFields(row);
    }
  }

  /** Tells whether a component that stays would lose something; what others lose goes back. */
  private static boolean isTakenFromUser(Change change, Owners stay) {
    return change.type() == ChangeType.REMOVED
        && change.property() != PropertyKind.CONFIG_MEMBER
        && stay.uses(change);
  }

  private static boolean isStorage(PropertyKind property) {
    return property == PropertyKind.VOLUME || property == PropertyKind.DISK;
  }

  private static String withItsUser(Change left, String what) {
    return left.type() == ChangeType.REMOVED
        ? "Remove " + what + " by hand together with the added component that uses it"
        : "Change " + what + " by hand if the earlier value is wanted";
  }

  private static String withItsData(Change left, String what) {
    return left.type() == ChangeType.REMOVED
        ? "Remove " + what + " by hand once its data is no longer needed: storage is not touched"
        : "Change " + what + " by hand if its earlier settings are needed: storage is not touched";
  }

  private boolean keepsEdits() {
    return request.operatorEdits() == OperatorEdits.KEEP;
  }

  /** Leaves an item as it is; what of it is not the operator's is left to be done by hand. */
  private void leave(
      ThreeWay.Row row,
      Change change,
      String rule,
      @Nullable BiFunction<Change, String, String> instruction) {
    draft.decide(change, Verdict.KEEP, rule, row.changedBy());
    Keyed.Item target = keepsEdits() ? withoutTheOperators(row) : row.target().orElse(null);
    Change.between(row.place(), row.recorded().orElse(null), target).ifPresent(left -> {
      if (instruction == null) {
        draft.followUp(left);
      } else {
        draft.followUp(left, what -> instruction.apply(left, what));
      }
    });
  }

  /** What the operator did not edit since goes back, field by field; the rest is as asked for. */
  private void decideFields(ThreeWay.Row row) {
    Place place = row.place();
    Keyed.Item recorded = row.recorded().orElse(null);
    Resolution merged = row.resolve(Rule.merge(), key -> true);
    Keyed.Item back = merged.item().orElse(null);
    Change.between(place, recorded, back)
        .ifPresent(change ->
            apply(change, "rollback: as at generation " + earlier.generation(), ChangedBy.VENDOR));
    Change.between(place, back, row.target().orElse(null)).ifPresent(edit -> {
      boolean both =
          row.changedBy() == ChangedBy.BOTH && merged.outcome() == Resolution.Outcome.CONFLICT;
      decideEdit(row, edit, both ? ChangedBy.BOTH : ChangedBy.OPERATOR);
    });
  }

  private void decideEdit(ThreeWay.Row row, Change edit, ChangedBy author) {
    switch (request.operatorEdits()) {
      case KEEP -> {
        draft.decide(edit, Verdict.KEEP, "rollback: edits made since are kept", author);
        if (author == ChangedBy.BOTH) {
          Change.between(edit.place(), edit.beforeItem(), withoutTheOperators(row))
              .ifPresent(draft::followUp);
        }
      }
      case OVERWRITE -> apply(edit, "rollback: edits made since are overwritten", author);
      case ASK -> {
        if (goesAnyway(edit)) {
          apply(edit, "rollback: goes with its component", author);
        } else {
          ask(edit, author);
        }
      }
    }
  }

  /** An edge to a component that goes is dropped, so that no answer would keep it. */
  private boolean goesAnyway(Change edit) {
    return edit.type() == ChangeType.REMOVED
        && Owners.provider(edit.beforeItem())
            .or(() -> Owners.component(edit))
            .filter(gone::contains)
            .isPresent();
  }

  /** Returns what would be there if all went back but what the operator alone edited. */
  private static Keyed.@Nullable Item withoutTheOperators(ThreeWay.Row row) {
    return VendorChanges.only(row).target().orElse(null);
  }

  private void ask(Change edit, ChangedBy author) {
    draft.decide(edit, Verdict.CONFLICT, "rollback: ask about edits made since", author);
    String field = Draft.field(edit, edit.fields());
    draft.obstacle(
        "edited-since",
        PlaceText.of(edit.place()),
        "Cannot decide about " + draft.names().of(edit.place())
            + ": the operator edited it since; it is "
            + said(edit.beforeItem(), field + edit.before(), field + edit.after(), "there")
            + ", the earlier revision has "
            + said(edit.afterItem(), field + edit.after(), field + edit.before(), "it"),
        "say whether edits made since are kept or overwritten");
  }

  /** An item that says nothing but its key is there or not. */
  private static String said(Keyed.@Nullable Item item, String text, String other, String there) {
    if (item == null) {
      return "nothing";
    }
    return text.isEmpty() ? there : "'" + Display.differing(text, other, PlanLines.LONGEST) + "'";
  }

  private void apply(Change change, String rule, ChangedBy author) {
    draft.decide(change, Verdict.APPLY, rule, author);
    wanted.apply(change);
  }

  /**
   * Returns an earlier base, with that of now for what goes with components that stay or stay away, and
   * for what is left. It is without what the vendor took away: that is new where a later version has
   * it. Components that stay are left behind: the app is not based on the version they came with.
   */
  private AppSpec base(
      AppSpec then, AppSpec now, Set<ComponentKey> leftComponents, Set<Place> left) {
    SpecEditor base = SpecEditor.of(then);
    for (Change change : Diff.between(then, now).changes()) {
      Place place = change.place();
      if (change.component().filter(leftComponents::contains).isPresent()
          || withComponent.contains(place)
          || left.contains(place)) {
        base.apply(change);
      }
    }
    missing.stream()
        .filter(key -> !removedByOperator.contains(key))
        .forEach(key -> base.remove(Place.of(key)));
    return base.finish();
  }

  private static AppSpec kept(AppState state) {
    return state.keptBase().orElse(state.base());
  }

  private SortedMap<ComponentKey, Origin> origins(AppSpec spec) {
    TreeMap<ComponentKey, Origin> origins = new TreeMap<>();
    for (Component component : spec.components()) {
      ComponentKey key = component.id();
      Origin origin = (added.contains(key) ? state : earlier).origins().get(key);
      if (origin != null) {
        origins.put(key, origin);
      }
    }
    return origins;
  }

  /** What was renamed for a component that stays is remembered, what goes back wins. */
  private SortedMap<String, String> hostNames() {
    TreeMap<String, String> names = new TreeMap<>(state.hostNames());
    names.putAll(earlier.hostNames());
    return names;
  }

  private SortedMap<String, Setting> generated() {
    TreeMap<String, Setting> generated = new TreeMap<>(earlier.generated());
    generated.putAll(state.generated());
    return generated;
  }
}

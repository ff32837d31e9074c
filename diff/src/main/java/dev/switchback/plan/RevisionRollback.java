// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import dev.switchback.diff.Change;
import dev.switchback.diff.ChangeType;
import dev.switchback.diff.ChangedBy;
import dev.switchback.diff.Diff;
import dev.switchback.diff.Place;
import dev.switchback.diff.PropertyKind;
import dev.switchback.diff.SpecEditor;
import dev.switchback.model.ComponentKey;
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
  private final TreeSet<Place> sinceThen = new TreeSet<>();
  private final TreeSet<Place> alsoVendors = new TreeSet<>();
  private final TreeSet<Place> kept = new TreeSet<>();

  RevisionRollback(Draft draft, RollbackRequest request, AppState state, AppState earlier) {
    this.draft = draft;
    this.request = request;
    this.state = state;
    this.earlier = earlier;
    this.wanted = SpecEditor.of(state.spec());
    findEdits();
  }

  /**
   * An item was edited since if it differs from what the operation taken back had brought about,
   * and from what the vendor has: the latter tells an edit from a later upgrade.
   */
  private void findEdits() {
    AppState after = draft.input().after().orElse(null);
    if (after == null || !state.installed()) {
      return;
    }
    Set<Place> notVendors = places(Diff.between(state.base(), state.spec()));
    for (Place place : places(Diff.between(after.spec(), state.spec()))) {
      boolean outsideTemplate =
          place.component().filter(key -> state.base().component(key).isEmpty()).isPresent();
      if (outsideTemplate || notVendors.contains(place)) {
        sinceThen.add(place);
      }
    }
    alsoVendors.addAll(places(Diff.between(earlier.spec(), after.spec())));
  }

  private static Set<Place> places(Diff diff) {
    Set<Place> places = new TreeSet<>();
    for (Change change : diff.changes()) {
      if (change.property() != PropertyKind.COMPONENT) {
        places.add(change.place());
      }
    }
    return places;
  }

  PlannedOperation plan() {
    draft.know(earlier.spec());
    List<Change> changes = Diff.between(state.spec(), earlier.spec()).changes();
    boolean returns = request.recreateRemoved() || !state.installed();
    for (Change change : changes) {
      if (change.property() == PropertyKind.COMPONENT) {
        decideComponent(change, returns);
      }
    }
    Owners stay = Owners.usedBy(state.spec(), added::contains);
    for (Change change : changes) {
      if (change.property() != PropertyKind.COMPONENT) {
        decideItem(change, stay);
      }
    }
    AppSpec spec = new LooseEnds(draft, state.spec(), wanted.finish()).dropped(earlier.spec());
    AppSpec base = base(earlier.base(), state.base());
    AppSpec keptBase = base(kept(earlier), kept(state));
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

  private void decideComponent(Change change, boolean returns) {
    ComponentKey key = change.component().orElseThrow();
    if (change.type() == ChangeType.REMOVED) {
      if (request.removeAdded()) {
        apply(change, "rollback: components added since are removed");
      } else {
        added.add(key);
        draft.decide(
            change, Verdict.KEEP, "rollback: components added since stay", ChangedBy.VENDOR);
        draft.followUp(
            change,
            what -> "Remove " + what + " by hand if it is no longer needed: it was added since");
      }
    } else if (returns) {
      apply(change, "rollback: components removed since come back");
    } else {
      missing.add(key);
      draft.decide(
          change, Verdict.KEEP, "rollback: components removed since stay away", ChangedBy.VENDOR);
      draft.followUp(
          change,
          what -> "Bring " + what + " back if it is needed: it was removed since, and the rollback"
              + " does not recreate it unless asked to");
    }
  }

  private void decideItem(Change change, Owners stay) {
    Place place = change.place();
    Optional<ComponentKey> owner = Owners.component(change);
    Optional<ComponentKey> provider = Owners.provider(change.afterItem());
    if (owner.filter(added::contains).isPresent() || isTakenFromUser(change, stay)) {
      keep(change, "rollback: what an added component uses stays with it", ChangedBy.VENDOR);
      if (isSeenByOthers(change)) {
        draft.followUp(change);
      }
    } else if (owner.filter(missing::contains).isPresent()
        || provider.filter(missing::contains).isPresent()) {
      keep(change, "rollback: its component stays away", ChangedBy.VENDOR);
      draft.followUp(change);
    } else if (isStorage(place.property())
        && change.type() != ChangeType.ADDED
        && !staysAnyway(place)) {
      keep(change, "rollback: storage stays as it is", author(place));
      draft.followUp(
          change,
          what -> change.type() == ChangeType.REMOVED
              ? "Remove " + what
                  + " by hand once its data is no longer needed: storage is not touched"
              : "Change " + what
                  + " by hand if its earlier settings are needed: storage is not touched");
    } else if (sinceThen.contains(place)) {
      decideEdit(change);
    } else {
      apply(change, "rollback: as at generation " + earlier.generation());
    }
  }

  /** Tells whether a component that stays would lose something; what others lose goes back. */
  private static boolean isTakenFromUser(Change change, Owners stay) {
    return change.type() == ChangeType.REMOVED
        && change.property() != PropertyKind.CONFIG_MEMBER
        && stay.uses(change);
  }

  /** Tells whether the change is about an item of a config group that was there before. */
  private boolean isSeenByOthers(Change change) {
    String group = change.property() == PropertyKind.CONFIG_ITEM ? Owners.group(change) : null;
    return group != null && earlier.spec().configGroups().find(group).isPresent();
  }

  /** Tells whether the operator edited it since, and keeps that. */
  private boolean staysAnyway(Place place) {
    return sinceThen.contains(place) && request.operatorEdits() == OperatorEdits.KEEP;
  }

  private static boolean isStorage(PropertyKind property) {
    return property == PropertyKind.VOLUME || property == PropertyKind.DISK;
  }

  private void decideEdit(Change change) {
    ChangedBy author = author(change.place());
    switch (request.operatorEdits()) {
      case KEEP -> {
        keep(change, "rollback: edits made since are kept", author);
        if (author == ChangedBy.BOTH) {
          draft.followUp(change);
        }
      }
      case OVERWRITE -> apply(change, "rollback: edits made since are overwritten");
      case ASK -> {
        draft.decide(change, Verdict.CONFLICT, "rollback: ask about edits made since", author);
        draft.obstacle(
            "edited-since",
            PlaceText.of(change.place()),
            "Cannot decide about " + draft.names().of(change.place())
                + ": the operator edited it since; it is " + said(change.before())
                + ", the earlier revision has " + said(change.after()),
            "say whether edits made since are kept or overwritten");
      }
    }
  }

  private static String said(String value) {
    return value.isEmpty() ? "nothing" : "'" + value + "'";
  }

  private ChangedBy author(Place place) {
    if (!sinceThen.contains(place)) {
      return ChangedBy.VENDOR;
    }
    return alsoVendors.contains(place) ? ChangedBy.BOTH : ChangedBy.OPERATOR;
  }

  private void keep(Change change, String rule, ChangedBy author) {
    kept.add(change.place());
    draft.decide(change, Verdict.KEEP, rule, author);
  }

  private void apply(Change change, String rule) {
    draft.decide(change, Verdict.APPLY, rule, author(change.place()));
    wanted.apply(change);
  }

  /** Returns the earlier base, with what components that stay were installed from. */
  private AppSpec base(AppSpec then, AppSpec now) {
    SpecEditor base = SpecEditor.of(then);
    for (Change change : Diff.between(then, now).changes()) {
      boolean component = change.property() == PropertyKind.COMPONENT;
      boolean stays = component
          ? change.type() == ChangeType.ADDED
              && change.component().filter(added::contains).isPresent()
          : change.component().isEmpty() && kept.contains(change.place());
      if (stays) {
        base.apply(change);
      }
    }
    missing.forEach(key -> base.remove(Place.of(key)));
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

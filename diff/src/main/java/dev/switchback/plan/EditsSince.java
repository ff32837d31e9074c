// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import dev.switchback.diff.Change;
import dev.switchback.diff.KeptItems;
import dev.switchback.diff.Place;
import dev.switchback.diff.PropertyKind;
import dev.switchback.diff.SpecEditor;
import dev.switchback.diff.ThreeWay;
import dev.switchback.diff.VendorChanges;
import dev.switchback.model.Keyed;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.OperationKind;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.app.RecordHistory;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import java.util.List;

/** Tells what the operator edited after an operation from what later operations did. */
final class EditsSince {

  private EditsSince() {}

  /**
   * Returns what is recorded as it would be without the operator's edits since the operation that is
   * taken back. If nothing but edits came since, that is what the operation brought about; if none
   * did, it is what is recorded. Where there were both, what is as the vendor has it, or as an
   * operation left it of the vendor's other versions, is not taken for an edit.
   */
  static AppSpec undone(PlanInput input, AppState state) {
    AppState after = input.after().orElse(null);
    if (after == null || !state.installed()) {
      return state.spec();
    }
    List<OperationRecord> later = input.laterRecords();
    boolean known = !later.isEmpty() || state.generation() <= after.generation();
    if (known && later.stream().noneMatch(EditsSince::isEdit)) {
      return state.spec();
    }
    AppSpec unedited = known && later.stream().allMatch(EditsSince::keepsVersion)
        ? after.spec()
        // Operations that were taken back can leave whole items behind, but no edited ones.
        : withLaterOperations(
            after.spec(),
            state,
            known && RecordHistory.inEffect(later).stream().allMatch(EditsSince::keepsVersion));
    return withBuilds(unedited, input.changedByBuilds(), state.spec());
  }

  /** Tells whether an operation leaves alone what the vendor's versions have. */
  private static boolean keepsVersion(OperationRecord record) {
    return isEdit(record) || RecordHistory.isToBuilds(record);
  }

  /** What a rollback to a build brought about, and is there still, is no edit. */
  private static AppSpec withBuilds(AppSpec unedited, List<Change> changed, AppSpec now) {
    SpecEditor result = SpecEditor.of(unedited);
    for (Change change : changed) {
      Place place = change.place();
      Component component = place.component().flatMap(now::component).orElse(null);
      Keyed.Item after = change.afterItem();
      if (component != null
          && after != null
          && place
              .property()
              .items(component)
              .find(place.item())
              .filter(after::equals)
              .isPresent()
          && place.component().flatMap(unedited::component).isPresent()) {
        result.put(place, after);
      }
    }
    return result.finish();
  }

  private static boolean isEdit(OperationRecord record) {
    return record.kind() == OperationKind.EDIT;
  }

  private static AppSpec withLaterOperations(AppSpec after, AppState state, boolean itemsOnly) {
    KeptItems kept = KeptItems.of(state);
    AppSpec base = kept.base();
    SpecEditor result = SpecEditor.of(after);
    for (ThreeWay.Row row : ThreeWay.of(base, after, state.spec()).rows()) {
      Place place = row.place();
      boolean stays = row.recorded().isPresent() && row.target().isPresent();
      if (place.property() == PropertyKind.COMPONENT) {
        if (row.base().isPresent() == row.target().isPresent()) {
          row.pending().ifPresent(result::apply);
        }
      } else if (!(stays && itemsOnly && !kept.stands(place))
          && place.component().filter(key -> base.component(key).isEmpty()).isEmpty()) {
        Change.between(
                place, row.recorded().orElse(null), VendorChanges.since(row).orElse(null))
            .ifPresent(result::apply);
      }
    }
    return result.finish();
  }
}

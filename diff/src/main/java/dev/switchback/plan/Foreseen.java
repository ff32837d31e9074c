// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import dev.switchback.diff.Change;
import dev.switchback.diff.Place;
import dev.switchback.diff.Preset;
import dev.switchback.diff.Resolution;
import dev.switchback.diff.ThreeWay;
import dev.switchback.diff.VendorChanges;
import dev.switchback.model.Keyed;
import org.jspecify.annotations.Nullable;

/** Tells what an upgrade will make of a single item, for what depends on it before all is merged. */
final class Foreseen {

  private final UpgradeRequest request;
  private final UpgradeSelection selection;

  Foreseen(UpgradeRequest request, UpgradeSelection selection) {
    this.request = request;
    this.selection = selection;
  }

  /** Returns the item that will be there; an open conflict leaves the recorded one. Null for none. */
  Keyed.@Nullable Item result(ThreeWay.Row row) {
    Change pending = row.pending().orElse(null);
    if (pending == null || selection.leftOut(pending) != null) {
      return row.recorded().orElse(null);
    }
    Place place = row.place();
    Policy policy = request.policy();
    ThreeWay.Row vendor = policy.preset() == Preset.EXACT ? row : VendorChanges.only(row);
    Resolution resolution =
        vendor.resolve(policy.rule(place.property(), place.owner(), place.item()), key -> true);
    boolean vendors = resolution.outcome() == Resolution.Outcome.CONFLICT
        && request.decisions().get(place) == Choice.TAKE_VENDOR;
    return (vendors ? vendor.target() : resolution.item()).orElse(null);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.switchback.diff;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.ComponentKey;
import dev.switchback.model.Keyed;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Settles the marks in a target that ask for a generated secret.
 *
 * <p>In an installed app the secret is there already; so a mark in the same place of the next version
 * is no change by the vendor.
 */
public final class GeneratedMarks {

  private GeneratedMarks() {}

  /**
   * Replaces each mark by the value that is in the same place of the base or, if not there, of the
   * recorded state. A mark in a place that neither has stays: its value is to be generated.
   *
   * @param target what the vendor offers, with the app's component keys
   * @param base what the app was installed from
   * @param recorded what the app is now
   * @return the target; the same value if no mark was replaced
   */
  public static AppSpec settle(AppSpec target, AppSpec base, AppSpec recorded) {
    requireNonNull(base, "base");
    requireNonNull(recorded, "recorded");
    SpecEditor editor = SpecEditor.of(target);
    for (PropertyKind kind : PropertyKind.ofApp()) {
      settle(editor, kind, null, target, List.of(base, recorded), kind.ofAppSlot());
    }
    ThreeWay.walk(
        base.components(),
        recorded.components(),
        target.components(),
        (key, was, is, wanted) -> settle(editor, was, is, wanted));
    return editor.isEmpty() ? target : editor.finish();
  }

  private static void settle(
      SpecEditor editor,
      @Nullable Component base,
      @Nullable Component recorded,
      @Nullable Component target) {
    List<Component> earlier = new ArrayList<>(2);
    if (base != null) {
      earlier.add(base);
    }
    if (recorded != null) {
      earlier.add(recorded);
    }
    if (target == null || earlier.contains(target)) {
      return;
    }
    for (PropertyKind kind : PropertyKind.ofComponent()) {
      settle(editor, kind, target.id(), target, earlier, kind.ofComponentSlot());
    }
  }

  private static <O> boolean same(O target, List<O> earlier, Slot<O, ?> slot) {
    for (O owns : earlier) {
      if (!slot.same(target, owns)) {
        return false;
      }
    }
    return true;
  }

  private static <O> void settle(
      SpecEditor editor,
      PropertyKind kind,
      @Nullable ComponentKey owner,
      O target,
      List<O> earlier,
      Slot<O, ?> slot) {
    if (!Items.canHoldSettings(kind.itemType()) || same(target, earlier, slot)) {
      return;
    }
    for (Keyed.Item item : slot.items(target)) {
      Keyed.Item settled = item;
      for (O owns : earlier) {
        Keyed.Item before = slot.items(owns).find(item.key()).orElse(null);
        if (before != null) {
          settled = Items.fillMarks(settled, before);
        }
      }
      if (!settled.equals(item)) {
        editor.put(new Place(kind, owner, item.key()), settled);
      }
    }
  }
}

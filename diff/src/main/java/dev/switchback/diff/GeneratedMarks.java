// SPDX-License-Identifier: Apache-2.0
package dev.switchback.diff;

import static java.util.Objects.requireNonNull;

import dev.switchback.diff.internal.InOrder;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Keyed;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Settles the marks in a target that ask for a generated secret.
 *
 * <p>In an installed app the secret is there already; so a mark in the same place of the next version
 * is no change by the vendor.
 */
public final class GeneratedMarks {

  private static final List<PropertyKind> OF_COMPONENT = PropertyKind.ofComponent().stream()
      .filter(kind -> Items.canHoldSettings(kind.itemType()))
      .toList();
  private static final List<PropertyKind> OF_APP = PropertyKind.ofApp().stream()
      .filter(kind -> Items.canHoldSettings(kind.itemType()))
      .toList();

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
    for (PropertyKind kind : OF_APP) {
      settle(editor, kind, null, target, List.of(base, recorded), kind.ofAppSlot());
    }
    ThreeWay.walk(
        base.components(),
        recorded.components(),
        target.components(),
        (key, was, is, wanted) -> settle(editor, was, is, wanted));
    return editor.isEmpty() ? target : editor.finish();
  }

  @SuppressWarnings("ReferenceEquality") // a shortcut: the same component has the same marks
  private static void settle(
      SpecEditor editor,
      @Nullable Component base,
      @Nullable Component recorded,
      @Nullable Component target) {
    if (target == null || Objects.equals(target, base) || Objects.equals(target, recorded)) {
      return;
    }
    List<Component> earlier = new ArrayList<>(2);
    if (base != null) {
      earlier.add(base);
    }
    if (recorded != null && recorded != base) {
      earlier.add(recorded);
    }
    for (PropertyKind kind : OF_COMPONENT) {
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
    if (same(target, earlier, slot)) {
      return;
    }
    List<InOrder<Keyed.Item>> earlierItems = new ArrayList<>(earlier.size());
    for (O owns : earlier) {
      earlierItems.add(new InOrder<>(slot.items(owns)));
    }
    for (Keyed.Item item : slot.items(target)) {
      Keyed.Item settled = item;
      for (InOrder<Keyed.Item> items : earlierItems) {
        Keyed.Item before = items.find(item);
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

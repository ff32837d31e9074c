// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import dev.switchback.diff.Cost;
import dev.switchback.diff.Level;
import dev.switchback.diff.Place;
import dev.switchback.diff.PropertyKind;
import dev.switchback.diff.Reach;
import dev.switchback.diff.SpecEditor;
import dev.switchback.model.Keyed;
import dev.switchback.model.spec.AppSpec;

/**
 * What the components of an app share while they change.
 *
 * <p>A plugin, a config group or a manifest that goes may be used until the last component has let go
 * of it. Routes are used by none: they go and come first, so that two that claim one domain are never
 * there together.
 */
public final class SharedParts {

  private SharedParts() {}

  /**
   * Returns {@code wanted} with what it no longer has of the shared things of {@code recorded} that
   * components may still use.
   */
  public static AppSpec whileChanging(AppSpec recorded, AppSpec wanted) {
    SpecEditor editor = SpecEditor.of(wanted);
    for (PropertyKind property : PropertyKind.values()) {
      if (mayBeUsed(property)) {
        Keyed<? extends Keyed.Item> kept = property.items(wanted);
        for (Keyed.Item item : property.items(recorded)) {
          if (!kept.contains(item.key())) {
            editor.put(Place.ofApp(property, item.key()), item);
          }
        }
      }
    }
    return editor.finish();
  }

  /** Tells whether components may use items of a kind that they share. */
  static boolean mayBeUsed(PropertyKind property) {
    return property.level() == Level.APP
        && property.cost() != Cost.NOTHING
        && property.reach() != Reach.ROUTES
        && !property.isAlwaysThere();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import dev.switchback.diff.Change;
import dev.switchback.diff.ChangeType;
import dev.switchback.diff.PropertyKind;
import dev.switchback.model.VersionRef;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Volume;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Says what to do by hand where an upgrade leaves something behind that the version has no more. */
final class LeftToDo {

  private LeftToDo() {}

  /**
   * Returns an instruction, made of the item in words; null where the general one will do.
   *
   * @param kept the change that is not made
   * @param target the version with the app's keys
   * @param version what it is called
   */
  static @Nullable UnaryOperator<String> about(Change kept, AppSpec target, VersionRef version) {
    if (kept.type() != ChangeType.REMOVED) {
      return null;
    }
    if (kept.property() == PropertyKind.COMPONENT) {
      return what -> "Remove " + what + " by hand if it is no longer needed: " + version
          + " does not have it any more";
    }
    Volume moved = moved(kept, target);
    return moved == null
        ? null
        : what -> "Move what is in " + what + " to " + moved.path() + ", where " + version
            + " has volume " + moved.name() + ", then remove it by hand";
  }

  /** Returns the volume that the target has under another path in place of one that stays. */
  private static @Nullable Volume moved(Change kept, AppSpec target) {
    return kept.beforeItem() instanceof Volume old && !old.name().isEmpty()
        ? kept.component()
            .flatMap(target::component)
            .flatMap(component -> component.volumes().stream()
                .filter(volume -> volume.name().equals(old.name()))
                .findFirst())
            .orElse(null)
        : null;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import dev.switchback.model.VersionRef;
import dev.switchback.model.template.TemplateVersion;
import org.jspecify.annotations.Nullable;

/** Checks that the template version that was asked for is the one that was loaded. */
final class Targets {

  private Targets() {}

  /** Returns the loaded version; null, with an obstacle, if it was not found or is another one. */
  static @Nullable TemplateVersion of(Draft draft, VersionRef asked) {
    TemplateVersion loaded = draft.input().target().orElse(null);
    if (loaded == null || !loaded.ref().equals(asked)) {
      draft.obstacle(
          "version-unknown",
          asked.toString(),
          "Cannot find " + asked + " in the library",
          "import a package that has it, or choose one that is listed");
      return null;
    }
    return loaded;
  }
}

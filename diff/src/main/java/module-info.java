// SPDX-License-Identifier: Apache-2.0

import org.jspecify.annotations.NullMarked;

/** Diff, three-way merge, policies, planners and plans. Pure functions of values. */
@NullMarked
module dev.switchback.diff {
  requires static transitive org.jspecify;
  requires transitive dev.switchback.model;
  requires org.semver4j;

  exports dev.switchback.diff;
  exports dev.switchback.plan;
}

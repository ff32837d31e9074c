// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.Obstacle;
import dev.switchback.model.VersionRef;
import dev.switchback.model.template.Stage;
import java.util.List;

/**
 * A version that an app could go to, and whether it can.
 *
 * @param version the version
 * @param kind what going there would mean
 * @param stage how far the vendor has come with it
 * @param reasons why the app cannot go there; empty if it can
 * @param hops the versions to upgrade to one after the other, this one last; one if it can be gone
 *     to directly, empty if there is no way
 */
public record UpgradeCandidate(
    VersionRef version, Kind kind, Stage stage, List<Obstacle> reasons, List<VersionRef> hops) {

  /** What going to a version would mean. */
  public enum Kind {
    /** The version is later than the one that is installed. */
    NEWER,
    /** The version is the one that is installed, published again with other content. */
    REPUBLISHED,
    /**
     * The version is later, and some components are at it already, or it is the one that is
     * installed, and the last step of some failed: the rest can follow.
     */
    REMAINDER,
    /** The version is the one that is installed: there is nothing to do. */
    INSTALLED,
    /** The version is earlier than the one that is installed. */
    OLDER
  }

  /** Checks that nothing is missing and copies the lists. */
  public UpgradeCandidate {
    requireNonNull(version, "version");
    requireNonNull(kind, "kind");
    requireNonNull(stage, "stage");
    reasons = List.copyOf(reasons);
    hops = List.copyOf(hops);
  }

  /** Tells whether the app can go there in one upgrade. */
  public boolean isAvailable() {
    return reasons.isEmpty() && hops.size() == 1;
  }

  /**
   * Returns the version to upgrade to next on the way: this one, or one that must not be jumped.
   *
   * @throws IllegalStateException if there is no way
   */
  public VersionRef firstHop() {
    if (hops.isEmpty()) {
      throw new IllegalStateException("Cannot go to " + version + ": there is no way");
    }
    return hops.get(0);
  }

  /** Tells whether the app can go there, at once or in several upgrades. */
  public boolean isReachable() {
    return !hops.isEmpty();
  }
}

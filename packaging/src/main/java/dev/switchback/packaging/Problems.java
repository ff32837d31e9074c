// SPDX-License-Identifier: Apache-2.0
package dev.switchback.packaging;

import dev.switchback.model.Obstacle;
import dev.switchback.model.RefusedException;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a package; the first hundred in words, the rest as a number. */
final class Problems {

  private static final int SHOWN = 100;
  private static final int NAME_SHOWN = 120;
  private static final String AGAIN = "get the package again from where it was made";

  private final List<Obstacle> found = new ArrayList<>();
  private int more;

  /** Adds one that a new copy of the package would mend. */
  void addDamage(String code, String place, String message) {
    add(new Obstacle(code, shown(place), message, AGAIN));
  }

  /** Adds one with its own next step, which may be empty. */
  void add(String code, String place, String message, String nextStep) {
    add(new Obstacle(code, shown(place), message, nextStep));
  }

  void add(Obstacle obstacle) {
    if (found.size() < SHOWN) {
      found.add(obstacle);
    } else {
      more++;
    }
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /** Throws all that was found; does nothing if nothing was. */
  void refuse(String what) {
    if (found.isEmpty()) {
      return;
    }
    List<Obstacle> all = new ArrayList<>(found);
    if (more > 0) {
      all.add(Obstacle.of("more", "there are " + more + " further problems", ""));
    }
    throw new RefusedException(what, all);
  }

  /**
   * Returns a name from a package as it can be printed: of bounded length, no control characters.
   */
  static String shown(String name) {
    String part = name.length() <= NAME_SHOWN ? name : name.substring(0, NAME_SHOWN) + "…";
    return part.replaceAll("\\p{Cntrl}", "?");
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.switchback.json.ram;

import dev.switchback.model.Obstacle;
import dev.switchback.model.RefusedException;
import java.util.ArrayList;
import java.util.List;

/** What reading a document finds: problems, for which it is refused, and warnings, kept with it. */
final class Findings {

  private static final int MOST = 100;

  private final List<Obstacle> problems = new ArrayList<>();
  private final List<Obstacle> warnings = new ArrayList<>();
  private int moreProblems;
  private int moreWarnings;

  void problem(String code, Place place, String message, String nextStep) {
    if (problems.size() < MOST) {
      Obstacle problem = new Obstacle(code, place.toString(), message, nextStep);
      if (!problems.contains(problem)) { // some fields are read for more than one property
        problems.add(problem);
      }
    } else {
      moreProblems++;
    }
  }

  void warning(String code, Place place, String message, String nextStep) {
    if (warnings.size() < MOST) {
      warnings.add(new Obstacle(code, place.toString(), message, nextStep));
    } else {
      moreWarnings++;
    }
  }

  boolean hasProblems() {
    return !problems.isEmpty();
  }

  /** Throws all problems together, if there are any. */
  void refuseIfAny() {
    if (!problems.isEmpty()) {
      throw new RefusedException(
          "Cannot read the RAM document", complete(problems, moreProblems, "problems"));
    }
  }

  List<Obstacle> warnings() {
    return complete(warnings, moreWarnings, "warnings");
  }

  private static List<Obstacle> complete(List<Obstacle> first, int more, String what) {
    if (more == 0) {
      return List.copyOf(first);
    }
    List<Obstacle> all = new ArrayList<>(first);
    all.add(Obstacle.of("more", "there are " + more + " more " + what + " like these", ""));
    return List.copyOf(all);
  }
}

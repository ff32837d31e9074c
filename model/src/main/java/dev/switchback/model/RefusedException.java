// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model;

import java.util.List;
import java.util.stream.Collectors;

/** Says that a request was understood and refused, with every reason. Nothing was changed. */
public final class RefusedException extends SwitchbackException {

  private static final long serialVersionUID = 1L;

  private final transient List<Obstacle> obstacles;

  /**
   * Makes a refusal.
   *
   * @param what what could not be done, starting with "Cannot" or "Invalid"
   * @param obstacles the reasons, at least one
   */
  public RefusedException(String what, List<Obstacle> obstacles) {
    super("refused", describe(what, obstacles), null);
    this.obstacles = List.copyOf(obstacles);
  }

  /** Makes a refusal for one reason. */
  public RefusedException(String what, Obstacle obstacle) {
    this(what, List.of(obstacle));
  }

  private static String describe(String what, List<Obstacle> obstacles) {
    if (obstacles.isEmpty()) {
      throw new IllegalArgumentException("Invalid refusal: it has no reason");
    }
    return obstacles.stream()
        .map(Obstacle::explain)
        .collect(Collectors.joining("\n  - ", what + ":\n  - ", ""));
  }

  /** Returns every reason, at least one. */
  public List<Obstacle> obstacles() {
    return obstacles;
  }
}

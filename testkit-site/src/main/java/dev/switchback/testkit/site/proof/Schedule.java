// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.site.proof;

import dev.switchback.model.app.OnFailure;
import dev.switchback.testkit.faults.FaultPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One course of events that can be replayed by its text: {@code upgrade/STOP/NONE/3:CRASH_AFTER} of
 * one operation, {@code random/17} of two nodes.
 *
 * @param scene the name of the operation; for two nodes the seed
 * @param onFailure what it does when a step fails
 * @param takeover what another node does while a call is late
 * @param faults what goes wrong with the first node, and with those that recover after it
 */
record Schedule(String scene, OnFailure onFailure, Takeover takeover, List<FaultPlan> faults) {

  private static final String RANDOM = "random";

  static Schedule random(int seed) {
    return new Schedule(RANDOM + "/" + seed, OnFailure.STOP, Takeover.NONE, List.of());
  }

  static Schedule parse(String text) {
    List<String> parts = Arrays.asList(text.split("/", -1));
    if (parts.size() == 2 && parts.get(0).equals(RANDOM)) {
      return random(Integer.parseInt(parts.get(1)));
    }
    if (parts.size() < 4) {
      throw new IllegalArgumentException("Invalid schedule '" + text
          + "': expected one that was printed, such as upgrade/STOP/NONE/3:CRASH_AFTER");
    }
    return new Schedule(
        parts.get(0),
        OnFailure.valueOf(parts.get(1)),
        Takeover.valueOf(parts.get(2)),
        parts.subList(3, parts.size()).stream().map(FaultPlan::parse).toList());
  }

  Schedule with(FaultPlan plan) {
    return new Schedule(scene, onFailure, takeover, List.of(plan));
  }

  Schedule with(Takeover other) {
    return new Schedule(scene, onFailure, other, faults);
  }

  /** Returns this one with what goes wrong with the node that recovers. */
  Schedule followedBy(FaultPlan plan) {
    List<FaultPlan> longer = new ArrayList<>(faults);
    longer.add(plan);
    return new Schedule(scene, onFailure, takeover, longer);
  }

  boolean isRandom() {
    return scene.startsWith(RANDOM + "/");
  }

  int seed() {
    return Integer.parseInt(scene.substring(RANDOM.length() + 1));
  }

  @Override
  public String toString() {
    return isRandom()
        ? scene
        : scene + "/" + onFailure + "/" + takeover + "/"
            + faults.stream().map(FaultPlan::toString).collect(Collectors.joining("/"));
  }
}

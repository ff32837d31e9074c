// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.simulation;

import dev.switchback.deploy.DeploymentException;
import dev.switchback.deploy.DeploymentException.Reason;
import dev.switchback.deploy.Observation.Health;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.spec.Component;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a simulated backend was told to get wrong. Guarded by its lock. */
final class SimulatedFaults {

  private final Map<ComponentKey, Reason> refused = new HashMap<>();
  private final Map<Integer, Reason> scripted = new HashMap<>();
  private final Map<ComponentKey, Health> healthByKey = new HashMap<>();
  private final Map<String, Health> healthByImage = new TreeMap<>();
  private int unreachable;

  void refuse(ComponentKey component, Reason reason) {
    refused.put(component, reason);
  }

  void script(int call, Reason reason) {
    scripted.put(call, reason);
  }

  void unreachable(int calls) {
    unreachable = calls;
  }

  void health(ComponentKey component, Health health) {
    healthByKey.put(component, health);
  }

  void health(String imageText, Health health) {
    healthByImage.put(imageText, health);
  }

  void clear() {
    refused.clear();
    scripted.clear();
    healthByKey.clear();
    healthByImage.clear();
    unreachable = 0;
  }

  /** Fails call {@code number} if it is to fail. */
  void check(int number, String what, @Nullable ComponentKey component) {
    if (unreachable > 0) {
      unreachable--;
      throw failure(Reason.UNREACHABLE, what);
    }
    Reason reason = scripted.get(number);
    if (reason == null && component != null) {
      reason = refused.get(component);
    }
    if (reason != null) {
      throw failure(reason, what);
    }
  }

  private static DeploymentException failure(Reason reason, String what) {
    return new DeploymentException(
        reason, "Cannot " + what + ": the simulated platform was told to answer " + reason, null);
  }

  /** Returns the health that {@code component} was told to have instead of a good one. */
  Optional<Health> health(Component component) {
    Health health = healthByKey.get(component.id());
    if (health != null) {
      return Optional.of(health);
    }
    return healthByImage.entrySet().stream()
        .filter(entry -> component.image().reference().contains(entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }
}

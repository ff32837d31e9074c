// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model.spec;

import dev.switchback.model.Keyed;

/**
 * How many instances a component has and how far it may be scaled. Zero means not stated.
 *
 * <p>Source: RAM {@code extend_method_map}.
 *
 * @param minReplicas instances to start with, {@code min_node}
 * @param maxReplicas {@code max_node}
 * @param stepReplicas {@code step_node}
 * @param minMemoryMb {@code min_memory}, in MB
 * @param maxMemoryMb {@code max_memory}, in MB
 * @param stepMemoryMb {@code step_memory}, in MB
 * @param initialMemoryMb {@code init_memory}, in MB
 * @param restart {@code is_restart}
 */
public record Scaling(
    int minReplicas,
    int maxReplicas,
    int stepReplicas,
    int minMemoryMb,
    int maxMemoryMb,
    int stepMemoryMb,
    int initialMemoryMb,
    boolean restart)
    implements Keyed.Item {

  /** Checks that nothing is missing. */
  public Scaling {}

  /** Returns the empty text, the scaling is an only child. */
  @Override
  public String key() {
    return "";
  }

  /** Returns one instance, nothing else stated. */
  public static Scaling one() {
    return new Scaling(1, 0, 0, 0, 0, 0, 0, false);
  }

  /** Returns a copy that starts with {@code replicas} instances. */
  public Scaling withMinReplicas(int replicas) {
    return new Scaling(
        replicas,
        maxReplicas,
        stepReplicas,
        minMemoryMb,
        maxMemoryMb,
        stepMemoryMb,
        initialMemoryMb,
        restart);
  }
}

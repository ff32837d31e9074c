// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model.spec;

import static java.util.Objects.requireNonNull;

/**
 * How a component runs: its {@code extend_method} in RAM.
 *
 * <p>Source: RAM {@code extend_method}; unknown codes are kept.
 *
 * @param code {@code stateless_multiple}, {@code stateless_singleton}, {@code state_multiple}, {@code state_singleton}, {@code job}, {@code cronjob}, {@code daemonset}, {@code vm}, or the older {@code stateless} and {@code state}; may be empty
 */
public record Workload(String code) {

  /** Checks that nothing is missing. */
  public Workload {
    requireNonNull(code, "code");
  }

  /** Returns the workload of a component that keeps no data and may have many instances. */
  public static Workload stateless() {
    return new Workload("stateless_multiple");
  }

  /** Tells whether instances have an identity and data of their own. */
  public boolean isStateful() {
    return code.equals("state") || code.startsWith("state_") || code.equals("vm");
  }

  /** Tells whether there may be at most one instance. */
  public boolean isSingleton() {
    return code.endsWith("_singleton");
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.site.proof;

import dev.switchback.core.ExecutionOptions;
import dev.switchback.core.Switchback;
import dev.switchback.model.app.OnFailure;
import dev.switchback.model.app.OperationRecord;
import java.util.function.Consumer;

/**
 * One operation, and what the site has gone through before.
 *
 * @param name how a schedule names it
 * @param prelude what has happened before, without any fault
 * @param work what is done under faults
 */
record Scene(String name, Consumer<Switchback> prelude, Work work) {

  /** What a node is about to do. */
  interface Work {

    /** Does it, and returns the record; options come with what to do on failure. */
    OperationRecord run(Switchback site, ExecutionOptions.Builder options);
  }

  /** Starts options that do not wait for long. */
  static ExecutionOptions.Builder options(ProofSite place, OnFailure onFailure) {
    return ExecutionOptions.builder()
        .actor("crash proof")
        .onFailure(onFailure)
        .healthDeadline(place.patience())
        .executor(Runnable::run);
  }

  @Override
  public String toString() {
    return name;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.site.proof;

import dev.switchback.core.ExecutionOptions;
import dev.switchback.core.Switchback;
import dev.switchback.model.app.OnFailure;

/** What another node does while a node is stuck in a call for longer than its lease lasts. */
enum Takeover {
  /** Nothing. */
  NONE,
  /** It finishes what the stuck node was at. */
  RECOVER,
  /** It cancels what the stuck node was at, and finishes that. */
  CANCEL;

  void on(Trial trial, OnFailure onFailure) {
    if (this == NONE) {
      return;
    }
    trial.place().expireLeases();
    Switchback other = trial.open();
    ExecutionOptions options = Scene.options(trial.place(), onFailure).build();
    if (this == CANCEL) {
      trial
          .unfinished()
          .forEach(
              record -> trial.attempt(() -> other.apps().cancel(record.id(), "the other node")));
    }
    trial.attempt(() -> other.apps().recover(options));
  }
}

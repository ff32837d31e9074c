// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.site.proof;

import dev.switchback.core.ExecutionOptions;
import dev.switchback.core.Switchback;
import dev.switchback.model.RecordId;
import dev.switchback.model.app.OnFailure;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.storage.PageRequest;
import dev.switchback.testkit.faults.Fault;
import dev.switchback.testkit.faults.FaultPlan;
import dev.switchback.testkit.faults.Faults;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/**
 * Two nodes that work on one app as a seed says: each does what occurs to it, has faults of its own,
 * sleeps through its lease, dies and comes back; each tells the other to pause, to cancel, to go on.
 * They take turns, so that the same seed gives the same course.
 */
final class RandomCourse {

  private static final int LIVES = 3;
  private static final int DEEDS = 2;
  private static final int CALLS = 400;
  private static final int CALLS_OF_AN_OPERATION = 60;
  private static final List<Double> PROBABILITIES = List.of(0.0, 0.01, 0.03, 0.1);

  private final Trial trial;
  private final Scenes scenes;
  private final Random random;
  private final Turns turns;

  RandomCourse(Trial trial, Scenes scenes, int seed) {
    this.trial = trial;
    this.scenes = scenes;
    this.random = new Random(seed);
    this.turns = new Turns(random, trial.clock(), trial.place()::pause);
  }

  void run() {
    turns.run(List.of(this::live, this::live));
  }

  private void live() {
    for (int life = 0; life < LIVES; life++) {
      Faults faults = faults();
      trial.attempt(() -> {
        Switchback node = trial.open(faults, turns::sleep);
        for (int deed = 0; deed < DEEDS; deed++) {
          turns.sleep(upTo(trial.place().leaseDuration().multipliedBy(2)));
          trial.attempt(() -> act(node));
        }
      });
    }
  }

  /** Draws what goes wrong in one life; in every other one, a call is late by more than a lease. */
  private Faults faults() {
    FaultPlan plan = FaultPlan.random(random, CALLS, pick(PROBABILITIES), List.of(Fault.values()));
    if (random.nextBoolean()) {
      plan = plan.and(1 + random.nextInt(CALLS_OF_AN_OPERATION), Fault.DELAY);
    }
    Duration lease = trial.place().leaseDuration();
    return trial.faults(plan, lease.plus(upTo(lease.multipliedBy(2))), turns::sleep, turns::pass);
  }

  private void act(Switchback node) {
    OnFailure onFailure = pick(List.of(OnFailure.values()));
    ExecutionOptions.Builder options = Scene.options(trial.place(), onFailure);
    switch (random.nextInt(6)) {
      case 0, 1 -> node.apps().recover(options.build());
      case 2 -> signal(node, options);
      default -> pick(scenes.works()).run(node, options);
    }
  }

  /** Tells whoever works on the latest operation what to do. */
  private void signal(Switchback node, ExecutionOptions.Builder options) {
    List<OperationRecord> last =
        node.apps().records(Scenes.SHOP, PageRequest.first(1)).items();
    if (last.isEmpty() || last.get(0).status().isTerminal()) {
      return;
    }
    RecordId record = last.get(0).id();
    switch (random.nextInt(4)) {
      case 0 -> node.apps().pause(record, "the other node");
      case 1 -> node.apps().cancel(record, "the other node");
      case 2 -> node.apps().cancel(record, options.build());
      default -> node.apps().resume(record, options.build());
    }
  }

  private Duration upTo(Duration longest) {
    return Duration.ofMillis(random.nextLong(longest.toMillis() + 1));
  }

  private <T> T pick(List<T> choice) {
    return choice.get(random.nextInt(choice.size()));
  }
}

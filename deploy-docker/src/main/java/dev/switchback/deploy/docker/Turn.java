// SPDX-License-Identifier: Apache-2.0
package dev.switchback.deploy.docker;

import dev.switchback.model.app.StepId;
import dev.switchback.model.spec.Image;
import java.util.ArrayList;
import java.util.List;

/**
 * The instances that one step brought up.
 *
 * @param number counts the turns of a component
 * @param instances at least one, by replica
 */
record Turn(long number, List<Seen> instances) {

  /** How a turn takes over from the one before. */
  enum Handover {
    /** Both run, until the new one is healthy and has the address. */
    OVERLAP,
    /** The old one stops, then the new one starts: there may be only one, or they share an address. */
    REPLACE
  }

  Turn {
    instances = List.copyOf(instances);
  }

  private Seen any() {
    return instances.get(0);
  }

  StepId step() {
    return new StepId(any().label(Labels.STEP));
  }

  long generation() {
    return any().number(Labels.GENERATION);
  }

  int replicas() {
    return (int) any().number(Labels.REPLICAS);
  }

  Handover handover() {
    return Handover.valueOf(any().label(Labels.HANDOVER));
  }

  /** Tells whether consumers reach it through a proxy. */
  boolean isProxied() {
    return any().label(Labels.PROXIED).equals("true");
  }

  Face face() {
    return Face.parse(any().label(Labels.FACE));
  }

  Image image() {
    return any().image();
  }

  /** Tells whether every instance that there is to be is there, started or not. */
  boolean isWhole() {
    return instances.size() >= replicas();
  }

  /** The step of this turn and of those before it, latest first. */
  List<String> steps() {
    List<String> steps = new ArrayList<>();
    steps.add(step().value());
    String earlier = any().label(Labels.EARLIER_STEPS);
    if (!earlier.isEmpty()) {
      steps.addAll(List.of(earlier.split("\n")));
    }
    return steps;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.arbitraries;

import dev.switchback.model.spec.AppSpec;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * One small change of a spec. A spec is a list of these, so that jqwik can shrink it by leaving some
 * out.
 */
record Mutation(Feature feature, int seed) {

  /** What can be changed. */
  @FunctionalInterface
  interface Feature {
    AppSpec applyTo(AppSpec spec, Dice dice);
  }

  /** Every feature; those that operators and vendors edit most stand several times. */
  static final List<Feature> FEATURES = Stream.of(
          Arrays.stream(AppFeature.values()),
          Arrays.stream(ComponentFeature.values()),
          Stream.of(
              ComponentFeature.ENV,
              ComponentFeature.ENV,
              ComponentFeature.ENV,
              ComponentFeature.CONFIG_FILE,
              ComponentFeature.VOLUME,
              ComponentFeature.IMAGE,
              AppFeature.CONFIG_ITEM,
              AppFeature.CONFIG_ITEM))
      .<Feature>flatMap(features -> features)
      .toList();

  static AppSpec applyAll(AppSpec spec, List<Mutation> mutations) {
    AppSpec result = spec;
    for (Mutation mutation : mutations) {
      result = mutation.feature.applyTo(result, new Dice(mutation.seed));
    }
    return result;
  }
}

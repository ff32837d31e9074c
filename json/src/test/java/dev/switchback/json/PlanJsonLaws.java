// SPDX-License-Identifier: Apache-2.0
package dev.switchback.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.model.Digest;
import dev.switchback.model.app.AppState;
import dev.switchback.model.template.TemplateVersion;
import dev.switchback.plan.Plan;
import dev.switchback.plan.PlanInput;
import dev.switchback.plan.Planner;
import dev.switchback.plan.UpgradeRequest;
import dev.switchback.testkit.arbitraries.SpecTriple;
import dev.switchback.testkit.arbitraries.Specs;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Plans that the planner makes come back from JSON as they were. */
final class PlanJsonLaws {

  @Property(tries = 50)
  void readOfWrite_planOfAnUpgrade_isThePlan(@ForAll("triples") SpecTriple triple) {
    AppState state = AppState.builder(FullValues.APP, FullValues.V1)
        .generation(1)
        .base(triple.base())
        .spec(triple.recorded())
        .build();
    TemplateVersion target = TemplateVersion.builder(
            FullValues.V2, triple.target(), JsonFormats.appSpec().digest(triple.target()))
        .build();
    PlanInput input = PlanInput.builder(FullValues.APP)
        .state(state)
        .stateDigest(JsonFormats.appState().digest(state))
        .target(target)
        .now(FullValues.NOON)
        .build();
    Plan plan = Planner.plan(input, UpgradeRequest.to(FullValues.V2)).plan();
    byte[] json = JsonFormats.plan().write(plan);
    assertThat(JsonFormats.plan().read(json)).isEqualTo(plan);
    assertThat(JsonFormats.plan().digest(plan)).isEqualTo(Digest.of(json));
  }

  @Provide
  Arbitrary<SpecTriple> triples() {
    return Specs.specTriple();
  }
}

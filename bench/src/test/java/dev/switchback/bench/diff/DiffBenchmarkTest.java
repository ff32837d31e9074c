// SPDX-License-Identifier: Apache-2.0
package dev.switchback.bench.diff;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.switchback.diff.Diff;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Everybody compares the same thing and finds what is there. */
final class DiffBenchmarkTest {

  private static final int SIZE = 1_000;
  private static final Mix MIX = new Mix(0, SIZE);

  @Test
  void ours_findsExactlyWhatDiffers() {
    assertThat(MIX.changes()).isEqualTo(530);
    assertThat(new Pairs<>(SIZE, 2, Specs::of)
            .all((from, to) -> Diff.between(from, to).changes().size()))
        .containsOnly(530);
  }

  @Test
  void ours_ofWhatIsKept_findsTheSame() {
    assertThat(new Pairs<>(SIZE, 2, Specs.kept())
            .all((from, to) -> Diff.between(from, to).changes().size()))
        .containsOnly(530);
  }

  @Test
  void handCoded_findsTheSame() {
    assertThat(new Pairs<>(SIZE, 2, Printed::of).all(Printed::unequal)).containsOnly(130);
    assertThat(new Pairs<>(SIZE, 2, HandCoded::of).all(HandCoded::unequal)).containsOnly(130);
    assertThat(new Pairs<>(SIZE, 2, HandCoded::of)
            .all((from, to) -> HandCoded.differences(from, to).size()))
        .containsOnly(530);
  }

  @Test
  void peers_findMore() {
    assertThat(new Pairs<>(SIZE, 1, HandCoded::of)
            .all((from, to) -> Tools.javers(from, to).getChanges().size()))
        .containsExactly(531);
    assertThat(new Pairs<JsonNode>(SIZE, 1, Tools::tree)
            .all((from, to) -> Tools.patch(from, to).size()))
        .containsExactly(630);
  }

  @Test
  void upgrade_isPlannedWithEveryChangeDecided() {
    for (Upgrade upgrade : List.of(Upgrade.parsed(MIX), Upgrade.kept(MIX))) {
      Upgrade.Result result = upgrade.diffAndPlan();

      assertThat(result.diff().changes()).hasSize(530);
      assertThat(result.plan().plan().decisions()).hasSize(530);
      assertThat(result.plan().plan().obstacles()).isEmpty();
      assertThat(upgrade.plan()).isEqualTo(result.plan());
      assertThat(upgrade.shareThenDiffAndPlan()).isEqualTo(result);
    }
  }

  @Test
  void order_byHand_hasEveryComponent() {
    assertThat(Order.waves(HandCoded.of(MIX, 2)).stream().mapToInt(List::size).sum())
        .isEqualTo(MIX.components(2).size());
  }

  @Test
  void chain_ofTenThousand_isPlannedOneByOne() {
    assertThat(Upgrade.chain(10_000).plan().plan().waves()).hasSize(10_000);
  }

  @Test
  void mix_isTheSameEachTime() {
    assertThat(Specs.of(new Mix(7, 10), 2)).isEqualTo(Specs.of(new Mix(7, 10), 2));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.diff.PropertyKind;
import dev.switchback.model.Keyed;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NamesTest {

  private static Component component(String key, String name) {
    return Component.builder(key).name(name).build();
  }

  private static AppSpec spec(Component... components) {
    return AppSpec.builder().components(Keyed.of(components)).build();
  }

  private static String inItem(PropertyKind kind, String item) {
    AppSpec spec = spec(
        component("a", "Short"),
        component("a/b", "Long"),
        component("c:1", "Colon"),
        component("b", "Tail"));
    return Names.in(List.of(spec)).inItem(kind, item);
  }

  @Test
  void inItem_aProviderAndWhatIsBehindIt_findsTheProvider() {
    assertThat(inItem(PropertyKind.DEPENDENCY, "a")).isEqualTo("Short");
    assertThat(inItem(PropertyKind.HTTP_ROUTE, "a:80/shop")).isEqualTo("Short");
    assertThat(inItem(PropertyKind.MOUNT, "c:1/data")).isEqualTo("Colon");
  }

  @Test
  void inItem_twoKeysFit_takesTheFirstInOrder() {
    assertThat(inItem(PropertyKind.MOUNT, "a/b/data")).isEqualTo("Short");
    assertThat(inItem(PropertyKind.CONFIG_MEMBER, "group/a/b")).isEqualTo("Long");
  }

  @Test
  void inItem_noKeyFits_isEmpty() {
    assertThat(inItem(PropertyKind.DEPENDENCY, "ab")).isEmpty();
    assertThat(inItem(PropertyKind.CONFIG_MEMBER, "a")).isEmpty();
    assertThat(inItem(PropertyKind.ENV, "a")).isEmpty();
  }

  @Test
  void in_severalSpecs_takesTheFirstName() {
    Component shared = component("a", "Shared");

    Names names = Names.in(List.of(
        spec(shared, component("b", "Mine")),
        spec(shared, component("b", "Theirs"), component("c", "New")),
        spec(component("d", "Gone"), component("e", "e"))));

    assertThat(names.byKey().values()).containsExactly("Shared", "Mine", "New", "Gone");
  }
}

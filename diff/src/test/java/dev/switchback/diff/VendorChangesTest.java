// SPDX-License-Identifier: Apache-2.0
package dev.switchback.diff;

import static dev.switchback.diff.Fixtures.WEB;
import static dev.switchback.diff.Fixtures.env;
import static dev.switchback.diff.Fixtures.probe;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.model.Keyed;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.Probe;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class VendorChangesTest {

  private static ThreeWay.Row only(
      PropertyKind kind,
      Keyed.@Nullable Item base,
      Keyed.@Nullable Item recorded,
      Keyed.@Nullable Item target) {
    Place place = kind == PropertyKind.COMPONENT
        ? Place.of(WEB)
        : Place.of(WEB, kind, kind == PropertyKind.ENV ? "A" : "liveness");
    return VendorChanges.only(new ThreeWay.Row(place, base, recorded, target));
  }

  @Test
  void only_ofWhatTheVendorLeft_hasNothingPending() {
    ThreeWay.Row edited = only(PropertyKind.ENV, env("A", "1"), env("A", "2"), env("A", "1"));
    ThreeWay.Row removed = only(PropertyKind.ENV, env("A", "1"), null, env("A", "1"));
    ThreeWay.Row added = only(PropertyKind.ENV, null, env("A", "2"), null);

    assertThat(edited.pending()).isEmpty();
    assertThat(edited.target()).contains(env("A", "2"));
    assertThat(removed.pending()).isEmpty();
    assertThat(added.pending()).isEmpty();
  }

  @Test
  void only_ofAnItemBothEdited_hasTheFieldsTheVendorChanged() {
    Probe base = probe("liveness", 3);
    Probe recorded = new Probe("liveness", "http", "/mine", 80, "", "", 1, 4, 3, 3, 1, true);
    Probe target = new Probe("liveness", "http", "/health", 80, "", "", 9, 5, 3, 3, 1, true);

    ThreeWay.Row row = only(PropertyKind.PROBE, base, recorded, target);

    assertThat(row.target())
        .contains(new Probe("liveness", "http", "/mine", 80, "", "", 9, 5, 3, 3, 1, true));
  }

  @Test
  void only_ofWholeComponentsAndOneSidedItems_isTheRowAsItIs() {
    Component one = Component.builder("web").command("1").build();
    Component two = Component.builder("web").command("2").build();

    assertThat(only(PropertyKind.COMPONENT, one, two, null).target()).isEmpty();
    assertThat(only(PropertyKind.ENV, env("A", "1"), env("A", "2"), null).target())
        .isEmpty();
    assertThat(only(PropertyKind.ENV, null, env("A", "1"), env("A", "2")).target())
        .contains(env("A", "2"));
    assertThat(only(PropertyKind.ENV, env("A", "0"), null, env("A", "2")).target())
        .contains(env("A", "2"));
  }

  private static Optional<Keyed.Item> since(
      Keyed.@Nullable Item base, Keyed.@Nullable Item was, Keyed.@Nullable Item now) {
    return VendorChanges.since(
        new ThreeWay.Row(Place.of(WEB, PropertyKind.PROBE, "liveness"), base, was, now));
  }

  @Test
  void since_anItemAsInTheBase_isTheVendors() {
    Probe one = probe("liveness", 1);
    Probe two = probe("liveness", 2);

    assertThat(since(two, one, two)).contains(two);
    assertThat(since(two, null, two)).contains(two);
    assertThat(since(null, one, null)).isEmpty();
  }

  @Test
  void since_anItemUnlikeTheBase_isAsItWas() {
    Probe one = probe("liveness", 1);
    Probe two = probe("liveness", 2);

    assertThat(since(null, one, two)).contains(one);
    assertThat(since(one, null, two)).isEmpty();
    assertThat(since(one, two, null)).contains(two);
  }

  @Test
  void since_fieldsAsInTheBase_areTheVendors() {
    Probe was = probe("liveness", 3);
    Probe base = new Probe("liveness", "http", "/vendor", 80, "", "", 9, 3, 3, 3, 1, true);
    Probe now = new Probe("liveness", "http", "/vendor", 80, "", "", 5, 3, 3, 3, 1, true);

    assertThat(since(base, was, now))
        .contains(new Probe("liveness", "http", "/vendor", 80, "", "", 1, 3, 3, 3, 1, true));
  }
}

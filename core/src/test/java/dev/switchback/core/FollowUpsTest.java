// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import static dev.switchback.core.Sites.SHOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchback.model.Keyed;
import dev.switchback.model.Obstacle;
import dev.switchback.model.RefusedException;
import dev.switchback.model.VersionRef;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.plan.UninstallRequest;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class FollowUpsTest {

  private final Sites sites = new Sites();
  private final Apps apps = sites.site.apps();
  private final Audit audit = sites.site.audit();
  private final VersionRef two = sites.publish("2.0", withMode("2", "other"));

  private static AppSpec withMode(String version, String mode) {
    AppSpec spec = Sites.shop(version);
    return spec.toBuilder()
        .components(spec.components().stream()
            .map(component -> mode(component, mode))
            .collect(Keyed.collector()))
        .build();
  }

  private static Component mode(Component component, String mode) {
    return component.key().equals("db")
        ? component
        : component.toBuilder()
            .env(component.env().with(Sites.env("MODE", mode)))
            .build();
  }

  @BeforeEach
  void install() {
    apps.install(SHOP, sites.publish("1.0", Sites.shop("1")));
  }

  @AfterEach
  void close() {
    sites.close();
  }

  @Test
  void followUps_ofAnUpgrade_areOpenUntilTicked() {
    OperationRecord upgrade = apps.upgrade(SHOP, two);
    List<AppFollowUp> open = audit.followUps(SHOP);
    assertThat(open).hasSize(2).allMatch(one -> one.ticked().isEmpty());
    assertThat(open.get(0).id()).isEqualTo(upgrade.id() + "/F1");

    audit.tick(SHOP, List.of(open.get(0).id()), "anna", "set by hand");

    List<AppFollowUp> now = audit.followUps(SHOP);
    assertThat(now.get(0).ticked()).hasValueSatisfying(done -> {
      assertThat(done.actor()).isEqualTo("anna");
      assertThat(done.note()).isEqualTo("set by hand");
      assertThat(done.at()).isEqualTo(sites.clock.instant());
    });
    assertThat(now.get(1).ticked()).isEmpty();
  }

  @Test
  void tick_ofUnknownAndTicked_isRefusedWithEachOfThemAndTicksNone() {
    apps.upgrade(SHOP, two);
    List<AppFollowUp> open = audit.followUps(SHOP);
    audit.tick(SHOP, List.of(open.get(0).id()), "anna", "");

    assertThatThrownBy(() ->
            audit.tick(SHOP, List.of(open.get(0).id(), "none/F9", open.get(1).id()), "ben", ""))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refusal -> assertThat(refusal.obstacles())
                .extracting(Obstacle::code)
                .containsExactly("follow-up-done", "follow-up-missing"));
    assertThat(audit.followUps(SHOP).get(1).ticked()).isEmpty();
  }

  @Test
  void followUps_ofWhatWasTakenBack_matterNoMore() {
    OperationRecord upgrade = apps.upgrade(SHOP, two);
    String id = audit.followUps(SHOP).get(0).id();

    apps.rollback(upgrade.id());

    assertThat(audit.followUps(SHOP)).isEmpty();
    assertThatThrownBy(() -> audit.tick(SHOP, List.of(id), "anna", ""))
        .hasMessageContaining("still matters");
  }

  @Test
  void followUps_beforeAnUninstall_matterNoMore() {
    apps.upgrade(SHOP, two);

    apps.execute(apps.plan(SHOP, new UninstallRequest()), ExecutionOptions.defaults());

    assertThat(audit.followUps(SHOP)).isEmpty();
  }

  @Test
  void followUps_ofARollback_areItsOwn() {
    AppSpec more = Sites.shop("3");
    Component extra = Sites.component("extra", "3");
    VersionRef three = sites.publish(
        "3.0", more.toBuilder().components(more.components().with(extra)).build());
    OperationRecord upgrade = apps.upgrade(SHOP, three);

    OperationRecord rollback = apps.rollback(upgrade.id());

    assertThat(audit.followUps(SHOP))
        .isNotEmpty()
        .allMatch(one -> one.record().equals(rollback.id()));
  }
}

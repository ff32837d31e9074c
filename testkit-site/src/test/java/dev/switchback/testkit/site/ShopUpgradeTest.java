// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.site;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.core.Switchback;
import dev.switchback.model.AppId;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.app.RecordStatus;
import dev.switchback.testkit.simulation.SimulatedBackend;
import org.junit.jupiter.api.Test;

// region ready-site
@ReadySite(installed = "1.0")
final class ShopUpgradeTest {

  @Test
  void upgrade_ofAShopWhoseApiFails_saysSo(Switchback site, AppId shop, SimulatedBackend backend) {
    backend.neverHealthyImage("shop/api:2.0");

    OperationRecord upgrade = site.apps().upgrade(shop, SampleShop.ref("2.0"));

    assertThat(upgrade.status()).isEqualTo(RecordStatus.PARTLY_SUCCEEDED);
    assertThat(site.apps().find(shop).orElseThrow().unsettled()).contains(SampleShop.API);
  }
}
// endregion

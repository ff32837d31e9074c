// SPDX-License-Identifier: Apache-2.0
package dev.switchback.examples;

import dev.switchback.core.ExecutionOptions;
import dev.switchback.core.Switchback;
import dev.switchback.deploy.DeploymentBackend;
import dev.switchback.model.AppId;
import dev.switchback.model.VersionRef;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.app.RecordStatus;
import dev.switchback.model.template.Stage;
import dev.switchback.plan.Plan;
import dev.switchback.plan.PlanTable;
import dev.switchback.plan.UpgradeRequest;
import java.nio.file.Path;

/** What a host writes to bring an app to the version in a package: the example of the README. */
public final class EmbedInTwelveLines {

  private EmbedInTwelveLines() {}

  /**
   * Brings {@code shop} to the newest version, and back if that did not succeed.
   *
   * @param home where the site keeps its library and records
   * @param backend runs apps
   * @param file the package that was carried in
   * @param shop the app
   */
  public static void upgrade(Path home, DeploymentBackend backend, Path file, AppId shop) {
    // region embed
    try (Switchback site = Switchback.builder().directory(home).backend(backend).open()) {
      site.packages().importFrom(file, "anna");
      VersionRef next =
          site.apps().upgrades(shop, Stage.RELEASED).newest().orElseThrow().firstHop();
      Plan plan = site.apps().plan(shop, UpgradeRequest.to(next));
      System.out.println(PlanTable.text(plan));
      OperationRecord upgrade = site.apps().execute(plan, ExecutionOptions.defaults());
      if (upgrade.status() != RecordStatus.SUCCEEDED) {
        site.apps().rollback(upgrade.id());
      }
    }
    // endregion
  }
}

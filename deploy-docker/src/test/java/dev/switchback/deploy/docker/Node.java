// SPDX-License-Identifier: Apache-2.0
package dev.switchback.deploy.docker;

import dev.switchback.core.Switchback;
import dev.switchback.model.VersionRef;
import dev.switchback.model.app.OperationKind;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.plan.Plan;
import dev.switchback.plan.UpgradeRequest;
import dev.switchback.storage.LeaseHeldException;
import dev.switchback.storage.PageRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A process that finishes what another left, and then goes from 1.0 to 2.0 or back. It may be killed
 * at any moment.
 */
final class Node {

  private Node() {}

  /** Starts one of its own. */
  static Process start(Path site, Path log, String task) throws IOException {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            classPath,
            Node.class.getName(),
            site.toString(),
            task)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }

  /** Takes the directory of the site, and {@code recover} or {@code change}. */
  public static void main(String[] args) {
    try (DockerBackend backend = Shop.backend();
        Switchback site = Shop.site(Path.of(args[0]), backend)) {
      System.out.println("recovered " + recover(site));
      if (args[1].equals("change")) {
        System.out.println("begins");
        System.out.println("ended " + change(site).status());
      }
    }
  }

  /** Waits for the lease of a dead process to end. */
  private static List<String> recover(Switchback site) {
    while (true) {
      List<OperationRecord> closed = site.apps().recover(Shop.options());
      boolean open = site.apps().records(Shop.APP, PageRequest.first(1)).items().stream()
          .anyMatch(record -> !record.status().isTerminal());
      if (!open) {
        return closed.stream()
            .map(record -> record.id() + " " + record.status())
            .toList();
      }
      LockSupport.parkNanos(200_000_000);
    }
  }

  private static OperationRecord change(Switchback site) {
    OperationRecord last = site.apps().records(Shop.APP, PageRequest.first(20)).items().stream()
        .filter(record -> record.resultGeneration() > 0)
        .findFirst()
        .orElseThrow();
    boolean back = last.kind() == OperationKind.UPGRADE;
    Plan plan = back
        ? site.apps().planRollback(last.id())
        : site.apps().plan(Shop.APP, UpgradeRequest.to(VersionRef.parse("shop@2.0")));
    try {
      return site.apps().execute(plan, Shop.options());
    } catch (LeaseHeldException e) {
      throw new IllegalStateException(e);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.switchback.examples.durable;

import static dev.switchback.examples.durable.Place.APP;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.switchback.core.Switchback;
import dev.switchback.model.Digest;
import dev.switchback.model.VersionRef;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.OperationKind;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.app.RecordStatus;
import dev.switchback.plan.InstallRequest;
import dev.switchback.plan.Plan;
import dev.switchback.plan.UpgradeRequest;
import dev.switchback.storage.LeaseHeldException;
import dev.switchback.storage.PageRequest;
import dev.switchback.storage.RecordQuery;
import dev.switchback.storage.Storage;
import dev.switchback.storage.files.FileBlobStore;
import dev.switchback.testkit.site.SampleShop;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/**
 * A process that works on a site without end, until somebody kills it: it installs, upgrades, rolls
 * back, publishes and keeps blobs. What it was told is done, it says on a line of its output, and
 * when it is about to change what runs.
 */
final class Node {

  private static final VersionRef OLD = SampleShop.ref("1.0");
  private static final VersionRef NEW = SampleShop.ref("2.0");

  private static final Duration MOMENT = Duration.ofMillis(20);

  private Node() {}

  /** Arguments: those of {@link Place#of}, then the name of this node. */
  public static void main(String[] arguments) {
    Place place = Place.of(arguments);
    try (Storage storage = place.openStorage();
        FileBlobStore blobs = place.openBlobs();
        FileBackend backend = place.openBackend(MOMENT, () -> say("working"));
        Switchback site = place.open(storage, blobs, backend, arguments[2])) {
      say("open");
      Place.recover(site, storage);
      while (true) {
        workOnce(site, blobs);
      }
    }
  }

  private static void workOnce(Switchback site, FileBlobStore blobs) {
    try {
      byte[] bytes = UUID.randomUUID().toString().repeat(1000).getBytes(UTF_8);
      Digest digest = Digest.of(bytes);
      blobs.put(digest, new ByteArrayInputStream(bytes));
      say("blob " + digest);
      OperationRecord record = site.apps().execute(plan(site), Place.options());
      say("record " + record.id() + " " + record.status() + " " + record.resultGeneration());
      VersionRef more = SampleShop.ref("0." + System.nanoTime());
      site.library().publish(SampleShop.version(more.version().text()), "vendor");
      say("version " + more);
    } catch (LeaseHeldException e) {
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos()); // of the process before this one
    }
  }

  private static Plan plan(Switchback site) {
    Optional<AppState> state = site.apps().find(APP);
    if (state.isEmpty()) {
      return site.apps().plan(APP, new InstallRequest(OLD));
    }
    if (state.get().version().equals(OLD)) {
      return site.apps().plan(APP, UpgradeRequest.builder(NEW).build());
    }
    RecordQuery upgrades = RecordQuery.ofApp(APP)
        .ofKind(EnumSet.of(OperationKind.UPGRADE))
        .withStatus(EnumSet.of(RecordStatus.SUCCEEDED));
    OperationRecord last =
        site.apps().records(upgrades, PageRequest.first(1)).items().get(0);
    return site.apps().planRollback(last.id());
  }

  static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}

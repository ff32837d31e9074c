// SPDX-License-Identifier: Apache-2.0
package dev.switchback.examples.durable;

import static dev.switchback.examples.durable.Place.APP;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.switchback.core.Switchback;
import dev.switchback.model.VersionRef;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.plan.Plan;
import dev.switchback.plan.UpgradeRequest;
import dev.switchback.storage.LeaseHeldException;
import dev.switchback.storage.Storage;
import dev.switchback.storage.files.FileBlobStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;

/**
 * A process that upgrades when it is told to. Told a version, it plans and says {@code planned}; told
 * {@code execute}, it says {@code held}, by whom and since when, or {@code working}, and goes on once
 * it is told to.
 */
final class Racer {

  private final BufferedReader input = new BufferedReader(new InputStreamReader(System.in, UTF_8));
  private boolean working;

  private Racer() {}

  /** Arguments: those of {@link Place#of}, then the name of this node. */
  public static void main(String[] arguments) throws IOException {
    new Racer().run(Place.of(arguments), arguments[2]);
  }

  private void run(Place place, String name) throws IOException {
    try (Storage storage = place.openStorage();
        FileBlobStore blobs = place.openBlobs();
        FileBackend backend = place.openBackend(this::waitOnce);
        Switchback site = place.open(storage, blobs, backend, name)) {
      Node.say("open");
      for (String line = input.readLine(); line != null; line = input.readLine()) {
        UpgradeRequest request = UpgradeRequest.builder(VersionRef.parse(line)).build();
        Plan plan = site.apps().plan(APP, request);
        Node.say("planned");
        input.readLine();
        Node.say(execute(site, plan));
      }
    }
  }

  private String execute(Switchback site, Plan plan) {
    working = false;
    try {
      OperationRecord record = site.apps().execute(plan, Place.options());
      return "record " + record.id() + " " + record.status();
    } catch (LeaseHeldException e) {
      return "held " + e.current().holder() + " " + e.current().acquiredAt();
    }
  }

  /** Has begun to change things, and lets the other one see that. */
  private void waitOnce() {
    if (working) {
      return;
    }
    working = true;
    Node.say("working");
    try {
      input.readLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

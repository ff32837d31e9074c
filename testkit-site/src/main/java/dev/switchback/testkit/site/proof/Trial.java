// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.site.proof;

import dev.switchback.core.ExecutionOptions;
import dev.switchback.core.Pause;
import dev.switchback.core.Switchback;
import dev.switchback.model.Keyed;
import dev.switchback.model.RecordId;
import dev.switchback.model.SwitchbackException;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.ComponentResult;
import dev.switchback.model.app.ComponentResult.Outcome;
import dev.switchback.model.app.OnFailure;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.app.RecordStatus;
import dev.switchback.model.app.StepId;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.template.TemplateVersion;
import dev.switchback.storage.BlobStore;
import dev.switchback.storage.PageRequest;
import dev.switchback.storage.RecordQuery;
import dev.switchback.storage.Storage;
import dev.switchback.testkit.faults.FaultPlan;
import dev.switchback.testkit.faults.Faults;
import dev.switchback.testkit.faults.SimulatedCrash;
import dev.switchback.testkit.memory.ManualClock;
import dev.switchback.testkit.simulation.SimulatedBackend;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** The course of one schedule on a site of its own: nodes come, die and come again. */
final class Trial implements AutoCloseable {

  private static final int ROUNDS = 5;

  private final ManualClock clock;
  private final Ledger ledger;
  private final ProofSite place;
  private final Storage storage;
  private final List<AutoCloseable> handles = new ArrayList<>();
  private final List<String> broken = new ArrayList<>();
  private int nodes;

  private Trial(ManualClock clock, Ledger ledger, ProofSite place) {
    this.clock = clock;
    this.ledger = ledger;
    this.place = place;
    this.storage = place.openStorage();
    handles.add(storage);
  }

  /** Starts on an empty site that has {@code versions} in its library. */
  static Trial on(CrashProof proof, List<TemplateVersion> versions) {
    ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
    Trial trial = new Trial(clock, new Ledger(), proof.newSite(clock));
    versions.forEach(trial.storage.templates()::create);
    return trial;
  }

  /** Copies everything as it stands, if the site can be copied. */
  Optional<Trial> copy() {
    ManualClock same = new ManualClock(clock.instant());
    return place.copy(same).map(copied -> {
      Trial trial = new Trial(same, new Ledger(ledger), copied);
      trial.broken.addAll(broken);
      trial.nodes = nodes;
      return trial;
    });
  }

  Ledger ledger() {
    return ledger;
  }

  ManualClock clock() {
    return clock;
  }

  ProofSite place() {
    return place;
  }

  /** Opens the site as a node without faults. */
  Switchback open() {
    return open(new Faults(FaultPlan.none()), place::pause);
  }

  /** Opens the site as a node whose calls go wrong as {@code faults} says. */
  synchronized Switchback open(Faults faults, Pause pause) {
    Storage values = place.openStorage();
    handles.add(values);
    BlobStore blobs = place.openBlobs();
    handles.add(blobs);
    nodes++;
    return Switchback.builder()
        .storage(faults.storage(ledger.storage(values)))
        .blobs(faults.blobs(blobs))
        .backend(faults.backend(ledger.backend(place.openBackend())))
        .clock(clock)
        .random(new Random(nodes))
        .pause(pause)
        .holder("node " + nodes)
        .leaseDuration(place.leaseDuration())
        .open();
  }

  /** Makes the faults of a node. A schedule that is replayed prints the calls. */
  Faults faults(FaultPlan plan, Duration delay, Pause pause, Runnable beforeEach) {
    AtomicInteger number = new AtomicInteger();
    return new Faults(plan).delays(delay, pause::forAbout).beforeEach(call -> {
      if (Proof.REPLAYS) {
        int next = number.incrementAndGet();
        System.out.println(clock.instant() + " " + Integer.toHexString(number.hashCode()) + " "
            + next + " " + call + plan.find(next).map(fault -> " " + fault).orElse(""));
      }
      beforeEach.run();
    });
  }

  /** Lets a node work until it ends, dies or gives up. Breaking is not one of the ways to end. */
  void attempt(Runnable work) {
    try {
      work.run();
    } catch (SwitchbackException e) {
      // It gave up, as it may.
    } catch (SimulatedCrash e) {
      // It died; what it leaves behind is for the next one.
    } catch (RuntimeException | Error e) {
      if (!isCrash(e)) {
        synchronized (this) {
          broken.add("a node broke: " + trace(e));
        }
      }
    }
  }

  static String trace(Throwable e) {
    StringWriter trace = new StringWriter();
    e.printStackTrace(new PrintWriter(trace));
    return trace.toString();
  }

  private static boolean isCrash(Throwable e) {
    return e instanceof SimulatedCrash || (e.getCause() != null && isCrash(e.getCause()));
  }

  /** Recovers without faults until nothing is open. */
  void settle(OnFailure onFailure) {
    for (int round = 0; round < ROUNDS && !unfinished().isEmpty(); round++) {
      place.expireLeases();
      Switchback node = open();
      ExecutionOptions options = Scene.options(place, onFailure).build();
      attempt(() -> node.apps().recover(options));
      for (OperationRecord record : unfinished()) {
        if (record.status() == RecordStatus.PAUSED) {
          attempt(() -> node.apps().resume(record.id(), options));
        }
      }
    }
    place.expireLeases();
  }

  List<OperationRecord> unfinished() {
    return records(RecordQuery.all().unfinished());
  }

  /** Returns the records that {@code query} asks for, latest first. */
  List<OperationRecord> records(RecordQuery query) {
    return storage.records().list(query, PageRequest.first(100)).items();
  }

  /** Lists everything that is not as it should be, once nothing is open. */
  List<String> violations() {
    List<String> found = new ArrayList<>(broken);
    long changes = ledger.changes();
    attempt(() -> {
      List<OperationRecord> again =
          open().apps().recover(Scene.options(place, OnFailure.STOP).build());
      again.forEach(record -> found.add("a second recovery closed " + record.id() + " again"));
    });
    if (ledger.changes() != changes) {
      found.add("a second recovery made " + (ledger.changes() - changes) + " changes");
    }
    found.addAll(ledger.violations());
    found.addAll(SiteInvariants.of(storage, place.openBackend()).violations(Scenes.SHOP));
    checkSteps(found);
    checkShared(found);
    return found;
  }

  /** Whatever the backend was asked for was announced in a journal, and no record denies it. */
  private void checkSteps(List<String> found) {
    for (StepId step : ledger.targets().keySet()) {
      int dash = step.value().indexOf('-');
      RecordId record = new RecordId(step.value().substring(0, Math.max(1, dash)));
      if (storage.journals().read(record).stream().noneMatch(it -> it.step().equals(step))) {
        found.add("the backend was asked for step " + step + ", which is in no journal");
      }
    }
    for (OperationRecord record : records(RecordQuery.ofApp(Scenes.SHOP))) {
      for (int i = 0; i < record.results().size(); i++) {
        StepId step = StepId.of(record.id(), i);
        if (record.results().get(i).outcome() == Outcome.PENDING
            && ledger.accepted().contains(step)) {
          found.add("the backend took step " + step + ", of which the record says PENDING");
        }
      }
    }
  }

  private void checkShared(List<String> found) {
    Optional<AppState> state = storage.apps().find(Scenes.SHOP);
    if (state.isEmpty() || !(place.openBackend() instanceof SimulatedBackend backend)) {
      return;
    }
    boolean failed = records(RecordQuery.ofApp(Scenes.SHOP)).stream()
        .flatMap(record -> record.results().stream())
        .filter(result -> result.action().isShared())
        .map(ComponentResult::outcome)
        .anyMatch(outcome -> outcome == Outcome.FAILED || outcome == Outcome.UNKNOWN);
    AppSpec shared = state.get().spec().toBuilder().components(Keyed.empty()).build();
    AppSpec real = backend.shared(Scenes.SHOP);
    if (!failed && !Objects.equals(shared.configItems(), real.configItems())) {
      found.add("components share " + real.configItems() + ", recorded is " + shared.configItems());
    }
  }

  @Override
  public void close() {
    for (AutoCloseable handle : handles) {
      try {
        handle.close();
      } catch (Exception e) {
        throw new IllegalStateException("Cannot close a handle of the site under test", e);
      }
    }
    place.close();
  }
}

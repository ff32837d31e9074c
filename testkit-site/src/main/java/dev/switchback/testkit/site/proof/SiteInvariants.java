// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.site.proof;

import static java.util.Objects.requireNonNull;

import dev.switchback.deploy.AppTarget;
import dev.switchback.deploy.DeploymentBackend;
import dev.switchback.deploy.Observation;
import dev.switchback.deploy.Observation.Health;
import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.Lease;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.storage.LeaseHeldException;
import dev.switchback.storage.Page;
import dev.switchback.storage.PageRequest;
import dev.switchback.storage.RecordQuery;
import dev.switchback.storage.Storage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is true of every app that nobody is working on, however often a process died on the way there:
 *
 * <ul>
 *   <li>every record is closed, and its status says what its results say;
 *   <li>the journal of each operation agrees with its record, and has an intent before each outcome;
 *   <li>the records are chained, and each begins where the one before ended;
 *   <li>each state an operation brought about has exactly what the record lists as done, and what was
 *       there before of everything else;
 *   <li>what is recorded is what runs, but for components that are marked as unsettled, each of which
 *       a record names as failed; nothing runs that is not recorded;
 *   <li>nobody holds the lease.
 * </ul>
 *
 * <p>It asks storage and backend and nothing else, so it is good for a real site, too. Taking the
 * lease for a moment is all it writes.
 */
public final class SiteInvariants {

  private static final Duration MOMENT = Duration.ofMillis(1);

  private final Storage storage;
  private final DeploymentBackend backend;

  private SiteInvariants(Storage storage, DeploymentBackend backend) {
    this.storage = requireNonNull(storage, "storage");
    this.backend = requireNonNull(backend, "backend");
  }

  /** Looks at the apps that {@code storage} records and {@code backend} runs. */
  public static SiteInvariants of(Storage storage, DeploymentBackend backend) {
    return new SiteInvariants(storage, backend);
  }

  /**
   * Checks {@code app}.
   *
   * @param circumstances what led here, for the message, such as the seed of a schedule
   * @throws AssertionError if anything is not as it should be; the message lists everything
   */
  public void check(AppId app, String circumstances) {
    List<String> found = violations(app);
    if (!found.isEmpty()) {
      throw new AssertionError(
          circumstances + ": " + app + " is not whole\n  " + String.join("\n  ", found));
    }
  }

  /** Lists what is not as it should be with {@code app}; empty if all is. */
  public List<String> violations(AppId app) {
    List<String> found = new ArrayList<>();
    Optional<AppState> state = storage.apps().find(app);
    List<OperationRecord> records = records(app);
    RecordInvariants invariants = new RecordInvariants(storage, found);
    invariants.check(state, records);
    checkLease(app, found);
    checkRunning(app, state, invariants, found);
    return Collections.unmodifiableList(found);
  }

  private List<OperationRecord> records(AppId app) {
    List<OperationRecord> records = new ArrayList<>();
    PageRequest request = PageRequest.first(100);
    Page<OperationRecord> page = storage.records().list(RecordQuery.ofApp(app), request);
    records.addAll(page.items());
    while (page.hasNext()) {
      request = request.after(page);
      page = storage.records().list(RecordQuery.ofApp(app), request);
      records.addAll(page.items());
    }
    Collections.reverse(records);
    return records;
  }

  private void checkLease(AppId app, List<String> found) {
    try {
      Lease lease = storage.leases().acquire(app, "invariants", MOMENT);
      storage.leases().release(lease);
    } catch (LeaseHeldException e) {
      found.add("the lease is still held: " + e.getMessage());
    }
  }

  private void checkRunning(
      AppId app, Optional<AppState> state, RecordInvariants records, List<String> found) {
    AppSpec spec = state.map(AppState::spec).orElse(AppSpec.empty());
    Map<ComponentKey, Observation> seen = new TreeMap<>();
    backend.observe(app).forEach(observation -> seen.put(observation.component(), observation));
    seen.keySet().stream()
        .filter(key -> spec.component(key).isEmpty())
        .forEach(key -> found.add(key + " runs and is not recorded: " + seen.get(key)));
    Map<ComponentKey, Component> real = real(app, state, spec);
    for (Component component : spec.components()) {
      ComponentKey key = component.id();
      if (state.orElseThrow().unsettled().contains(key)) {
        if (!records.isNamedAsFailed(key)) {
          found.add(key + " is unsettled, and no record says that it failed");
        }
        continue;
      }
      Observation observation = seen.get(key);
      if (observation == null) {
        found.add(key + " is recorded and does not run");
      } else if (observation.health() != Health.READY) {
        found.add(key + " is recorded as settled and is not ready: " + observation);
      } else if (observation.image() != null
          && !observation.image().reference().equals(component.image().reference())) {
        found.add(key + " is recorded with " + component.image().reference() + " and runs "
            + observation.image().reference());
      } else if (real.containsKey(key) && !component.equals(real.get(key))) {
        found.add(key + " runs with other settings than are recorded");
      }
    }
  }

  private Map<ComponentKey, Component> real(AppId app, Optional<AppState> state, AppSpec spec) {
    Map<ComponentKey, Component> real = new TreeMap<>();
    if (state.isPresent()) {
      AppTarget recorded = new AppTarget(app, state.get().generation(), spec);
      backend
          .inspector()
          .ifPresent(it -> it.inspect(recorded).forEach(seen -> real.put(seen.id(), seen)));
    }
    return real;
  }
}

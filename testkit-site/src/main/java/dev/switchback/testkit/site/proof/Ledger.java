// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.site.proof;

import dev.switchback.deploy.AppTarget;
import dev.switchback.deploy.ArtifactLoader;
import dev.switchback.deploy.ComponentTarget;
import dev.switchback.deploy.DeploymentBackend;
import dev.switchback.deploy.Inspector;
import dev.switchback.deploy.Observation;
import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Obstacle;
import dev.switchback.model.app.Lease;
import dev.switchback.model.app.StepId;
import dev.switchback.storage.AppStore;
import dev.switchback.storage.AuditStore;
import dev.switchback.storage.BuildStore;
import dev.switchback.storage.Commit;
import dev.switchback.storage.FencedOffException;
import dev.switchback.storage.JournalStore;
import dev.switchback.storage.LeaseStore;
import dev.switchback.storage.RecordStore;
import dev.switchback.storage.SignalStore;
import dev.switchback.storage.Storage;
import dev.switchback.storage.TemplateStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Watches what all nodes of a schedule bring about: who wrote under which lease, and what was asked of
 * the backend under which step id. The nodes take turns, so what it sees is in order.
 */
final class Ledger {

  private final Map<AppId, Long> fences = new HashMap<>();
  private final Map<StepId, Object> targets = new LinkedHashMap<>();
  private final Set<StepId> accepted = new HashSet<>();
  private final List<String> violations = new ArrayList<>();
  private long changes;
  private int fencedOff;

  Ledger() {}

  /** Makes one that has seen what {@code before} has. */
  Ledger(Ledger before) {
    synchronized (before) {
      fences.putAll(before.fences);
      targets.putAll(before.targets);
      accepted.addAll(before.accepted);
      violations.addAll(before.violations);
      changes = before.changes;
      fencedOff = before.fencedOff;
    }
  }

  /** Returns how much was written and asked for so far. */
  synchronized long changes() {
    return changes;
  }

  /** Returns how often a node that was fenced off tried to write, and was refused. */
  synchronized int fencedOff() {
    return fencedOff;
  }

  synchronized List<String> violations() {
    return List.copyOf(violations);
  }

  /** Returns the steps that the backend was asked for, with what was asked. */
  synchronized Map<StepId, Object> targets() {
    return new LinkedHashMap<>(targets);
  }

  /** Returns the steps that the backend did not refuse. */
  synchronized Set<StepId> accepted() {
    return new HashSet<>(accepted);
  }

  Storage storage(Storage storage) {
    return new WatchedStorage(storage);
  }

  DeploymentBackend backend(DeploymentBackend backend) {
    return new WatchedBackend(backend);
  }

  private synchronized void granted(Lease lease) {
    Long before = fences.put(lease.app(), lease.fence());
    if (before != null && before >= lease.fence()) {
      violations.add("lease " + lease.fence() + " was granted after " + before);
    }
  }

  private synchronized void wrote(Lease lease) {
    changes++;
    long latest = fences.getOrDefault(lease.app(), 0L);
    if (lease.fence() != latest) {
      violations.add(lease.holder() + " wrote under lease " + lease.fence() + " after lease "
          + latest + " was granted");
    }
  }

  private synchronized void refused() {
    fencedOff++;
  }

  private synchronized void asked(StepId step, Object target) {
    changes++;
    Object before = targets.putIfAbsent(step, target);
    if (before != null && !before.equals(target)) {
      violations.add("step " + step + " was asked for as " + before + " and as " + target);
    }
  }

  private synchronized void accepted(StepId step) {
    accepted.add(step);
  }

  private final class WatchedStorage implements Storage {

    private final Storage storage;

    WatchedStorage(Storage storage) {
      this.storage = storage;
    }

    @Override
    public TemplateStore templates() {
      return storage.templates();
    }

    @Override
    public AppStore apps() {
      return storage.apps();
    }

    @Override
    public RecordStore records() {
      return storage.records();
    }

    @Override
    public JournalStore journals() {
      return storage.journals();
    }

    @Override
    public BuildStore builds() {
      return storage.builds();
    }

    @Override
    public LeaseStore leases() {
      return new WatchedLeases(storage.leases());
    }

    @Override
    public SignalStore signals() {
      return storage.signals();
    }

    @Override
    public AuditStore audit() {
      return storage.audit();
    }

    @Override
    public void commit(Lease lease, Commit commit) {
      try {
        storage.commit(lease, commit);
      } catch (FencedOffException e) {
        refused();
        throw e;
      }
      wrote(lease);
    }

    @Override
    public void close() {
      storage.close();
    }
  }

  private final class WatchedLeases implements LeaseStore {

    private final LeaseStore leases;

    WatchedLeases(LeaseStore leases) {
      this.leases = leases;
    }

    @Override
    public Lease acquire(AppId app, String holder, Duration duration) {
      Lease lease = leases.acquire(app, holder, duration);
      granted(lease);
      return lease;
    }

    @Override
    public Lease renew(Lease lease, Duration duration) {
      try {
        return leases.renew(lease, duration);
      } catch (FencedOffException e) {
        refused();
        throw e;
      }
    }

    @Override
    public void release(Lease lease) {
      leases.release(lease);
    }

    @Override
    public Optional<Lease> find(AppId app) {
      return leases.find(app);
    }
  }

  private final class WatchedBackend implements DeploymentBackend {

    private final DeploymentBackend backend;

    WatchedBackend(DeploymentBackend backend) {
      this.backend = backend;
    }

    @Override
    public List<Observation> observe(AppId app) {
      return backend.observe(app);
    }

    @Override
    public List<Obstacle> check(AppTarget target) {
      return backend.check(target);
    }

    @Override
    public void apply(StepId step, ComponentTarget target) {
      asked(step, target.wanted());
      backend.apply(step, target);
      accepted(step);
    }

    @Override
    public void remove(StepId step, AppId app, ComponentKey component) {
      asked(step, component);
      backend.remove(step, app, component);
      accepted(step);
    }

    @Override
    public void applyShared(StepId step, AppTarget target) {
      asked(step, target.spec());
      backend.applyShared(step, target);
      accepted(step);
    }

    @Override
    public Optional<ArtifactLoader> artifactLoader() {
      return backend.artifactLoader();
    }

    @Override
    public Optional<Inspector> inspector() {
      return backend.inspector();
    }

    @Override
    public void close() {
      backend.close();
    }
  }
}

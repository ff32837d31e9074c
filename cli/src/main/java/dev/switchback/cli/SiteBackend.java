// SPDX-License-Identifier: Apache-2.0
package dev.switchback.cli;

import dev.switchback.deploy.AppTarget;
import dev.switchback.deploy.ComponentTarget;
import dev.switchback.deploy.DeploymentBackend;
import dev.switchback.deploy.DeploymentException;
import dev.switchback.deploy.Inspector;
import dev.switchback.deploy.Observation;
import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.app.StepId;
import dev.switchback.testkit.simulation.SimulatedBackend;
import dev.switchback.testkit.simulation.SimulatedState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The simulated backend, kept in a file, so that later runs find what earlier ones brought about.
 *
 * <p>Each call locks the file, takes in what another process wrote, does its work and writes what
 * changed; so any number of runs may share a home directory.
 */
final class SiteBackend implements DeploymentBackend {

  private final SiteFile file;
  private final List<Consumer<SimulatedBackend>> faults = new ArrayList<>();
  private @Nullable SimulatedBackend backend;
  private @Nullable SimulatedState changed;

  SiteBackend(SiteFile file) {
    this.file = file;
  }

  /** Makes the backend get something wrong, as long as this process runs. */
  synchronized void withFault(Consumer<SimulatedBackend> fault) {
    faults.add(fault);
    backend = null;
  }

  @Override
  public List<Observation> observe(AppId app) {
    return call(simulated -> simulated.observe(app));
  }

  @Override
  public void apply(StepId step, ComponentTarget target) {
    run(simulated -> simulated.apply(step, target));
  }

  @Override
  public void remove(StepId step, AppId app, ComponentKey component) {
    run(simulated -> simulated.remove(step, app, component));
  }

  @Override
  public void applyShared(StepId step, AppTarget target) {
    run(simulated -> simulated.applyShared(step, target));
  }

  @Override
  public Optional<Inspector> inspector() {
    return Optional.of(
        recorded -> call(simulated -> simulated.inspector().orElseThrow().inspect(recorded)));
  }

  @Override
  public void close() {
    // Nothing is open between two calls.
  }

  private void run(Consumer<SimulatedBackend> work) {
    call(simulated -> {
      work.accept(simulated);
      return List.of();
    });
  }

  private synchronized <T> List<T> call(Function<SimulatedBackend, List<T>> work) {
    try (SiteFile.Lock lock = file.lock()) {
      SimulatedBackend simulated = current(lock);
      changed = null;
      try {
        return work.apply(simulated);
      } finally {
        if (changed != null) {
          lock.write(changed);
        }
      }
    } catch (IOException e) {
      throw new DeploymentException(
          DeploymentException.Reason.UNREACHABLE,
          "Cannot use the simulated site in " + file + ": " + e.getMessage(),
          e);
    }
  }

  /** Returns the backend as the file says, read anew if somebody else wrote it. */
  private SimulatedBackend current(SiteFile.Lock lock) throws IOException {
    SimulatedBackend present = backend;
    if (present != null && lock.isAsLastSeen()) {
      return present;
    }
    SimulatedBackend restored = SimulatedBackend.restore(lock.read());
    restored.onChange(state -> changed = state);
    faults.forEach(fault -> fault.accept(restored));
    backend = restored;
    return restored;
  }
}

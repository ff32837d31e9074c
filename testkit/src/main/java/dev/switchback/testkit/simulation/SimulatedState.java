// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.simulation;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.AppId;
import dev.switchback.model.Digest;
import dev.switchback.model.app.StepId;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything a simulated backend runs, as a value: it can be written to a file and {@linkplain
 * SimulatedBackend#restore restored}. Equal for equal states, whatever the order in which they came
 * about. Holds real values, secrets included.
 *
 * @param apps the apps that were ever changed, in id order
 * @param artifacts the images taken in, in digest order
 */
public record SimulatedState(List<SimulatedApp> apps, List<Digest> artifacts) {

  /** Copies the lists. */
  public SimulatedState {
    apps = List.copyOf(apps);
    artifacts = List.copyOf(artifacts);
  }

  /** Returns the state in which nothing runs. */
  public static SimulatedState empty() {
    return new SimulatedState(List.of(), List.of());
  }

  /**
   * One app.
   *
   * @param app the app
   * @param shared what the components share, as it was last applied; has no components
   * @param components what runs, in key order
   * @param volumes the volumes, of components that run and of ones that were taken down, in order of
   *     component and path
   * @param steps the steps that were done, in the order they were done; each is done only once
   */
  public record SimulatedApp(
      AppId app,
      AppSpec shared,
      List<SimulatedComponent> components,
      List<SimulatedVolume> volumes,
      List<StepId> steps) {

    /** Copies the lists. */
    public SimulatedApp {
      requireNonNull(app, "app");
      requireNonNull(shared, "shared");
      components = List.copyOf(components);
      volumes = List.copyOf(volumes);
      steps = List.copyOf(steps);
    }
  }

  /**
   * One component that was applied and not removed.
   *
   * @param wanted the component as it was last applied
   * @param serving the component as it runs; the one before while the last one rolls, null while
   *     there was none before
   * @param generation the generation it was last brought to
   * @param step the step that brought it there
   * @param replicas the number of instances
   * @param ticksLeft how often it has to be observed until the roll is done; 0 when it is
   */
  public record SimulatedComponent(
      Component wanted,
      @Nullable Component serving,
      long generation,
      StepId step,
      int replicas,
      int ticksLeft) {

    /** Checks that nothing is missing. */
    public SimulatedComponent {
      requireNonNull(wanted, "wanted");
      requireNonNull(step, "step");
    }
  }

  /**
   * One volume.
   *
   * @param component the key of the component that has or had it
   * @param path where it is mounted
   * @param content what is in it
   */
  public record SimulatedVolume(String component, String path, String content) {

    /** Checks that nothing is missing. */
    public SimulatedVolume {
      requireNonNull(component, "component");
      requireNonNull(path, "path");
      requireNonNull(content, "content");
    }
  }
}

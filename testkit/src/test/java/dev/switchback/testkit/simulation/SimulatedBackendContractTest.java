// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.simulation;

import dev.switchback.deploy.DeploymentBackend;
import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Digest;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.Image;
import dev.switchback.testkit.contract.DeploymentBackendContract;
import java.io.InputStream;
import java.util.Optional;

/** Each handle is restored from what the one before saved, as a command line does it. */
final class SimulatedBackendContractTest extends DeploymentBackendContract {

  private SimulatedState saved = SimulatedState.empty();
  private SimulatedBackend latest = new SimulatedBackend();
  private int images;

  @Override
  protected DeploymentBackend open() {
    latest = SimulatedBackend.restore(saved)
        .onChange(state -> saved = state)
        .withArtifactLoader()
        .neverHealthyImage("broken");
    return latest;
  }

  @Override
  protected Optional<Component> brokenComponent(String key) {
    return Optional.of(
        component(key, 2).toBuilder().image(Image.of("example/broken:2")).build());
  }

  @Override
  protected Optional<Component> componentWithMissingImage(String key) {
    Image missing = new Image("example/web:2", Digest.of("missing"), "");
    return Optional.of(component(key, 2).toBuilder().image(missing).build());
  }

  @Override
  protected Optional<Artifact> artifact() {
    SimulatedImage image = SimulatedImage.of("image " + ++images);
    return Optional.of(new Artifact() {
      @Override
      public Image image() {
        return new Image("example/loaded:1", image.digest(), "");
      }

      @Override
      public InputStream open() {
        return image.open();
      }
    });
  }

  @Override
  protected Optional<Meddling> meddling() {
    return Optional.of((app, component) -> latest.vanish(app, component));
  }

  @Override
  protected Optional<Volumes> volumes() {
    return Optional.of(new Volumes() {
      @Override
      public void write(AppId app, ComponentKey component, String path, String text) {
        latest.writeVolume(app, component, path, text);
      }

      @Override
      public Optional<String> read(AppId app, ComponentKey component, String path) {
        return latest.readVolume(app, component, path);
      }
    });
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.switchback.deploy.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.switchback.deploy.DeploymentBackend;
import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Digest;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.Image;
import dev.switchback.testkit.contract.DeploymentBackendContract;
import java.io.InputStream;
import java.util.Optional;

@NeedsEngine
final class DockerBackendContractTest extends DeploymentBackendContract {

  private Image first = Image.of("");
  private Image second = Image.of("");

  @Override
  protected DeploymentBackend open() {
    DockerBackend backend = DockerBackend.builder().publishOn("127.0.0.1").open();
    first = Images.load(backend, "1");
    second = Images.load(backend, "2");
    return backend;
  }

  @Override
  protected Component component(String key, int version) {
    return Images.web(key, version == 1 ? first : second);
  }

  @Override
  protected Optional<Component> brokenComponent(String key) {
    return Optional.of(
        component(key, 2).toBuilder().command("/bin/busybox false").build());
  }

  @Override
  protected Optional<Component> componentWithMissingImage(String key) {
    Image missing = new Image("example/web:2", Digest.of("missing"), "");
    return Optional.of(component(key, 2).toBuilder().image(missing).build());
  }

  /** The labels of a container tell of the steps before it, but nothing outlives the last one. */
  @Override
  protected boolean recognisesEarlierSteps() {
    return false;
  }

  @Override
  protected Optional<Artifact> artifact() {
    String version = "artifact-" + System.nanoTime();
    MachineImage image = Images.web(version);
    return Optional.of(new Artifact() {
      @Override
      public Image image() {
        return new Image("example/web:" + version, image.digest(), "");
      }

      @Override
      public InputStream open() {
        return image.open();
      }
    });
  }

  @Override
  protected Optional<Meddling> meddling() {
    return Optional.of((app, component) -> Site.run(engine -> {
      Seen seen = Site.instance(engine, app, component);
      engine.remove(seen.id(), seen.name());
      return true;
    }));
  }

  @Override
  protected Optional<Volumes> volumes() {
    return Optional.of(new Volumes() {
      @Override
      public void write(AppId app, ComponentKey component, String path, String text) {
        Site.run(engine -> {
          engine.put(
              Site.instance(engine, app, component).id(),
              "test",
              Tars.of(path + "/file", text.getBytes(UTF_8)));
          return true;
        });
      }

      @Override
      public Optional<String> read(AppId app, ComponentKey component, String path) {
        return Site.run(engine -> engine
            .file(Site.instance(engine, app, component).id(), path + "/file")
            .flatMap(Tars::first)
            .map(content -> new String(content, UTF_8)));
      }
    });
  }
}

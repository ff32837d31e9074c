// SPDX-License-Identifier: Apache-2.0
package dev.switchback.deploy.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.Function;

/** The engine behind the backend under test, for looking at it from the side. */
final class Site {

  private Site() {}

  static DockerClient client() {
    var config = DefaultDockerClientConfig.createDefaultConfigBuilder().build();
    return DockerClientImpl.getInstance(
        config,
        new ZerodepDockerHttpClient.Builder().dockerHost(config.getDockerHost()).build());
  }

  static <T> T run(Function<Engine, T> action) {
    try (DockerClient client = client()) {
      return action.apply(new Engine(client, Duration.ofSeconds(10)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Seen instance(Engine engine, AppId app, ComponentKey component) {
    return View.of(component, engine.containers(app, component))
        .current()
        .orElseThrow()
        .instances()
        .get(0);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.switchback.deploy.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Makes clients of engines. */
final class Clients {

  private Clients() {}

  /**
   * Makes one; nothing is sent yet.
   *
   * @param host the engine; null for the one that {@code DOCKER_HOST} names
   * @param answer how long an answer may take
   */
  static DockerClient of(@Nullable String host, Duration answer) {
    DefaultDockerClientConfig.Builder config =
        DefaultDockerClientConfig.createDefaultConfigBuilder();
    if (host != null) {
      config.withDockerHost(host);
    }
    DockerClientConfig built = config.build();
    return DockerClientImpl.getInstance(
        built,
        new ZerodepDockerHttpClient.Builder()
            .dockerHost(built.getDockerHost())
            .sslConfig(built.getSSLConfig())
            .maxConnections(64)
            .connectionTimeout(Duration.ofSeconds(5))
            .responseTimeout(answer)
            .build());
  }

  /** Closes {@code client} because of {@code why}, which is told of what goes wrong then. */
  static void abandon(DockerClient client, RuntimeException why) {
    try {
      client.close();
    } catch (IOException e) {
      why.addSuppressed(e);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.switchback.deploy.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import dev.switchback.model.AppId;
import java.util.List;

/** What is asked of an engine about volumes. */
final class EngineVolumes {

  private final DockerClient client;
  private final EngineCalls calls;

  EngineVolumes(DockerClient client, EngineCalls calls) {
    this.client = client;
    this.calls = calls;
  }

  /** Returns the names of the volumes of an app, in order. */
  List<String> of(AppId app) {
    return calls
        .read(
            "list the volumes of " + app,
            () -> client
                .listVolumesCmd()
                .withFilter("label", List.of(Labels.APP + "=" + app.value()))
                .exec())
        .getVolumes()
        .stream()
        .map(volume -> volume.getName())
        .sorted()
        .toList();
  }

  void remove(String name) {
    try {
      calls.change("remove volume " + name, () -> client.removeVolumeCmd(name).exec());
    } catch (NotFoundException e) {
      return;
    } catch (DockerException e) {
      throw Failures.of("remove volume " + name, e);
    }
  }
}

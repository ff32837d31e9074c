// SPDX-License-Identifier: Apache-2.0
package dev.switchback.deploy.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Network;
import dev.switchback.deploy.DeploymentException;
import dev.switchback.deploy.DeploymentException.Reason;
import dev.switchback.model.AppId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is asked of an engine about networks. */
final class EngineNetworks {

  private final DockerClient client;
  private final EngineCalls calls;

  EngineNetworks(DockerClient client, EngineCalls calls) {
    this.client = client;
    this.calls = calls;
  }

  /** Returns the labels of a network; empty if there is none of that name. */
  Optional<Map<String, String>> find(String name) {
    List<Network> found = calls.read(
        "find network " + name,
        () -> client.listNetworksCmd().withNameFilter(name).exec());
    return found.stream()
        .filter(network -> network.getName().equals(name))
        .map(
            network -> network.getLabels() == null ? Map.<String, String>of() : network.getLabels())
        .findFirst();
  }

  /**
   * Makes the network of an app, unless it is there.
   *
   * @throws DeploymentException if something else has its name
   */
  synchronized void ensure(AppId app) {
    String name = Names.network(app);
    Map<String, String> labels = find(name).orElse(null);
    if (labels == null) {
      create(name, Map.of(Labels.APP, app.value(), Labels.ROLE, Labels.NETWORK));
      labels = find(name).orElse(Map.of());
    }
    if (!app.value().equals(labels.get(Labels.APP))) {
      throw new DeploymentException(
          Reason.NAME_TAKEN,
          "Cannot use network " + name + " for " + app
              + ": somebody else made it; rename or remove it",
          null);
    }
  }

  private void create(String name, Map<String, String> labels) {
    try {
      calls.change(
          "create network " + name,
          () -> client
              .createNetworkCmd()
              .withName(name)
              .withCheckDuplicate(true)
              .withDriver("bridge")
              .withLabels(labels)
              .exec());
    } catch (ConflictException e) {
      // It is there; whose it is is checked by whoever asked.
      return;
    } catch (DockerException e) {
      throw Failures.of("create network " + name, e);
    }
  }

  /** Removes a network unless something is still in it. */
  void remove(String name) {
    try {
      calls.change("remove network " + name, () -> client.removeNetworkCmd(name).exec());
    } catch (NotFoundException e) {
      return;
    } catch (DockerException e) {
      // In use again, by a component that has come meanwhile.
      return;
    }
  }
}

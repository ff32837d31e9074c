// SPDX-License-Identifier: Apache-2.0
package dev.switchback.deploy.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.RestartPolicy;
import dev.switchback.deploy.DeploymentException;
import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What this backend asks of a Docker Engine, call by call: here about containers, beside it about
 * {@linkplain EngineImages images}, {@linkplain EngineNetworks networks} and {@linkplain EngineVolumes
 * volumes}.
 *
 * <p>Every call can be made again without doing more. Errors come out as {@link DeploymentException}s,
 * but for those that mean that the thing is as wanted already.
 */
final class Engine {

  private final DockerClient client;
  private final EngineCalls calls;
  private final EngineImages images;
  private final EngineNetworks networks;
  private final EngineVolumes volumes;

  Engine(DockerClient client, Duration patience) {
    this(client, new EngineCalls(patience));
  }

  private Engine(DockerClient client, EngineCalls calls) {
    this.client = client;
    this.calls = calls;
    this.images = new EngineImages(client, calls);
    this.networks = new EngineNetworks(client, calls);
    this.volumes = new EngineVolumes(client, calls);
  }

  /** Returns the same engine, waited for at most as long as {@code limit}. */
  Engine waitingAtMost(Duration limit) {
    return new Engine(client, calls.waitingAtMost(limit));
  }

  /** Returns how many requests were sent. */
  long requests() {
    return calls.requests();
  }

  /** Asks whether it answers. */
  void ping() {
    calls.read("reach the Docker Engine", () -> client.pingCmd().exec());
  }

  /** Returns its images. */
  EngineImages images() {
    return images;
  }

  /** Returns its networks. */
  EngineNetworks networks() {
    return networks;
  }

  /** Returns its volumes. */
  EngineVolumes volumes() {
    return volumes;
  }

  /** Returns the containers of an app: those of its components, and its gateway. */
  List<Seen> all(AppId app) {
    return seen(app, Map.of(Labels.APP, app.value()));
  }

  List<Seen> containers(AppId app) {
    return list(app, Map.of(Labels.APP, app.value()));
  }

  List<Seen> containers(AppId app, ComponentKey component) {
    return list(app, Map.of(Labels.APP, app.value(), Labels.COMPONENT, component.value()));
  }

  /** Returns the container that leads the HTTP routes of an app. */
  Optional<Seen> gateway(AppId app) {
    return seen(app, Map.of(Labels.APP, app.value(), Labels.ROLE, Labels.GATEWAY)).stream()
        .findFirst();
  }

  private List<Seen> list(AppId app, Map<String, String> labels) {
    return seen(app, labels).stream().filter(seen -> !seen.isGateway()).toList();
  }

  private List<Seen> seen(AppId app, Map<String, String> labels) {
    String network = Names.network(app);
    List<Container> found = calls.read(
        "list the containers of " + app,
        () ->
            client.listContainersCmd().withShowAll(true).withLabelFilter(labels).exec());
    return found.stream().map(container -> seen(container, network)).toList();
  }

  private static Seen seen(Container container, String network) {
    ContainerNetwork endpoint = container.getNetworkSettings() == null
        ? null
        : container.getNetworkSettings().getNetworks().get(network);
    String address = endpoint == null ? null : endpoint.getIpAddress();
    return new Seen(
        container.getId(),
        container.getNames().length == 0 ? container.getId() : container.getNames()[0].substring(1),
        container.getState(),
        container.getStatus(),
        container.getCreated(),
        container.getImageId(),
        address == null ? "" : address,
        container.getLabels());
  }

  /**
   * Creates a container, or finds the one that an earlier call for the same thing made.
   *
   * @return its id
   */
  String create(String name, Map<String, String> labels, CreateContainerCmd command) {
    String what = "create container " + name;
    try {
      return calls.change(
          what, () -> command.withName(name).withLabels(labels).exec().getId());
    } catch (ConflictException e) {
      InspectContainerResponse there = inspect(name).orElseThrow(() -> Failures.of(what, e));
      Map<String, String> found = there.getConfig().getLabels();
      if (found == null || !found.entrySet().containsAll(labels.entrySet())) {
        throw Failures.of(what, e);
      }
      return there.getId();
    } catch (DockerException e) {
      throw Failures.of(what, e);
    }
  }

  CreateContainerCmd creating(String image) {
    return client.createContainerCmd(image);
  }

  void start(String id, String name) {
    String what = "start container " + name;
    try {
      calls.change(what, () -> client.startContainerCmd(id).exec());
    } catch (NotModifiedException e) {
      return;
    } catch (DockerException e) {
      throw Failures.of(what, e);
    }
  }

  /** Asks a container to stop, and kills it after {@code grace}. */
  void stop(Seen container, Duration grace) {
    try {
      calls.change(
          "stop container " + container.name(),
          () -> client
              .stopContainerCmd(container.id())
              .withTimeout((int) grace.toSeconds())
              .exec());
    } catch (NotModifiedException | NotFoundException e) {
      return;
    } catch (DockerException e) {
      throw Failures.of("stop container " + container.name(), e);
    }
  }

  /** Keeps a container from coming back by itself, and stops it. */
  void retire(Seen container, Duration grace) {
    String what = "retire container " + container.name();
    try {
      calls.change(
          what,
          () -> client
              .updateContainerCmd(container.id())
              .withRestartPolicy(RestartPolicy.noRestart())
              .exec());
    } catch (NotFoundException e) {
      return;
    } catch (DockerException e) {
      throw Failures.of(what, e);
    }
    stop(container, grace);
  }

  /** Removes a container and what its image declared as volumes; named volumes stay. */
  void remove(String id, String name) {
    try {
      calls.change(
          "remove container " + name,
          () -> client
              .removeContainerCmd(id)
              .withForce(true)
              .withRemoveVolumes(true)
              .exec());
    } catch (NotFoundException e) {
      return;
    } catch (ConflictException e) {
      // Somebody else is removing it.
      return;
    } catch (DockerException e) {
      throw Failures.of("remove container " + name, e);
    }
  }

  void signal(Seen container, String signal) {
    String what = "signal container " + container.name();
    try {
      calls.change(
          what, () -> client.killContainerCmd(container.id()).withSignal(signal).exec());
    } catch (DockerException e) {
      throw Failures.of(what, e);
    }
  }

  Optional<InspectContainerResponse> inspect(String idOrName) {
    try {
      return Optional.of(calls.find(
          "inspect container " + idOrName,
          () -> client.inspectContainerCmd(idOrName).exec()));
    } catch (NotFoundException e) {
      return Optional.empty();
    } catch (DockerException e) {
      throw Failures.of("inspect container " + idOrName, e);
    }
  }

  /** Unpacks {@code tar} at the root of a container, running or not. */
  void put(String id, String name, byte[] tar) {
    String what = "write files into container " + name;
    try {
      calls.change(
          what,
          () -> client
              .copyArchiveToContainerCmd(id)
              .withRemotePath("/")
              .withTarInputStream(new ByteArrayInputStream(tar))
              .exec());
    } catch (DockerException e) {
      throw Failures.of(what, e);
    }
  }

  /** Returns a file of a container as a tar with one entry; empty if there is no such file. */
  Optional<byte[]> file(String id, String path) {
    try {
      return Optional.of(calls.find("read " + path + " of container " + id, () -> {
        try (InputStream in = client.copyArchiveFromContainerCmd(id, path).exec()) {
          return in.readAllBytes();
        } catch (java.io.IOException e) {
          throw new java.io.UncheckedIOException(e);
        }
      }));
    } catch (NotFoundException e) {
      return Optional.empty();
    } catch (DockerException e) {
      throw Failures.of("read " + path + " of container " + id, e);
    }
  }

  /** Returns the process id of a container's first process on the engine's machine; 0 if it has none. */
  long firstProcess(Seen container) {
    return inspect(container.id()).map(found -> found.getState().getPidLong()).orElse(0L);
  }

  /** Returns the processes of a container and the parent of each, as process ids. */
  Map<String, String> processes(Seen container) {
    String what = "list the processes of container " + container.name();
    try {
      var top = calls.find(what, () -> client.topContainerCmd(container.id()).exec());
      List<String> titles = Arrays.asList(top.getTitles());
      int pid = titles.indexOf("PID");
      int parent = titles.indexOf("PPID");
      Map<String, String> processes = new LinkedHashMap<>();
      for (String[] process : top.getProcesses()) {
        processes.put(process[pid], process[parent]);
      }
      return processes;
    } catch (DockerException e) {
      throw Failures.of(what, e);
    }
  }

  /** Returns the last lines that a container wrote; empty if they cannot be had. */
  List<String> log(String id, int lines) {
    StringBuilder text = new StringBuilder();
    try (ResultCallback.Adapter<Frame> frames = new ResultCallback.Adapter<>() {
      @Override
      public void onNext(Frame frame) {
        text.append(new String(frame.getPayload(), StandardCharsets.UTF_8));
      }
    }) {
      calls.count();
      client
          .logContainerCmd(id)
          .withStdOut(true)
          .withStdErr(true)
          .withTail(lines)
          .exec(frames);
      frames.awaitCompletion(2, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (java.io.IOException | RuntimeException e) {
      return List.of();
    }
    return text.toString().lines().filter(line -> !line.isBlank()).toList();
  }
}

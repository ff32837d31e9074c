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
import com.github.dockerjava.api.model.Image;
import com.github.dockerjava.api.model.Network;
import com.github.dockerjava.api.model.RestartPolicy;
import dev.switchback.deploy.DeploymentException;
import dev.switchback.deploy.DeploymentException.Reason;
import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.OutcomeUnknownException;
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
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * What this backend asks of a Docker Engine, call by call.
 *
 * <p>Every call can be made again without doing more, so a call that the engine does not answer is
 * made again until patience runs out: an engine that restarts is waited for. Errors come out as {@link
 * DeploymentException}s, but for those that mean that the thing is as wanted already.
 */
final class Engine {

  private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final DockerClient client;
  private final Duration patience;
  private final LongAdder requests;

  Engine(DockerClient client, Duration patience) {
    this(client, patience, new LongAdder());
  }

  private Engine(DockerClient client, Duration patience, LongAdder requests) {
    this.client = client;
    this.patience = patience;
    this.requests = requests;
  }

  /** Returns the same engine, waited for at most as long as {@code limit}. */
  Engine waitingAtMost(Duration limit) {
    return limit.compareTo(patience) < 0 ? new Engine(client, limit, requests) : this;
  }

  /** Returns how many requests were sent. */
  long requests() {
    return requests.sum();
  }

  /** Asks whether it answers. */
  void ping() {
    read("reach the Docker Engine", () -> client.pingCmd().exec());
  }

  // Containers.

  List<Seen> containers(AppId app) {
    return list(app, Map.of(Labels.APP, app.value()));
  }

  List<Seen> containers(AppId app, ComponentKey component) {
    return list(app, Map.of(Labels.APP, app.value(), Labels.COMPONENT, component.value()));
  }

  private List<Seen> list(AppId app, Map<String, String> labels) {
    String network = Names.network(app);
    List<Container> found = read(
        "list the containers of " + app,
        () ->
            client.listContainersCmd().withShowAll(true).withLabelFilter(labels).exec());
    return found.stream()
        .filter(container -> container.getLabels().containsKey(Labels.COMPONENT))
        .map(container -> seen(container, network))
        .toList();
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
      return change(what, () -> command.withName(name).withLabels(labels).exec().getId());
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
      change(what, () -> client.startContainerCmd(id).exec());
    } catch (NotModifiedException e) {
      return;
    } catch (DockerException e) {
      throw Failures.of(what, e);
    }
  }

  /** Asks a container to stop, and kills it after {@code grace}. */
  void stop(Seen container, Duration grace) {
    try {
      change(
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
      change(
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
      change(
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
      change(
          what, () -> client.killContainerCmd(container.id()).withSignal(signal).exec());
    } catch (DockerException e) {
      throw Failures.of(what, e);
    }
  }

  Optional<InspectContainerResponse> inspect(String idOrName) {
    try {
      return Optional.of(raw(
          "inspect container " + idOrName,
          false,
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
      change(
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
      return Optional.of(raw("read " + path + " of container " + id, false, () -> {
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

  /** Returns the processes of a container and the parent of each, as process ids. */
  Map<String, String> processes(Seen container) {
    String what = "list the processes of container " + container.name();
    try {
      var top = raw(what, false, () -> client.topContainerCmd(container.id()).exec());
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
      requests.increment();
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

  // Networks.

  /** Returns the labels of a network; empty if there is none of that name. */
  Optional<Map<String, String>> network(String name) {
    List<Network> found = read(
        "find network " + name,
        () -> client.listNetworksCmd().withNameFilter(name).exec());
    return found.stream()
        .filter(network -> network.getName().equals(name))
        .map(
            network -> network.getLabels() == null ? Map.<String, String>of() : network.getLabels())
        .findFirst();
  }

  void createNetwork(String name, Map<String, String> labels) {
    try {
      change(
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
  void removeNetwork(String name) {
    try {
      change("remove network " + name, () -> client.removeNetworkCmd(name).exec());
    } catch (NotFoundException e) {
      return;
    } catch (DockerException e) {
      // In use again, by a component that has come meanwhile.
      return;
    }
  }

  // Volumes.

  /** Returns the names of the volumes of an app, in order. */
  List<String> volumes(AppId app) {
    return read(
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

  void removeVolume(String name) {
    try {
      change("remove volume " + name, () -> client.removeVolumeCmd(name).exec());
    } catch (NotFoundException e) {
      return;
    } catch (DockerException e) {
      throw Failures.of("remove volume " + name, e);
    }
  }

  // Images.

  /** Returns the id of the image that {@code reference} stands for now; empty if there is none. */
  Optional<String> image(String reference) {
    try {
      return Optional.of(raw(
          "find image " + reference,
          false,
          () -> client.inspectImageCmd(reference).exec().getId()));
    } catch (NotFoundException e) {
      return Optional.empty();
    } catch (DockerException e) {
      throw Failures.of("find image " + reference, e);
    }
  }

  /** Returns the images that have a tag of the form {@code pattern}, each tag with its image's id. */
  Map<String, String> images(String pattern) {
    List<Image> found = read(
        "list images",
        () -> client.listImagesCmd().withFilter("reference", List.of(pattern)).exec());
    Map<String, String> tags = new LinkedHashMap<>();
    for (Image image : found) {
      for (String tag : image.getRepoTags() == null ? new String[0] : image.getRepoTags()) {
        tags.put(tag, image.getId());
      }
    }
    return tags;
  }

  /** Takes in an archive as {@code docker save} writes it. */
  void load(InputStream archive) {
    requests.increment();
    try {
      client.loadImageAsyncCmd(archive).start().awaitCompletion();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OutcomeUnknownException("Cannot tell whether the image was loaded: interrupted", e);
    } catch (RuntimeException e) {
      throw Failures.isUnreachable(e)
          ? unreachable("load an image", e)
          : Failures.of("load an image", e);
    }
  }

  void tag(String id, String repository, String tag) {
    change("tag image " + id, () -> client.tagImageCmd(id, repository, tag).exec());
  }

  /** Takes a tag away, and the image if that was its last; does nothing if it is in use. */
  boolean removeImage(String tag) {
    try {
      change("remove image " + tag, () -> client.removeImageCmd(tag).exec());
      return true;
    } catch (NotFoundException | ConflictException e) {
      return false;
    } catch (DockerException e) {
      throw Failures.of("remove image " + tag, e);
    }
  }

  /** Tells whether a container, running or not, was made from an image. */
  boolean isUsed(String imageId) {
    return !read(
            "list the containers of image " + imageId,
            () -> client
                .listContainersCmd()
                .withShowAll(true)
                .withAncestorFilter(List.of(imageId))
                .exec())
        .isEmpty();
  }

  // How a call is made.

  private <T> T read(String what, Supplier<T> call) {
    try {
      return raw(what, false, call);
    } catch (DockerException e) {
      throw Failures.of(what, e);
    }
  }

  private <T> T change(String what, Supplier<T> call) {
    return raw(what, true, call);
  }

  /** Makes a call until it is answered; answers of the engine that are errors pass through. */
  private <T> T raw(String what, boolean changes, Supplier<T> call) {
    long deadline = System.nanoTime() + patience.toNanos();
    boolean half = false;
    while (true) {
      requests.increment();
      try {
        return call.get();
      } catch (DockerException e) {
        throw e;
      } catch (RuntimeException e) {
        if (!Failures.isUnreachable(e)) {
          throw Failures.of(what, e);
        }
        half |= changes && !isRefusedConnection(e);
        if (System.nanoTime() - deadline >= 0 || Thread.currentThread().isInterrupted()) {
          throw half
              ? new OutcomeUnknownException(
                  "Cannot tell whether this was done: " + what + ": the engine stopped answering",
                  e)
              : unreachable(what, e);
        }
        LockSupport.parkNanos(RETRY_NANOS);
      }
    }
  }

  private static DeploymentException unreachable(String what, RuntimeException e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return Failures.make(
        Reason.UNREACHABLE, what, "the engine does not answer (" + root.getMessage() + ")", e);
  }

  /** Tells whether nothing was sent. */
  private static boolean isRefusedConnection(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      String message = String.valueOf(t.getMessage());
      if (message.contains("Connection refused") || message.contains("No such file")) {
        return true;
      }
    }
    return false;
  }
}

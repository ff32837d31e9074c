// SPDX-License-Identifier: Apache-2.0
package dev.switchback.deploy.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.RestartPolicy;
import dev.switchback.deploy.DeploymentException;
import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Digest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The proxies in front of components whose instances may overlap: one small container with the
 * component's names and published ports, which stays while instances come and go.
 *
 * <p>A proxy cannot publish another port later. One that is added is published by a further proxy
 * beside the first. One that goes stays published where nobody else wants its address, and leads nowhere.
 * Only a port that moves or closes makes its proxy be replaced, with a moment in which nothing is
 * published.
 */
final class Proxies {

  static final String CONFIG = "/etc/switchback/haproxy.cfg";

  /** In master-worker mode a new worker takes the listening sockets over from the old one. */
  static final String RELOAD = "SIGUSR2";

  /**
   * What a proxy was last told.
   *
   * @param master the process that starts the workers
   * @param before the workers that answered until then; empty if they cannot be told
   * @param overNanos when the last of them is gone at the latest
   */
  private record Told(Digest config, long master, Set<String> before, long overNanos) {}

  private final Engine engine;
  private final String image;
  private final Duration drain;

  /** What this process told each proxy; another process tells it again, which does no harm. */
  private final ConcurrentMap<String, Told> told = new ConcurrentHashMap<>();

  Proxies(Engine engine, String image, Duration drain) {
    this.engine = engine;
    this.image = image;
    this.drain = drain;
  }

  /** Tells whether the proxies that are there show the whole face, and nothing that may not be. */
  static boolean show(Face face, List<Seen> proxies) {
    return unfit(face, proxies).isEmpty()
        && published(proxies).entrySet().containsAll(face.published().entrySet())
        && proxies.stream().anyMatch(proxy -> face(proxy).domains().equals(face.domains()));
  }

  /** Returns what all of the proxies publish together. */
  static SortedMap<String, String> published(List<Seen> proxies) {
    SortedMap<String, String> published = new TreeMap<>();
    proxies.forEach(proxy -> published.putAll(face(proxy).published()));
    return published;
  }

  private static Face face(Seen proxy) {
    return Face.parse(proxy.label(Labels.FACE));
  }

  /** Returns those of the proxies that cannot be part of {@code face}. */
  static List<Seen> unfit(Face face, List<Seen> proxies) {
    return proxies.stream().filter(proxy -> !fits(face, face(proxy))).toList();
  }

  private static boolean fits(Face face, Face shown) {
    boolean named = shown.domains().equals(face.domains());
    boolean needed = named
        || (shown.domains().isEmpty()
            && shown.published().keySet().stream()
                .anyMatch(port -> face.published().containsKey(port)));
    return needed
        && shown.published().entrySet().stream().allMatch(entry -> {
          String port = entry.getKey();
          return face.ports().containsKey(port)
              ? entry.getValue().equals(face.published().get(port))
              : FreePorts.has(entry.getValue());
        });
  }

  /**
   * Brings up what is missing of the proxies that show {@code face}.
   *
   * @param fit the proxies to keep, if they can be started
   * @param servers where they lead
   */
  void complete(AppId app, ComponentKey key, Face face, List<Seen> fit, List<String> servers) {
    List<Seen> kept = fit.stream()
        .filter(proxy -> proxy.isRunning() || isStarted(proxy, face, servers))
        .toList();
    SortedMap<String, String> missing = new TreeMap<>(face.published());
    missing.keySet().removeAll(published(kept).keySet());
    boolean named = kept.stream().anyMatch(proxy -> face(proxy).domains().equals(face.domains()));
    if (named && missing.isEmpty()) {
      return;
    }
    Face shown = new Face(named ? List.of() : face.domains(), face.ports(), missing);
    String name = Names.proxy(app, key, shown);
    String id = engine.create(name, labels(app, key, shown), command(engine, image, app, shown));
    try {
      engine.put(id, name, config(face, servers));
      engine.start(id, name);
      told.put(id, new Told(digest(face, servers), 0, Set.of(), System.nanoTime()));
    } catch (DeploymentException e) {
      engine.remove(id, name);
      throw e;
    }
  }

  /** Starts a proxy; if the engine holds half of an earlier start, the proxy goes instead. */
  private boolean isStarted(Seen proxy, Face face, List<String> servers) {
    engine.put(proxy.id(), proxy.name(), config(face, servers));
    try {
      engine.start(proxy.id(), proxy.name());
      return true;
    } catch (DeploymentException e) {
      if (!Failures.isHalfStarted(e)) {
        throw e;
      }
      engine.remove(proxy.id(), proxy.name());
      return false;
    }
  }

  private static Map<String, String> labels(AppId app, ComponentKey key, Face shown) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put(Labels.APP, app.value());
    labels.put(Labels.COMPONENT, key.value());
    labels.put(Labels.ROLE, Labels.PROXY);
    labels.put(Labels.FACE, shown.text());
    return labels;
  }

  /** Says how to create a container that runs HAProxy with {@link #CONFIG}. */
  static CreateContainerCmd command(Engine engine, String image, AppId app, Face shown) {
    List<ExposedPort> exposed = new ArrayList<>();
    shown.ports().keySet().forEach(port -> exposed.add(ExposedPort.parse(port)));
    HostConfig host = HostConfig.newHostConfig()
        .withNetworkMode(Names.network(app))
        .withRestartPolicy(RestartPolicy.alwaysRestart())
        .withCapDrop(Capability.ALL)
        .withSecurityOpts(List.of("no-new-privileges"))
        .withPortBindings(bindings(shown));
    return engine
        .creating(image)
        .withEntrypoint("haproxy", "-W", "-db", "-f", CONFIG)
        .withCmd(List.of())
        .withUser("65534:65534")
        .withExposedPorts(exposed)
        .withHostConfig(host)
        .withAliases(shown.domains());
  }

  static List<PortBinding> bindings(Face face) {
    List<PortBinding> bindings = new ArrayList<>();
    face.published()
        .forEach((port, address) -> bindings.add(PortBinding.parse(address + ":" + port)));
    return bindings;
  }

  private byte[] config(Face face, List<String> servers) {
    return Tars.of(CONFIG, text(face, servers).getBytes(UTF_8));
  }

  private String text(Face face, List<String> servers) {
    return ProxyConfig.write(face, servers, drain);
  }

  private Digest digest(Face face, List<String> servers) {
    return Digest.of(text(face, servers));
  }

  /** Leads the component's address to {@code servers}. New requests go there once this is drained. */
  void lead(Face face, List<Seen> proxies, List<String> servers) {
    Digest config = digest(face, servers);
    for (Seen proxy : proxies) {
      Told last = told.get(proxy.id());
      if (proxy.isRunning() && (last == null || !last.config().equals(config))) {
        long master = engine.firstProcess(proxy);
        Set<String> before = workers(proxy, master);
        engine.put(proxy.id(), proxy.name(), config(face, servers));
        engine.signal(proxy, RELOAD);
        told.put(
            proxy.id(),
            new Told(
                config, master, before, System.nanoTime() + drain.plusSeconds(2).toNanos()));
      }
    }
  }

  /** Tells whether the workers from before the last {@link #lead} are gone. */
  boolean isDrained(List<Seen> proxies) {
    return proxies.stream().filter(Seen::isRunning).allMatch(this::isDrained);
  }

  private boolean isDrained(Seen proxy) {
    Told last = told.get(proxy.id());
    if (last == null) {
      return false;
    }
    boolean over = System.nanoTime() - last.overNanos() >= 0;
    if (last.before().isEmpty()) {
      return over;
    }
    boolean drained = !intersects(workers(proxy, last.master()), last.before());
    if (over && !drained) {
      // No worker outlives its hard stop: it has not heard. The next look tells it again.
      told.remove(proxy.id());
    }
    return drained;
  }

  private static boolean intersects(Set<String> left, Set<String> right) {
    return left.stream().anyMatch(right::contains);
  }

  /** Returns the process ids of the workers; empty if they cannot be told. */
  private Set<String> workers(Seen proxy, long master) {
    Set<String> shown = LocalProcesses.children(master, proxy.id()).orElse(null);
    if (shown != null) {
      return shown;
    }
    try {
      Map<String, String> processes = engine.processes(proxy);
      Set<String> workers = new HashSet<>();
      processes.forEach((pid, parent) -> {
        if (processes.containsKey(parent)) {
          workers.add(pid);
        }
      });
      return workers;
    } catch (DeploymentException e) {
      return Set.of();
    }
  }

  void forget(Seen proxy) {
    told.remove(proxy.id());
  }
}

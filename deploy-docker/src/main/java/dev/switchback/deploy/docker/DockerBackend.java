// SPDX-License-Identifier: Apache-2.0
package dev.switchback.deploy.docker;

import static java.util.Objects.requireNonNull;

import com.github.dockerjava.api.DockerClient;
import dev.switchback.deploy.AppTarget;
import dev.switchback.deploy.ArtifactLoader;
import dev.switchback.deploy.ComponentTarget;
import dev.switchback.deploy.DeploymentBackend;
import dev.switchback.deploy.DeploymentException;
import dev.switchback.deploy.Inspector;
import dev.switchback.deploy.Observation;
import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Digest;
import dev.switchback.model.Obstacle;
import dev.switchback.model.app.StepId;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Runs the components of apps as containers of a Docker Engine, on the same machine.
 *
 * <p>Each app has a network, in which its components find each other by their internal domain names.
 * All that is created has labels with app, component, generation and step; the labels are all that is
 * remembered, so any process goes on where another stopped. What has no such labels is never touched.
 *
 * <p>Stateless components roll over without a gap: a small proxy (HAProxy) has the component's address
 * and its published ports, new instances must be healthy before it leads there, and old ones finish
 * what they have begun. This needs an image of HAProxy on the engine, or HAProxy installed on this
 * machine; without either, and for stateful components, the old instances stop before the new ones
 * start. A handover goes on whenever somebody {@linkplain #observe looks}.
 *
 * <p>Probes over HTTP and TCP are asked from here, over the addresses in the app's network; a command
 * is the engine's own health check. Ports that are open to the outside are published on the host: where
 * a TCP route of the template says, else at a free port from 20000 to 29999 that stays the same. Where
 * that is, is among the findings of an observation.
 *
 * <p>HTTP routes are led by a proxy of the app, which is published {@linkplain #routes at one port}:
 * by domain, path prefix, headers and cookies. A route without a domain gets one, {@code
 * port.component.app.localhost} unless the {@linkplain Builder#routesDomain host} says otherwise. What
 * an engine cannot do is refused: virtual machines, timetables, Kubernetes resources, routes over HTTPS.
 */
public final class DockerBackend implements DeploymentBackend {

  private final DockerClient client;
  private final Engine engine;
  private final Artifacts artifacts;
  private final Components components;
  private final @Nullable Gateway gateway;

  private volatile boolean closed;

  private DockerBackend(Builder builder, DockerClient client) {
    this.client = client;
    this.engine = new Engine(client, builder.patience);
    this.artifacts = new Artifacts(engine);
    @Nullable
    String image = builder.proxyImage == null
        ? null
        : ProxyImage.find(engine, artifacts, builder.proxyImage).orElse(null);
    @Nullable Proxies proxies = image == null ? null : new Proxies(engine, image, builder.drain);
    this.gateway = image == null
        ? null
        : new Gateway(
            engine,
            image,
            builder.drain,
            builder.publishOn,
            builder.routesPort,
            builder.routesDomain);
    this.components = new Components(
        engine, artifacts, proxies, builder.publishOn, builder.stopGrace, InstantSource.system());
    if (builder.proxyImage != null && proxies == null) {
      System.getLogger(DockerBackend.class.getName())
          .log(
              System.Logger.Level.WARNING,
              "No image " + builder.proxyImage + " on the engine and no HAProxy on this machine:"
                  + " components will stop before their next version starts");
    }
  }

  /**
   * Opens the engine that {@code DOCKER_HOST} names, by default the one of this machine.
   *
   * @throws DeploymentException if it does not answer
   */
  public static DockerBackend open() {
    return builder().open();
  }

  /** Starts to say which engine, and how. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public List<Observation> observe(AppId app) {
    requireNonNull(app, "app");
    check("observe " + app);
    return components.observe(app);
  }

  @Override
  public void apply(StepId step, ComponentTarget target) {
    requireNonNull(step, "step");
    check("apply " + target.component() + " of " + target.app().app());
    components.apply(step, target);
  }

  @Override
  public void remove(StepId step, AppId app, ComponentKey component) {
    requireNonNull(step, "step");
    check("remove " + component + " of " + app);
    components.remove(app, component);
  }

  /**
   * Tells of components without an image, cron jobs, virtual machines and Kubernetes resources, and of
   * routes that ask for HTTPS, for paths to be rewritten, or for a proxy where there is none.
   */
  @Override
  public List<Obstacle> check(AppTarget target) {
    return Refusals.of(target.spec(), gateway != null);
  }

  /**
   * Tells of plugins, of which an engine has none, of what an HTTP route asks for beyond what its proxy
   * does, and of TCP routes that change alone.
   */
  @Override
  public List<Obstacle> leftOut(AppTarget recorded, AppTarget wanted) {
    return Omissions.of(recorded.spec(), wanted.spec());
  }

  /**
   * Leads the HTTP routes of the app, and returns when requests are led so. Config groups and TCP
   * routes reach a component with its own next change.
   *
   * @throws DeploymentException if there is anything that {@link #check} tells of what they share
   */
  @Override
  public void applyShared(StepId step, AppTarget target) {
    requireNonNull(step, "step");
    AppId app = target.app();
    String what = "apply what " + app + " shares";
    check(what);
    Refusals.check(what, Refusals.ofShared(target.spec(), gateway != null));
    if (gateway != null) {
      gateway.lead(app, target.spec());
    }
  }

  /**
   * Returns where the HTTP routes of {@code app} are published, as {@code address:port}; empty if it has
   * none.
   *
   * @throws DeploymentException if the engine does not answer
   */
  public Optional<String> routes(AppId app) {
    check("find the routes of " + app);
    return gateway == null ? Optional.empty() : gateway.address(app);
  }

  @Override
  public Optional<ArtifactLoader> artifactLoader() {
    return Optional.of(artifacts);
  }

  @Override
  public Optional<Inspector> inspector() {
    return Optional.of(new DockerInspector(engine, artifacts));
  }

  /**
   * Lets go of images that were taken in, but for those in {@code keep} and those that a container still
   * uses. Images that came to the engine in another way stay.
   *
   * @param keep the digests of all revisions that may still be gone back to
   * @return the digests that are gone, in order
   * @throws DeploymentException if the engine does not answer
   */
  public Set<Digest> pruneArtifacts(Collection<Digest> keep) {
    check("prune artifacts");
    return artifacts.prune(keep);
  }

  /**
   * Deletes the volumes of an app of which nothing is left, with all data in them. There is no way
   * back.
   *
   * @return the names of the volumes, in order
   * @throws DeploymentException if something of the app is there, or the engine does not answer
   */
  public List<String> removeVolumes(AppId app) {
    check("remove the volumes of " + app);
    if (!engine.containers(app).isEmpty()) {
      throw new DeploymentException(
          DeploymentException.Reason.REFUSED,
          "Cannot remove the volumes of " + app + ": the app is still there; uninstall it first",
          null);
    }
    List<String> volumes = engine.volumes().of(app);
    volumes.forEach(engine.volumes()::remove);
    return volumes;
  }

  /** Returns how many requests this sent to the engine since it was opened. */
  public long requests() {
    return engine.requests();
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    components.close();
    try {
      client.close();
    } catch (IOException e) {
      System.getLogger(DockerBackend.class.getName())
          .log(System.Logger.Level.WARNING, "Cannot close the connection to the engine", e);
    }
  }

  private void check(String what) {
    if (closed) {
      throw new IllegalStateException("Cannot " + what + ": the backend was closed");
    }
  }

  /** Says which engine to open, and how. */
  public static final class Builder {

    private @Nullable String host;
    private @Nullable String proxyImage = "haproxy:lts";
    private String publishOn = "0.0.0.0";
    private Duration drain = Duration.ofSeconds(10);
    private Duration stopGrace = Duration.ofSeconds(10);
    private Duration patience = Duration.ofSeconds(15);

    private int routesPort;
    private String routesDomain = "localhost";

    private Builder() {}

    /** Opens the engine at {@code host}, such as {@code unix:///var/run/docker.sock}. */
    public Builder host(String host) {
      this.host = requireNonNull(host, "host");
      return this;
    }

    /**
     * Uses {@code reference} for proxies, an image with HAProxy 2.5 or later on its path; {@code
     * haproxy:lts} by default. If the engine does not have it, one is made of the HAProxy that is
     * installed on this machine.
     */
    public Builder proxyImage(String reference) {
      this.proxyImage = requireNonNull(reference, "reference");
      return this;
    }

    /** Uses no proxies: every component stops before its next version starts. */
    public Builder withoutProxies() {
      this.proxyImage = null;
      return this;
    }

    /** Publishes ports on {@code address} of the host; {@code 0.0.0.0}, all of them, by default. */
    public Builder publishOn(String address) {
      this.publishOn = requireNonNull(address, "address");
      return this;
    }

    /**
     * Publishes the HTTP routes of an app at {@code port}; by default at a free port from 20000 to 29999
     * that stays the same. A port given here has room for one app.
     *
     * @throws IllegalArgumentException if it is no port
     */
    public Builder routesPort(int port) {
      if (port < 1 || port > 65_535) {
        throw new IllegalArgumentException("Invalid port: " + port + " is not from 1 to 65535");
      }
      this.routesPort = port;
      return this;
    }

    /**
     * Ends the domains of HTTP routes that have none of their own with {@code suffix}, {@code localhost}
     * by default: {@code 80.web.shop.localhost} is port 80 of component web of app shop.
     */
    public Builder routesDomain(String suffix) {
      this.routesDomain = requireNonNull(suffix, "suffix");
      return this;
    }

    /**
     * Sets how long connections to an instance that is to go may take to end; ten seconds by default.
     * HTTP requests that take longer, and TCP connections that stay open longer, are cut.
     */
    public Builder drain(Duration drain) {
      this.drain = requireNonNull(drain, "drain");
      return this;
    }

    /** Sets how long an instance may take to stop before it is killed; ten seconds by default. */
    public Builder stopGrace(Duration stopGrace) {
      this.stopGrace = requireNonNull(stopGrace, "stopGrace");
      return this;
    }

    /** Sets how long an engine that does not answer is waited for; 15 seconds by default. */
    public Builder patience(Duration patience) {
      this.patience = requireNonNull(patience, "patience");
      return this;
    }

    /**
     * Opens it.
     *
     * @throws DeploymentException if the engine does not answer
     */
    public DockerBackend open() {
      DockerClient client = Clients.of(host, stopGrace.plusSeconds(60));
      try {
        new Engine(client, Duration.ZERO).ping();
        return new DockerBackend(this, client);
      } catch (RuntimeException e) {
        Clients.abandon(client, e);
        throw e;
      }
    }
  }
}

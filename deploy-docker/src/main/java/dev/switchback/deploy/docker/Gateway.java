// SPDX-License-Identifier: Apache-2.0
package dev.switchback.deploy.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.switchback.deploy.DeploymentException;
import dev.switchback.deploy.DeploymentException.Reason;
import dev.switchback.model.AppId;
import dev.switchback.model.OutcomeUnknownException;
import dev.switchback.model.spec.AppSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP routes of each app: one small container, published at one port, that leads requests to
 * components by domain and path. Other routes are another configuration, which it takes over without
 * letting go of a request.
 */
final class Gateway {

  private static final int ATTEMPTS = 20;
  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final Engine engine;
  private final String image;
  private final Duration drain;
  private final String publishOn;
  private final int port;
  private final String suffix;

  /**
   * Makes it.
   *
   * @param port where routes are published; 0 for one that is free
   * @param suffix the end of the domains that the site makes
   */
  Gateway(Engine engine, String image, Duration drain, String publishOn, int port, String suffix) {
    this.engine = engine;
    this.image = image;
    this.drain = drain;
    this.publishOn = publishOn;
    this.port = port;
    this.suffix = suffix;
  }

  /**
   * Leads requests as {@code spec} says, and waits until they are; the same again does nothing.
   *
   * @throws OutcomeUnknownException if they are not led so for a while
   */
  synchronized void lead(AppId app, AppSpec spec) {
    Seen there = engine.gateway(app).orElse(null);
    @Nullable String config = GatewayConfig.write(app, spec, suffix, drain);
    if (there != null && (config == null || !isAtItsPort(there))) {
      engine.remove(there.id(), there.name());
      there = null;
    }
    if (config == null) {
      if (spec.components().isEmpty() && engine.containers(app).isEmpty()) {
        engine.networks().remove(Names.network(app));
      }
      return;
    }
    Probes answering = GatewayConfig.answering(config);
    if (there != null && isAnswered(answering, there)) {
      return;
    }
    engine.networks().ensure(app);
    byte[] files = Tars.of(Proxies.CONFIG, config.getBytes(UTF_8));
    if (there == null) {
      create(app, files);
    } else {
      engine.put(there.id(), there.name(), files);
      if (there.isRunning()) {
        engine.signal(there, Proxies.RELOAD);
      } else {
        startAgain(app, there, files);
      }
    }
    await(answering, app);
  }

  private static boolean isAnswered(Probes answering, Seen there) {
    return there.isRunning() && answering.ask(there.address()).isEmpty();
  }

  private void await(Probes answering, AppId app) {
    long deadline = System.nanoTime() + ANSWER.toNanos();
    while (engine.gateway(app).filter(there -> isAnswered(answering, there)).isEmpty()) {
      if (System.nanoTime() - deadline >= 0) {
        throw new OutcomeUnknownException(
            "Cannot tell whether the routes of " + app + " are led: their proxy does not answer",
            null);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private void startAgain(AppId app, Seen there, byte[] files) {
    try {
      engine.start(there.id(), there.name());
    } catch (DeploymentException e) {
      if (!Failures.isHalfStarted(e)) {
        throw e;
      }
      engine.remove(there.id(), there.name());
      create(app, files);
    }
  }

  private boolean isAtItsPort(Seen there) {
    return port == 0 || address(there).equals(publishOn + ":" + port);
  }

  private void create(AppId app, byte[] files) {
    for (int attempt = 0; ; attempt++) {
      String address =
          publishOn + ":" + (port == 0 ? FreePorts.choose(app, "", "routes", attempt) : port);
      try {
        create(app, files, address);
        return;
      } catch (DeploymentException e) {
        if (e.reason() != Reason.PORT_TAKEN || port != 0 || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private void create(AppId app, byte[] files, String address) {
    Face face = new Face(
        List.of(),
        new TreeMap<>(Map.of(GatewayConfig.PORT, "http")),
        new TreeMap<>(Map.of(GatewayConfig.PORT, address)));
    Map<String, String> labels =
        Map.of(Labels.APP, app.value(), Labels.ROLE, Labels.GATEWAY, Labels.FACE, face.text());
    String name = Names.gateway(app);
    String id = engine.create(name, labels, Proxies.command(engine, image, app, face));
    try {
      engine.put(id, name, files);
      engine.start(id, name);
    } catch (DeploymentException e) {
      engine.remove(id, name);
      throw e;
    }
  }

  /** Returns where the routes of {@code app} are published. */
  Optional<String> address(AppId app) {
    return engine.gateway(app).map(Gateway::address);
  }

  private static String address(Seen gateway) {
    return Face.parse(gateway.label(Labels.FACE)).published().getOrDefault(GatewayConfig.PORT, "");
  }
}

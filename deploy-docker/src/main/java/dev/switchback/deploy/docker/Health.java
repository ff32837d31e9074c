// SPDX-License-Identifier: Apache-2.0
package dev.switchback.deploy.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.dockerjava.api.command.InspectContainerResponse;
import dev.switchback.deploy.Observation;
import dev.switchback.deploy.Observation.Finding;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Setting;
import dev.switchback.model.spec.Image;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Judges how components are, by what the engine lists and by asking their probes. */
final class Health {

  /** An instance that came back this often, and is gone again, will not stay. */
  private static final int TOO_MANY_RESTARTS = 3;

  private static final Duration STARTING = Duration.ofSeconds(30);
  private static final Duration YOUNG = Duration.ofSeconds(10);
  private static final Duration SETTLED = Duration.ofMillis(500);
  private static final Pattern UP_FOR_SECONDS =
      Pattern.compile("Up (Less than a|[0-9]) seconds?.*");
  private static final int LOG_LINES = 10;

  /** How one instance is; the findings say why, and are empty if it is ready. */
  record Verdict(Observation.Health health, List<Finding> findings) {

    static final Verdict READY = new Verdict(Observation.Health.READY, List.of());

    static Verdict of(Observation.Health health, String reason, String message) {
      return new Verdict(health, List.of(new Finding(reason, message)));
    }

    boolean isReady() {
      return health == Observation.Health.READY;
    }
  }

  private final Engine engine;
  private final InstantSource clock;

  Health(Engine engine, InstantSource clock) {
    this.engine = engine;
    this.clock = clock;
  }

  /**
   * Tells of a component that is there.
   *
   * @param gateway what leads the HTTP routes of its app, if there is anything
   */
  Observation observe(View view, Turn current, Optional<Seen> gateway) {
    Verdict verdict = judge(view, current, gateway);
    return new Observation(
        view.component(),
        verdict.health(),
        current.generation(),
        current.step(),
        serving(view),
        verdict.findings());
  }

  private Verdict judge(View view, Turn current, Optional<Seen> gateway) {
    List<Finding> findings = new ArrayList<>();
    Observation.Health worst = Observation.Health.READY;
    for (Seen instance : current.instances()) {
      Verdict verdict = judge(instance);
      findings.addAll(verdict.findings());
      worst = worse(worst, verdict.health());
    }
    boolean changing = !view.older().isEmpty();
    if (!current.isWhole()) {
      findings.add(new Finding(
          "instance-missing",
          current.instances().size() + " of " + current.replicas() + " instances are there"));
      worst = worse(worst, changing ? Observation.Health.PROGRESSING : Observation.Health.DEGRADED);
    }
    if (current.isProxied() && !isShown(current, view)) {
      findings.add(new Finding("proxy-missing", "the proxy in front does not accept yet"));
      worst = worse(worst, changing ? Observation.Health.PROGRESSING : Observation.Health.DEGRADED);
    }
    if (worst == Observation.Health.READY
        && gateway.filter(leading -> isUnled(view.component(), leading)).isPresent()) {
      findings.add(new Finding("route-missing", "the proxy of the routes does not lead here yet"));
      worst = changing ? Observation.Health.PROGRESSING : Observation.Health.DEGRADED;
    }
    if (changing && worst == Observation.Health.READY) {
      findings.add(new Finding("handing-over", "the instances before are finishing"));
      worst = Observation.Health.PROGRESSING;
    }
    current
        .face()
        .published()
        .forEach((port, address) ->
            findings.add(new Finding("published", "port " + port + " is published at " + address)));
    return new Verdict(worst, findings);
  }

  private static boolean isShown(Turn current, View view) {
    return Proxies.show(current.face(), view.proxies())
        && view.proxies().stream()
            .allMatch(proxy -> proxy.isRunning()
                && Probes.accepting(current.face()).ask(proxy.address()).isEmpty());
  }

  /** Tells whether the routes of a component, if it has any, are not served. */
  private boolean isUnled(ComponentKey component, Seen gateway) {
    boolean led = gateway.isRunning()
        && GatewayConfig.serving(component).ask(gateway.address()).isEmpty();
    return !led
        && engine
            .file(gateway.id(), Proxies.CONFIG)
            .flatMap(Tars::first)
            .filter(config -> GatewayConfig.leads(new String(config, UTF_8), component))
            .isPresent();
  }

  private static Observation.Health worse(Observation.Health left, Observation.Health right) {
    // From best to worst; what is on its way counts as better than what is there but not good.
    List<Observation.Health> order = List.of(
        Observation.Health.READY,
        Observation.Health.PROGRESSING,
        Observation.Health.DEGRADED,
        Observation.Health.FAILED);
    return order.indexOf(left) >= order.indexOf(right) ? left : right;
  }

  /** The image of the latest turn that runs, before the turn that is still on its way. */
  private static @Nullable Image serving(View view) {
    List<Turn> running = view.turns().stream()
        .filter(turn -> turn.instances().stream().anyMatch(Seen::isRunning))
        .toList();
    return running.isEmpty() ? null : running.get(0).image();
  }

  /** Tells whether all instances of a turn are there and well. */
  boolean isReady(Turn turn) {
    return turn.isWhole()
        && turn.instances().stream().allMatch(seen -> judge(seen).isReady());
  }

  /** Tells whether an instance of a turn failed for good. */
  boolean isFailed(Turn turn) {
    return turn.instances().stream()
        .anyMatch(seen -> !seen.isRunning() && judge(seen).health() == Observation.Health.FAILED);
  }

  private Verdict judge(Seen seen) {
    return switch (seen.state()) {
      case "running" -> running(seen);
      case "created" -> created(seen);
      case "restarting" -> restarting(seen);
      case "paused" -> Verdict.of(Observation.Health.DEGRADED, "paused", "somebody paused it");
      default -> ended(seen);
    };
  }

  private Verdict created(Seen seen) {
    boolean replacing = seen.label(Labels.HANDOVER).equals(Turn.Handover.REPLACE.name());
    if (!replacing && age(seen).compareTo(STARTING) < 0) {
      return Verdict.of(Observation.Health.PROGRESSING, "starting", "it was not started yet");
    }
    String error = engine
        .inspect(seen.id())
        .flatMap(found -> Optional.ofNullable(found.getState().getError()))
        .orElse("");
    if (replacing && error.isEmpty()) {
      return Verdict.of(Observation.Health.PROGRESSING, "starting", "it waits for the one before");
    }
    return Verdict.of(
        Observation.Health.FAILED,
        "not-started",
        "it could not be started" + (error.isEmpty() ? "" : ": " + error));
  }

  private Verdict running(Seen seen) {
    Probes probes = Probes.parse(seen.label(Labels.PROBES));
    List<Finding> findings = new ArrayList<>();
    if (seen.status().contains("(unhealthy)")) {
      findings.add(new Finding("health-check-failed", "its health check fails"));
    } else if (seen.status().contains("(health: starting)")) {
      return Verdict.of(
          Observation.Health.PROGRESSING,
          "health-check-starting",
          "its health check has not passed yet");
    }
    probes
        .ask(seen.address())
        .forEach(problem -> findings.add(new Finding("probe-failed", problem)));
    if (findings.isEmpty()) {
      boolean asked = !probes.asks().isEmpty() || seen.status().contains("(healthy)");
      return steady(seen, asked ? Duration.ofSeconds(probes.steadySeconds()) : SETTLED);
    }
    if (age(seen).toSeconds() <= probes.graceSeconds()) {
      return new Verdict(Observation.Health.PROGRESSING, findings);
    }
    engine.inspect(seen.id()).ifPresent(found -> findings.addAll(log(seen, found)));
    return new Verdict(Observation.Health.DEGRADED, findings);
  }

  /**
   * Tells whether an instance that runs, and that has nothing wrong, has done so for long enough, and
   * not again and again: one that crashes may be well for a moment after each start.
   */
  private Verdict steady(Seen seen, Duration enough) {
    if (!UP_FOR_SECONDS.matcher(seen.status()).matches() && enough.compareTo(YOUNG) <= 0) {
      return Verdict.READY;
    }
    InspectContainerResponse found = engine.inspect(seen.id()).orElse(null);
    if (found == null) {
      return Verdict.of(Observation.Health.PROGRESSING, "starting", "it has just gone");
    }
    Duration up = Duration.between(
        Instant.parse(String.valueOf(found.getState().getStartedAt())), clock.instant());
    if (restarts(found) > 0 && up.compareTo(YOUNG) < 0) {
      return restarting(seen, found);
    }
    return up.compareTo(enough) < 0
        ? Verdict.of(Observation.Health.PROGRESSING, "starting", "it has just started")
        : Verdict.READY;
  }

  private static int restarts(InspectContainerResponse found) {
    Integer count = found.getRestartCount();
    return count == null ? 0 : count;
  }

  private Verdict restarting(Seen seen) {
    return engine
        .inspect(seen.id())
        .map(found -> restarting(seen, found))
        .orElse(Verdict.of(Observation.Health.PROGRESSING, "starting", "it has just gone"));
  }

  private Verdict restarting(Seen seen, InspectContainerResponse found) {
    List<Finding> findings = new ArrayList<>();
    // While it runs again, the engine does not tell how it ended before.
    boolean again = Boolean.TRUE.equals(found.getState().getRunning())
        && !Boolean.TRUE.equals(found.getState().getRestarting());
    String code = again ? "" : " with exit code " + found.getState().getExitCodeLong();
    findings.add(new Finding(
        "crash-loop", "it ended" + code + " and was started again " + restarts(found) + " times"));
    boolean hopeless = restarts(found) >= TOO_MANY_RESTARTS;
    if (hopeless) {
      findings.addAll(log(seen, found));
    }
    return new Verdict(
        hopeless ? Observation.Health.FAILED : Observation.Health.PROGRESSING, findings);
  }

  private Verdict ended(Seen seen) {
    InspectContainerResponse found = engine.inspect(seen.id()).orElse(null);
    if (found == null) {
      return Verdict.of(Observation.Health.FAILED, "gone", "it is being removed");
    }
    Long exit = found.getState().getExitCodeLong();
    boolean job = seen.label(Labels.JOB).equals("true");
    if (job && exit != null && exit == 0) {
      return Verdict.READY;
    }
    List<Finding> findings = new ArrayList<>();
    findings.add(new Finding("exited", "it ended with exit code " + exit));
    findings.addAll(log(seen, found));
    return new Verdict(Observation.Health.FAILED, findings);
  }

  /** The end of what it wrote, as evidence, without the secrets it was started with. */
  private List<Finding> log(Seen seen, InspectContainerResponse found) {
    String text = String.join("\n", engine.log(seen.id(), LOG_LINES));
    String[] env = found.getConfig().getEnv();
    for (String line : env == null ? new String[0] : env) {
      int equals = line.indexOf('=');
      String value = line.substring(equals + 1);
      if (value.length() > 3 && Setting.named(line.substring(0, equals), value).isSecret()) {
        text = text.replace(value, "(secret)");
      }
    }
    return text.isBlank()
        ? List.of()
        : List.of(new Finding("log", text.lines().collect(Collectors.joining("\n"))));
  }

  private Duration age(Seen seen) {
    return Duration.between(Instant.ofEpochSecond(seen.createdAt()), clock.instant());
  }
}

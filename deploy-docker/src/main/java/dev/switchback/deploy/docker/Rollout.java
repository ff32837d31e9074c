// SPDX-License-Identifier: Apache-2.0
package dev.switchback.deploy.docker;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HealthCheck;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.RestartPolicy;
import dev.switchback.deploy.ComponentTarget;
import dev.switchback.deploy.DeploymentException;
import dev.switchback.deploy.DeploymentException.Reason;
import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.OutcomeUnknownException;
import dev.switchback.model.app.StepId;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.ConfigFile;
import dev.switchback.model.spec.Probe;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Brings up the instances that one step wants: all of them, or none.
 *
 * <p>Everything that is needed to go on, by this process or another, is in the labels of what is
 * created. Names come from the step, so a request that comes again finds what the first one made and
 * completes it.
 */
final class Rollout {

  private static final int EARLIER_STEPS = 20;
  private static final int PORT_ATTEMPTS = 20;

  private final Engine engine;
  private final Artifacts artifacts;
  private final @Nullable Proxies proxies;
  private final String publishOn;

  Rollout(Engine engine, Artifacts artifacts, @Nullable Proxies proxies, String publishOn) {
    this.engine = engine;
    this.artifacts = artifacts;
    this.proxies = proxies;
    this.publishOn = publishOn;
  }

  /** Everything about the turn to bring up that its instances have in common. */
  private record Wanted(
      StepId step,
      AppId app,
      long generation,
      Recipe recipe,
      long turn,
      String earlierSteps,
      Turn.Handover handover,
      boolean proxied,
      Face face) {

    ComponentKey key() {
      return recipe.component().id();
    }

    List<String> names() {
      List<String> names = new ArrayList<>();
      for (int i = 0; i < recipe.replicas(); i++) {
        names.add(Names.instance(app, key(), step, i));
      }
      return names;
    }

    Wanted with(Face other) {
      return new Wanted(
          step, app, generation, recipe, turn, earlierSteps, handover, proxied, other);
    }
  }

  /**
   * Brings up what is missing of {@code step}.
   *
   * @throws DeploymentException if that cannot be; nothing of the step is left
   * @throws OutcomeUnknownException if the engine stopped answering on the way
   */
  void bringUp(StepId step, ComponentTarget target, View view) {
    if (view.current()
        .filter(turn -> turn.step().equals(step) && isUp(turn, view))
        .isPresent()) {
      return;
    }
    Recipe recipe = Recipe.of(target);
    String image = artifacts.resolve(recipe.component().image());
    Wanted wanted = wanted(step, target, recipe, view);
    try {
      if (!view.isInNetwork()) {
        engine.networks().ensure(wanted.app());
      }
      attempt(wanted, view, image);
    } catch (DeploymentException e) {
      if (e.reason() == Reason.UNREACHABLE) {
        throw new OutcomeUnknownException(String.valueOf(e.getMessage()), e);
      }
      cleanUp(wanted, view, e);
      throw e;
    }
  }

  private static boolean isUp(Turn turn, View view) {
    return turn.isWhole()
        && turn.instances().stream().noneMatch(Seen::isCreated)
        && (!turn.isProxied() || !view.proxies().isEmpty());
  }

  private Wanted wanted(StepId step, ComponentTarget target, Recipe recipe, View view) {
    Turn mine = view.current().filter(turn -> turn.step().equals(step)).orElse(null);
    if (mine != null) {
      return new Wanted(
          step,
          target.app().app(),
          mine.generation(),
          recipe,
          mine.number(),
          mine.instances().get(0).label(Labels.EARLIER_STEPS),
          mine.handover(),
          mine.isProxied(),
          mine.face());
    }
    Turn before = view.current().orElse(null);
    Face face = recipe.face();
    boolean proxied =
        proxies != null && recipe.mayOverlap() && !face.ports().isEmpty() && face.isTcpOnly();
    boolean overlap = recipe.mayOverlap()
        && (proxied || face.ports().isEmpty())
        && view.turns().stream()
            .allMatch(turn -> turn.isProxied() || turn.face().published().isEmpty());
    List<String> earlier = before == null ? List.of() : before.steps();
    return new Wanted(
        step,
        target.app().app(),
        target.app().generation(),
        recipe,
        before == null ? 1 : before.number() + 1,
        String.join("\n", earlier.subList(0, Math.min(EARLIER_STEPS, earlier.size()))),
        overlap ? Turn.Handover.OVERLAP : Turn.Handover.REPLACE,
        proxied,
        face.withPublished(published(recipe, view, target.app().app(), 0)));
  }

  /** Chooses where ports are published: as the template says, as before, or somewhere free. */
  private SortedMap<String, String> published(Recipe recipe, View view, AppId app, int attempt) {
    SortedMap<String, String> before = new TreeMap<>(Proxies.published(view.proxies()));
    view.current().ifPresent(turn -> before.putAll(turn.face().published()));
    SortedMap<String, String> published = new TreeMap<>();
    recipe.outerPorts().forEach((port, address) -> {
      if (!address.isEmpty()) {
        boolean whole = address.contains(":") && !address.startsWith(":");
        published.put(port, whole ? address : publishOn + ":" + address.replace(":", ""));
      } else if (before.containsKey(port)) {
        published.put(port, before.get(port));
      } else {
        int free = FreePorts.choose(app, recipe.component().key(), port, attempt);
        published.put(port, publishOn + ":" + free);
      }
    });
    return published;
  }

  /** Tries one port after another, where the choice is ours. */
  private void attempt(Wanted wanted, View view, String image) {
    Wanted next = wanted;
    for (int attempt = 1; ; attempt++) {
      try {
        create(next, view, image);
        return;
      } catch (DeploymentException e) {
        boolean free = next.recipe().outerPorts().containsValue("");
        if (e.reason() != Reason.PORT_TAKEN || !free || attempt == PORT_ATTEMPTS) {
          throw e;
        }
        removeAll(next.names());
        next = next.with(
            next.face().withPublished(published(next.recipe(), view, next.app(), attempt)));
      }
    }
  }

  private void create(Wanted wanted, View view, String image) {
    boolean now = view.turns().isEmpty()
        || wanted.handover() == Turn.Handover.OVERLAP
        || (view.older().isEmpty() && view.current().orElseThrow().step().equals(wanted.step()));
    List<String> names = wanted.names();
    for (int replica = 0; replica < names.size(); replica++) {
      String name = names.get(replica);
      Seen there = view.current().stream()
          .flatMap(turn -> turn.instances().stream())
          .filter(seen -> seen.name().equals(name))
          .findFirst()
          .orElse(null);
      if (there != null && !there.isCreated()) {
        continue;
      }
      String id = make(wanted, name, replica, image);
      if (now) {
        try {
          engine.start(id, name);
        } catch (DeploymentException e) {
          if (!Failures.isHalfStarted(e)) {
            throw e;
          }
          engine.remove(id, name);
          engine.start(make(wanted, name, replica, image), name);
        }
      }
    }
    if (proxies != null
        && wanted.proxied()
        && now
        && Proxies.unfit(wanted.face(), view.proxies()).isEmpty()) {
      proxies.complete(wanted.app(), wanted.key(), wanted.face(), view.proxies(), wanted.names());
    }
  }

  /** Creates an instance with its files, or finds it; returns its id. */
  private String make(Wanted wanted, String name, int replica, String image) {
    String id = engine.create(name, labels(wanted, replica), command(wanted, replica, image));
    SortedMap<String, ConfigFile> files = wanted.recipe().files();
    if (!files.isEmpty()) {
      engine.put(id, name, Tars.of(files));
    }
    return id;
  }

  private static Map<String, String> labels(Wanted wanted, int replica) {
    Component component = wanted.recipe().component();
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put(Labels.APP, wanted.app().value());
    labels.put(Labels.COMPONENT, component.key());
    labels.put(Labels.ROLE, Labels.INSTANCE);
    labels.put(Labels.GENERATION, Long.toString(wanted.generation()));
    labels.put(Labels.STEP, wanted.step().value());
    labels.put(Labels.EARLIER_STEPS, wanted.earlierSteps());
    labels.put(Labels.TURN, Long.toString(wanted.turn()));
    labels.put(Labels.REPLICA, Integer.toString(replica));
    labels.put(Labels.REPLICAS, Integer.toString(wanted.recipe().replicas()));
    labels.put(Labels.HANDOVER, wanted.handover().name());
    labels.put(Labels.PROXIED, Boolean.toString(wanted.proxied()));
    labels.put(Labels.FACE, wanted.face().text());
    labels.put(Labels.PROBES, Probes.of(component).text());
    labels.put(Labels.LAST_FILE, Tars.last(wanted.recipe().files()));
    labels.put(Labels.JOB, Boolean.toString(wanted.recipe().isJob()));
    labels.put(Labels.IMAGE, component.image().reference());
    labels.put(
        Labels.IMAGE_DIGEST,
        component.image().digest() == null ? "" : component.image().digest().toString());
    labels.put(Labels.BUILD, component.image().buildVersion());
    return labels;
  }

  private CreateContainerCmd command(Wanted wanted, int replica, String image) {
    Recipe recipe = wanted.recipe();
    Component component = recipe.component();
    HostConfig host = HostConfig.newHostConfig()
        .withNetworkMode(Names.network(wanted.app()))
        .withRestartPolicy(
            // Not "unless-stopped": an engine that was killed takes what it stops for stopped.
            recipe.isJob() ? RestartPolicy.noRestart() : RestartPolicy.alwaysRestart())
        .withMounts(recipe.mounts(replica));
    if (component.memoryMb() > 0) {
      host.withMemory((long) component.memoryMb() << 20);
    }
    if (component.cpuMillis() > 0) {
      host.withNanoCPUs(component.cpuMillis() * 1_000_000L);
    }
    CreateContainerCmd command = engine.creating(image).withEnv(recipe.env());
    if (!wanted.proxied()) {
      List<ExposedPort> exposed = new ArrayList<>();
      wanted.face().ports().keySet().forEach(port -> exposed.add(ExposedPort.parse(port)));
      command.withExposedPorts(exposed).withAliases(wanted.face().domains());
      if (replica == 0) {
        host.withPortBindings(Proxies.bindings(wanted.face()));
      }
    }
    if (!recipe.command().isEmpty()) {
      command.withCmd(recipe.command());
    }
    if (!recipe.healthCheck().isEmpty()) {
      Probe probe = Probes.command(component).orElseThrow();
      command.withHealthcheck(new HealthCheck()
          .withTest(recipe.healthCheck())
          .withInterval(TimeUnit.SECONDS.toNanos(Math.max(1, probe.periodSeconds())))
          .withTimeout(TimeUnit.SECONDS.toNanos(Math.max(1, probe.timeoutSeconds())))
          .withStartPeriod(TimeUnit.SECONDS.toNanos(probe.initialDelaySeconds()))
          .withRetries(Math.max(1, probe.failureThreshold())));
    }
    return command.withHostConfig(host);
  }

  /** Leaves nothing of a step that was refused; what was there before it stays. */
  private void cleanUp(Wanted wanted, View before, DeploymentException failure) {
    try {
      removeAll(wanted.names());
      if (before.turns().isEmpty() && before.proxies().isEmpty()) {
        for (Seen left : engine.containers(wanted.app(), wanted.key())) {
          engine.remove(left.id(), left.name());
        }
        engine.networks().remove(Names.network(wanted.app()));
      }
    } catch (DeploymentException | OutcomeUnknownException e) {
      failure.addSuppressed(e);
    }
  }

  private void removeAll(List<String> names) {
    names.forEach(name -> engine
        .inspect(name)
        .filter(found -> {
          Map<String, String> labels = found.getConfig().getLabels();
          return labels != null && labels.containsKey(Labels.APP);
        })
        .ifPresent(found -> engine.remove(found.getId(), name)));
  }
}

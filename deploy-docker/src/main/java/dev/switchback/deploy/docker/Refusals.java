// SPDX-License-Identifier: Apache-2.0
package dev.switchback.deploy.docker;

import dev.switchback.deploy.DeploymentException;
import dev.switchback.deploy.DeploymentException.Reason;
import dev.switchback.model.Obstacle;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.HttpRoute;
import dev.switchback.model.spec.KubernetesResource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What an engine cannot do, told rather than left out. */
final class Refusals {

  private static final String NEXT_STEP = "leave it out of this site, or use another backend";

  private Refusals() {}

  /** Returns why an app like {@code spec} cannot be run; empty if it can. */
  static List<Obstacle> of(AppSpec spec, boolean routes) {
    List<Obstacle> obstacles = new ArrayList<>();
    spec.components().forEach(component -> obstacles.addAll(of(component)));
    obstacles.addAll(ofShared(spec, routes));
    return obstacles;
  }

  /** Returns why {@code component} cannot be run; empty if it can. */
  static List<Obstacle> of(Component component) {
    String problem = switch (component.workload().code()) {
      case "cronjob" -> "an engine keeps no timetable for a cronjob";
      case "vm" -> "an engine runs no virtual machines";
      default ->
        component.image().reference().isEmpty() && component.image().digest() == null
            ? "it has no image"
            : "";
    };
    return problem.isEmpty()
        ? List.of()
        : List.of(new Obstacle("docker-component", component.toString(), problem, NEXT_STEP));
  }

  /** Returns why what the components of {@code spec} share cannot be brought about. */
  static List<Obstacle> ofShared(AppSpec spec, boolean routes) {
    List<Obstacle> obstacles = new ArrayList<>();
    for (KubernetesResource resource : spec.kubernetesResources()) {
      obstacles.add(new Obstacle(
          "docker-kubernetes-resource",
          "Kubernetes resource " + resource.key(),
          "an engine knows no Kubernetes resources",
          NEXT_STEP));
    }
    for (HttpRoute route : spec.httpRoutes()) {
      List<String> problems = routes
          ? GatewayConfig.problems(route)
          : List.of("it takes a proxy, and there is no HAProxy here or proxies are switched off");
      problems.forEach(problem -> obstacles.add(
          new Obstacle("docker-http-route", "HTTP route " + route.key(), problem, NEXT_STEP)));
    }
    return obstacles;
  }

  /**
   * Refuses if there is any obstacle.
   *
   * @throws DeploymentException with all of them
   */
  static void check(String what, List<Obstacle> obstacles) {
    if (!obstacles.isEmpty()) {
      throw new DeploymentException(
          Reason.REFUSED,
          "Cannot " + what + ": "
              + obstacles.stream().map(Obstacle::explain).collect(Collectors.joining("; ")),
          null);
    }
  }
}

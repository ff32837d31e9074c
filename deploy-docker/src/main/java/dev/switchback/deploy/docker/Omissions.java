// SPDX-License-Identifier: Apache-2.0
package dev.switchback.deploy.docker;

import dev.switchback.model.Obstacle;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.HttpRoute;
import dev.switchback.model.spec.Plugin;
import dev.switchback.model.spec.StreamRoute;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What an engine leaves out of what it does otherwise, told before it does. */
final class Omissions {

  private Omissions() {}

  /** Returns what is left out when an app like {@code recorded} becomes one like {@code wanted}. */
  static List<Obstacle> of(AppSpec recorded, AppSpec wanted) {
    List<Obstacle> omissions = new ArrayList<>();
    for (Plugin plugin : wanted.plugins()) {
      omissions.add(new Obstacle(
          "docker-plugin",
          "plugin " + plugin.key(),
          "it is left out: an engine has no plugins",
          ""));
    }
    for (HttpRoute route : wanted.httpRoutes()) {
      GatewayConfig.omissions(route)
          .forEach(omission -> omissions.add(
              new Obstacle("docker-http-route", "HTTP route " + route.key(), omission, "")));
    }
    for (StreamRoute route : wanted.streamRoutes()) {
      Integer timeout = route.connectionTimeoutSeconds();
      if (timeout != null && timeout > 0) {
        omissions.add(streamRoute(
            route, "its connection timeout of " + timeout + " s is left out: the engine has none"));
      }
      if (isAlone(route, recorded, wanted)) {
        omissions.add(late(route, "its address " + route.address()));
      }
    }
    for (StreamRoute route : recorded.streamRoutes()) {
      if (wanted.streamRoutes().find(route.key()).isEmpty()
          && isUnchanged(route, recorded, wanted)) {
        omissions.add(late(route, "its end"));
      }
    }
    return omissions;
  }

  /** Tells whether a route is new or has another address, and its component is as before. */
  private static boolean isAlone(StreamRoute route, AppSpec recorded, AppSpec wanted) {
    Optional<StreamRoute> before = recorded.streamRoutes().find(route.key());
    return before
            .filter(present -> present.protocol().equals(route.protocol())
                && present.address().equals(route.address()))
            .isEmpty()
        && isUnchanged(route, recorded, wanted);
  }

  private static boolean isUnchanged(StreamRoute route, AppSpec recorded, AppSpec wanted) {
    Optional<Component> before = recorded.component(route.component());
    return before.isPresent() && before.equals(wanted.component(route.component()));
  }

  private static Obstacle late(StreamRoute route, String what) {
    return streamRoute(
        route, what + " takes effect when component " + route.component() + " changes next");
  }

  private static Obstacle streamRoute(StreamRoute route, String what) {
    return new Obstacle("docker-stream-route", "TCP or UDP route " + route.key(), what, "");
  }
}

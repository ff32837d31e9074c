// SPDX-License-Identifier: Apache-2.0
package dev.switchback.deploy.docker;

import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Digest;
import dev.switchback.model.app.StepId;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.Port;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Names of what is created: readable first, unique by a digest behind it, and the same for the same
 * thing, so that a request that comes again meets what the first one made.
 *
 * <p>Container names are names in the network, too, so they keep to one DNS label of 63 characters.
 */
final class Names {

  private static final Pattern HOST_NAME =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?");

  private Names() {}

  static String network(AppId app) {
    return "switchback-" + slug(app.value(), 40) + "-" + shortDigest(app.value());
  }

  static String instance(AppId app, ComponentKey key, StepId step, int replica) {
    return slug(app.value(), 18) + "-" + slug(key.value(), 20) + "-"
        + shortDigest(app.value(), key.value(), step.value()) + "-" + replica;
  }

  static String proxy(AppId app, ComponentKey key, Face face) {
    return slug(app.value(), 18) + "-" + slug(key.value(), 20) + "-"
        + shortDigest(app.value(), key.value(), face.text()) + "-proxy";
  }

  static String gateway(AppId app) {
    return slug(app.value(), 40) + "-" + shortDigest(app.value()) + "-gateway";
  }

  /** The app as one label of a domain name. */
  static String label(AppId app) {
    return slug(app.value(), 63);
  }

  /** Names a volume by its component and mount path, which is what identifies it in a template. */
  static String volume(AppId app, ComponentKey key, String path, int replica) {
    return slug(app.value(), 24) + "_" + slug(key.value(), 24) + "_"
        + shortDigest(app.value(), key.value(), path)
        + (replica == 0 ? "" : "_" + replica);
  }

  /** The names under which consumers in the app's network know a component, in order. */
  static List<String> domains(Component component) {
    Collection<String> names = new TreeSet<>();
    for (Port port : component.ports()) {
      names.add(port.kubernetesName());
    }
    names.addAll(List.of(component.kubernetesName(), component.alias(), component.key()));
    names.removeIf(name -> !HOST_NAME.matcher(name).matches());
    return names.isEmpty() ? List.of(slug(component.key(), 40)) : List.copyOf(names);
  }

  /** The one of {@link #domains} to hand to consumers of {@code port}. */
  static String domain(Component component, int port) {
    String ofPort = component.ports().stream()
        .filter(candidate -> candidate.number() == port)
        .map(Port::kubernetesName)
        .findFirst()
        .orElse("");
    return Stream.of(ofPort, component.kubernetesName(), component.alias(), component.key())
        .filter(name -> HOST_NAME.matcher(name).matches())
        .findFirst()
        .orElse(slug(component.key(), 40));
  }

  /** A number below {@code bound} that hangs on {@code parts} alone. */
  static int number(int bound, String... parts) {
    return Integer.parseInt(Digest.of(String.join("\n", parts)).hex().substring(0, 7), 16) % bound;
  }

  private static String shortDigest(String... parts) {
    return Digest.of(String.join("\n", parts)).hex().substring(0, 10);
  }

  private static String slug(String text, int length) {
    String plain =
        text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+", "");
    String cut = plain.substring(0, Math.min(length, plain.length())).replaceAll("-+$", "");
    return cut.isEmpty() ? "x" : cut;
  }
}

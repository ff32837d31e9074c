// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import dev.switchback.diff.KeptItems;
import dev.switchback.diff.Place;
import dev.switchback.diff.PropertyKind;
import dev.switchback.diff.Scalar;
import dev.switchback.diff.SpecEditor;
import dev.switchback.diff.ThreeWay;
import dev.switchback.model.Keyed;
import dev.switchback.model.Setting;
import dev.switchback.model.app.AppState;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.EnvVar;
import dev.switchback.model.spec.Port;
import org.jspecify.annotations.Nullable;

/**
 * Gives the connection values that a version derived from ports the host that consumers reach them
 * under in the app, where the app stays in another governance mode than the version is for.
 *
 * <p>Source: Rainbond derives {@code 127.0.0.1} in its built-in mesh, where a proxy beside each
 * consumer leads on, and the port's name inside the cluster in any other mode.
 */
final class DerivedHosts {

  private static final String MESH = "BUILD_IN_SERVICE_MESH";
  private static final String PROXY = "127.0.0.1";

  private DerivedHosts() {}

  /** Returns the version with the values as the mode that the app stays in needs them. */
  static AppSpec of(Foreseen foreseen, AppState state, AppSpec target) {
    if (state.spec().governanceMode().equals(target.governanceMode())) {
      return target;
    }
    AppSpec base = KeptItems.of(state).base();
    ThreeWay.Row row = ThreeWay.of(withMode(base), withMode(state.spec()), withMode(target))
        .rows()
        .get(0);
    String mode = mode(foreseen.result(row));
    return mode.isEmpty() || mode.equals(target.governanceMode()) ? target : of(target, mode);
  }

  private static AppSpec withMode(AppSpec spec) {
    return AppSpec.builder().governanceMode(spec.governanceMode()).build();
  }

  private static String mode(Keyed.@Nullable Item item) {
    return item instanceof Scalar scalar ? scalar.value().toString() : "";
  }

  private static AppSpec of(AppSpec target, String mode) {
    SpecEditor editor = SpecEditor.of(target);
    for (Component component : target.components()) {
      for (EnvVar value : component.connections()) {
        String host = host(value, component.ports(), mode);
        if (!host.equals(value.value().reveal())) {
          Place place = Place.of(component.id(), PropertyKind.CONNECTION, value.key());
          editor.put(place, withHost(value, host));
        }
      }
    }
    return editor.finish();
  }

  /** Returns what a connection value is to be in a mode; as it is if it comes from no port. */
  static String host(EnvVar value, Keyed<Port> ports, String mode) {
    String now = value.value().reveal();
    for (Port port : ports) {
      String name = port.kubernetesName();
      boolean derived = port.number() == value.port() && !name.isEmpty();
      if (derived && (now.equals(PROXY) || now.equals(name))) {
        return mode.equals(MESH) ? PROXY : name;
      }
    }
    return now;
  }

  private static EnvVar withHost(EnvVar value, String host) {
    return new EnvVar(
        value.name(), Setting.plain(host), value.label(), value.changeable(), value.port());
  }
}

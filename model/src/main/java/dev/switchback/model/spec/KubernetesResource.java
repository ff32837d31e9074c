// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model.spec;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.Keyed;
import dev.switchback.model.Setting;
import dev.switchback.model.internal.Check;

/**
 * One Kubernetes manifest that belongs to the app.
 *
 * <p>Source: RAM {@code k8s_resources[]}.
 *
 * @param kind the kind, such as {@code ConfigMap}
 * @param name the name
 * @param content the manifest, YAML; a secret if the kind is {@code Secret}
 */
public record KubernetesResource(String kind, String name, Setting content) implements Keyed.Item {

  /** Checks that nothing is missing. */
  public KubernetesResource {
    requireNonNull(kind, "kind");
    requireNonNull(name, "name");
    requireNonNull(content, "content");
  }

  /** Returns the kind, a slash, and the name. */
  @Override
  public String key() {
    return Check.joined(kind, name);
  }
}

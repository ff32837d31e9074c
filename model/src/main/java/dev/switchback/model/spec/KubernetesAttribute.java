// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model.spec;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.Keyed;
import dev.switchback.model.Setting;

/**
 * One Kubernetes setting of a component that has no field of its own, such as {@code affinity}.
 *
 * <p>Source: RAM {@code component_k8s_attributes[]}.
 *
 * @param name the attribute
 * @param format how the value is written, {@code save_type}: {@code yaml}, {@code json} or {@code string}
 * @param value the value, {@code attribute_value}
 */
public record KubernetesAttribute(String name, String format, Setting value) implements Keyed.Item {

  /** Checks that nothing is missing. */
  public KubernetesAttribute {
    requireNonNull(name, "name");
    requireNonNull(format, "format");
    requireNonNull(value, "value");
  }

  /** Returns the attribute. */
  @Override
  public String key() {
    return name;
  }
}

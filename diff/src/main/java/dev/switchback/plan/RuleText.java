// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import dev.switchback.diff.PropertyKind;
import dev.switchback.diff.Rule;

/** Says in words which rule decided. */
final class RuleText {

  private RuleText() {}

  /** Returns policy and rule, such as {@code preserve-environment: env is add-only}. */
  static String of(Policy policy, PropertyKind property, Rule rule) {
    String words = rule.words(property);
    String said = switch (words) {
      case "not touched" -> " is not touched";
      case "add" -> " is add-only";
      case "three-way" -> " is merged three-way";
      default -> ": " + words;
    };
    return policy.name() + ": " + property.code() + said;
  }
}

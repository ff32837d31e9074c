// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import dev.switchback.diff.PropertyKind;
import dev.switchback.diff.Rule;
import java.util.EnumMap;
import java.util.Map;

/** Says in words which rule decided; the same rule of a kind of property is put in words once. */
final class RuleText {

  private final String policy;
  private final Map<PropertyKind, Said> last = new EnumMap<>(PropertyKind.class);

  RuleText(Policy policy) {
    this.policy = policy.name();
  }

  private record Said(Rule rule, String words) {}

  /** Returns policy and rule, such as {@code preserve-environment: env is add-only}. */
  String of(PropertyKind property, Rule rule) {
    Said said = last.get(property);
    if (said == null || !said.rule.equals(rule)) {
      said = new Said(rule, words(property, rule));
      last.put(property, said);
    }
    return said.words;
  }

  private String words(PropertyKind property, Rule rule) {
    String words = rule.words(property);
    String said = switch (words) {
      case "not touched" -> " is not touched";
      case "add" -> " is add-only";
      case "three-way" -> " is merged three-way";
      default -> ": " + words;
    };
    return policy + ": " + property.code() + said;
  }
}

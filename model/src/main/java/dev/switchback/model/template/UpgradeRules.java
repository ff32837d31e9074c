// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model.template;

import java.util.List;

/**
 * What a template version demands of an upgrade to it.
 *
 * @param allowedFrom version ranges, such as {@code >=1.4 <2.0}, of which the installed version must
 *     match one; empty allows every version
 * @param requiredStop whether an upgrade past this version, or a way back past it, must stop here
 * @param downgradeAllowed whether a site may go back from this version to an earlier one by an
 *     upgrade (a rollback is always allowed)
 */
public record UpgradeRules(
    List<String> allowedFrom, boolean requiredStop, boolean downgradeAllowed) {

  /** Copies the ranges. */
  public UpgradeRules {
    allowedFrom = List.copyOf(allowedFrom);
  }

  /** Returns the rules that demand nothing, but for upgrades that would go back. */
  public static UpgradeRules none() {
    return new UpgradeRules(List.of(), false, false);
  }
}

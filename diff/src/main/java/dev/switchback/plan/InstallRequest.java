// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.VersionRef;
import dev.switchback.model.app.OperationKind;
import java.util.Collections;
import java.util.SortedMap;

/**
 * Asks to bring an app up from a template version.
 *
 * @param target the template version
 * @param hostNames names for ports whose name in the template is taken at the site: the template's
 *     name and the one to have here; {@link HostNames#avoiding} finds them
 */
public record InstallRequest(VersionRef target, SortedMap<String, String> hostNames)
    implements PlanRequest {

  /**
   * Checks the parts and copies the names.
   *
   * @throws IllegalArgumentException if a name cannot be one in a cluster, or two are the same
   */
  public InstallRequest {
    requireNonNull(target, "target");
    hostNames = HostNames.checked(hostNames);
  }

  /** Asks to bring it up with the names that the template has. */
  public InstallRequest(VersionRef target) {
    this(target, Collections.emptySortedMap());
  }

  @Override
  public OperationKind operation() {
    return OperationKind.INSTALL;
  }
}

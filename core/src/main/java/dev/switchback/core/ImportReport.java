// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import dev.switchback.model.VersionRef;
import java.util.List;

/**
 * What an import brought into the library.
 *
 * @param imported the versions that are new here, in the order of the package
 * @param present the versions that were here already, with the same content
 */
public record ImportReport(List<VersionRef> imported, List<VersionRef> present) {

  /** Copies the lists. */
  public ImportReport {
    imported = List.copyOf(imported);
    present = List.copyOf(present);
  }
}

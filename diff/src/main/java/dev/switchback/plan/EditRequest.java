// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import dev.switchback.model.app.OperationKind;
import java.util.List;

/**
 * Asks for changes by the operator, made together.
 *
 * @param edits the changes, in order; a later one sees what an earlier one did
 */
public record EditRequest(List<Edit> edits) implements PlanRequest {

  /** Copies the edits. */
  public EditRequest {
    edits = List.copyOf(edits);
  }

  /** Asks for {@code edits}. */
  public static EditRequest of(Edit... edits) {
    return new EditRequest(List.of(edits));
  }

  @Override
  public OperationKind operation() {
    return OperationKind.EDIT;
  }
}

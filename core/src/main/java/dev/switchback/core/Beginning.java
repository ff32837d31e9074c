// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import dev.switchback.json.JsonFormats;
import dev.switchback.model.AppId;
import dev.switchback.model.Digest;
import dev.switchback.model.RecordId;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.Approval;
import dev.switchback.model.app.ComponentResult;
import dev.switchback.model.app.OperationKind;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.app.RecordStatus;
import dev.switchback.plan.Plan;
import dev.switchback.storage.PageRequest;
import dev.switchback.storage.RecordQuery;
import dev.switchback.storage.StoredOperation;
import java.io.ByteArrayInputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the record of an operation that is about to begin. */
final class Beginning {

  private Beginning() {}

  /**
   * Keeps the plan as a blob and makes the record, with every generated secret filled in.
   *
   * @param plan the plan as it was saved and approved
   * @param planned the state it wants
   * @param parent the record it rolls back or retries; null if none
   * @param fence the fencing number of the lease
   */
  static StoredOperation of(
      Site site,
      Plan plan,
      AppState planned,
      List<Approval> approvals,
      @Nullable RecordId parent,
      long fence,
      ExecutionOptions options) {
    AppState wanted = SecretFiller.fill(planned, site.random());
    byte[] planJson = JsonFormats.plan().write(plan);
    Digest planDigest = Digest.of(planJson);
    site.blobs().put(planDigest, new ByteArrayInputStream(planJson));
    OperationRecord record = OperationRecord.builder(newId(site), plan.app(), plan.operation())
        .status(underWay(plan.operation()))
        .actor(options.actor())
        .reason(options.reason())
        .onFailure(options.onFailure())
        .from(plan.from().orElse(null))
        .to(plan.to().orElse(null))
        .baseGeneration(plan.baseGeneration())
        .plan(planDigest)
        .approvals(approvals)
        .parent(parent)
        .fence(fence)
        .startedAt(site.clock().instant())
        .results(plan.steps().stream()
            .map(step -> ComponentResult.pending(step.component(), step.action()))
            .toList())
        .followUps(plan.followUps())
        .previous(lastRecord(site, plan.app())
            .map(JsonFormats.operationRecord()::digest)
            .orElse(null))
        .build();
    return new StoredOperation(record, wanted);
  }

  /** Returns the status of an operation of {@code kind} while it runs. */
  static RecordStatus underWay(OperationKind kind) {
    return kind == OperationKind.ROLLBACK ? RecordStatus.ROLLING_BACK : RecordStatus.RUNNING;
  }

  private static Optional<OperationRecord> lastRecord(Site site, AppId app) {
    return site
        .storage()
        .records()
        .list(RecordQuery.ofApp(app), PageRequest.first(1))
        .items()
        .stream()
        .findFirst();
  }

  /** Makes an id that sorts by time and does not repeat. */
  private static RecordId newId(Site site) {
    byte[] random = new byte[5];
    site.random().nextBytes(random);
    return new RecordId(String.format("%012x", site.clock().instant().toEpochMilli())
        + HexFormat.of().formatHex(random));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import dev.switchback.json.JsonFormats;
import dev.switchback.model.RefusedException;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.plan.Plan;
import dev.switchback.plan.Step;
import dev.switchback.plan.Wave;
import dev.switchback.storage.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** Reads the plans of operations, which are kept as blobs. */
final class StoredPlans {

  private StoredPlans() {}

  /**
   * Returns the plan that was executed under {@code record}; empty if it is not kept, or not as a
   * whole: that of an edit is kept without the secrets it sets.
   */
  static Optional<Plan> find(Site site, OperationRecord record) {
    return record.plan().flatMap(site.blobs()::open).flatMap(stream -> {
      try (InputStream content = stream) {
        return Optional.of(JsonFormats.plan().read(content.readAllBytes()));
      } catch (RefusedException e) {
        if (e.obstacles().stream().allMatch(each -> each.code().equals("json-masked"))) {
          return Optional.empty();
        }
        throw e;
      } catch (IOException e) {
        throw new StorageException("Cannot read the plan of " + record.id() + ": " + e, e);
      }
    });
  }

  /**
   * Returns the waves of an operation that goes on. Without its plan each step of the record is a wave
   * of its own: that keeps their order.
   */
  static List<Wave> waves(Site site, OperationRecord record) {
    return find(site, record)
        .map(Plan::waves)
        .filter(waves -> steps(waves) == record.results().size())
        .orElseGet(() -> record.results().stream()
            .map(result -> new Wave(List.of(new Step(result.action(), result.component(), ""))))
            .toList());
  }

  private static int steps(List<Wave> waves) {
    return waves.stream().mapToInt(wave -> wave.steps().size()).sum();
  }
}

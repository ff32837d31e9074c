// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.model.AppId;
import dev.switchback.model.RecordId;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RecordHistoryTest {

  @Test
  void inEffect_operationRolledBack_isOverWithItsRollback() {
    List<OperationRecord> records = List.of(done("a"), done("b"), rollback("c", "b"), done("d"));

    assertThat(ids(records)).containsExactly("a", "d");
  }

  @Test
  void inEffect_olderOneRolledBack_takesNewerOnesAlong() {
    List<OperationRecord> records = List.of(done("a"), done("b"), done("c"), rollback("d", "b"));

    assertThat(ids(records)).containsExactly("a");
  }

  @Test
  void inEffect_rollbackRolledBack_leavesTheOperation() {
    List<OperationRecord> records = List.of(done("a"), rollback("b", "a"), rollback("c", "b"));

    assertThat(ids(records)).containsExactly("a");
  }

  @Test
  void inEffect_rollbackThatDidNotDoAllOrOfWhatIsNotListed_stays() {
    OperationRecord partly =
        rollback("b", "a").toBuilder().status(RecordStatus.PARTLY_ROLLED_BACK).build();

    assertThat(ids(List.of(done("a"), partly, rollback("c", "z")))).containsExactly("a", "b", "c");
  }

  private static List<String> ids(List<OperationRecord> records) {
    return RecordHistory.inEffect(records).stream()
        .map(record -> record.id().value())
        .toList();
  }

  private static OperationRecord done(String id) {
    return record(id, OperationKind.UPGRADE).status(RecordStatus.SUCCEEDED).build();
  }

  private static OperationRecord rollback(String id, String parent) {
    return record(id, OperationKind.ROLLBACK)
        .status(RecordStatus.ROLLED_BACK)
        .parent(new RecordId(parent))
        .build();
  }

  private static OperationRecord.Builder record(String id, OperationKind kind) {
    return OperationRecord.builder(new RecordId(id), new AppId("shop"), kind);
  }
}

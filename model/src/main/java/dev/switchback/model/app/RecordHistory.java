// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model.app;

import dev.switchback.model.RecordId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads a series of records of one app as a whole. */
public final class RecordHistory {

  private RecordHistory() {}

  /**
   * Tells whether a record is of a rollback to builds of components: every other rollback names the
   * record that it takes back.
   */
  public static boolean isToBuilds(OperationRecord record) {
    return record.kind() == OperationKind.ROLLBACK && record.parent().isEmpty();
  }

  /**
   * Leaves out what is over: each operation that a complete rollback took back, everything between
   * the two, and the rollback. A rollback that was itself taken back is left out, and what it took
   * back stays. Takes linear time.
   *
   * @param records records of one app, oldest first
   * @return those still in effect, oldest first
   */
  public static List<OperationRecord> inEffect(List<OperationRecord> records) {
    Map<RecordId, Integer> positions = new HashMap<>();
    for (int i = 0; i < records.size(); i++) {
      positions.put(records.get(i).id(), i);
    }
    List<OperationRecord> left = new ArrayList<>();
    for (int i = records.size() - 1; i >= 0; i--) {
      OperationRecord record = records.get(i);
      Integer takenBack = record.status() == RecordStatus.ROLLED_BACK
          ? record.parent().map(positions::get).orElse(null)
          : null;
      if (takenBack != null && takenBack < i) {
        i = takenBack;
      } else {
        left.add(record);
      }
    }
    Collections.reverse(left);
    return List.copyOf(left);
  }
}

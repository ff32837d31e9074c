// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage.jdbc;

import dev.switchback.model.AppId;
import dev.switchback.model.RecordId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The apps that records are of, as far as lately found: a record stays what it is for ever. */
final class RecordApps {

  private static final int MOST = 1000;

  private final Map<RecordId, AppId> apps = new LinkedHashMap<>() {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<RecordId, AppId> eldest) {
      return size() > MOST;
    }
  };

  /** Returns the app of a record, or null if it is not known here. */
  synchronized @Nullable AppId find(RecordId record) {
    return apps.get(record);
  }

  synchronized void put(RecordId record, AppId app) {
    apps.put(record, app);
  }
}

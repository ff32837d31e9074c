// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import dev.switchback.model.app.OperationRecord;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells the listener how one operation comes along, one event after the other, and keeps them. */
final class Progress {

  private final Site site;
  private final ProgressListener listener;
  private final List<ProgressEvent> events = new ArrayList<>();

  Progress(Site site, ProgressListener listener) {
    this.site = site;
    this.listener = listener;
  }

  void tell(ProgressEvent.Kind kind, OperationRecord record, String message) {
    tell(kind, record, null, message);
  }

  /** The one who holds the lock tells the listener, so that it hears of one event at a time. */
  synchronized void tell(
      ProgressEvent.Kind kind, OperationRecord record, @Nullable StepRun step, String message) {
    ProgressEvent event = new ProgressEvent(
        kind,
        record.id(),
        record.app(),
        step == null ? null : step.component,
        step == null ? null : step.action,
        message,
        site.clock().instant());
    synchronized (events) {
      events.add(event);
    }
    try {
      listener.on(event);
    } catch (Exception e) {
      System.getLogger(Progress.class.getName())
          .log(System.Logger.Level.WARNING, "A progress listener failed on " + kind, e);
    }
  }

  List<ProgressEvent> events() {
    synchronized (events) {
      return List.copyOf(events);
    }
  }
}

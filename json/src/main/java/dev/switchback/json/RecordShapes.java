// SPDX-License-Identifier: Apache-2.0
package dev.switchback.json;

import dev.switchback.model.AppId;
import dev.switchback.model.RecordId;
import dev.switchback.model.app.ComponentResult;
import dev.switchback.model.app.FollowUp;
import dev.switchback.model.app.JournalEntry;
import dev.switchback.model.app.OperationKind;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.app.RecordStatus;
import dev.switchback.model.app.StepAction;
import dev.switchback.model.app.StepId;

/** The tables of what happened: records of operations and their journals. */
final class RecordShapes {

  static final Codec<OperationKind> OPERATION = Codecs.choice(OperationKind.class);

  static final Codec<StepAction> ACTION = Codecs.choice(StepAction.class);

  static final Shape<FollowUp> FOLLOW_UP = Shape.<FollowUp>table()
      .text("id", FollowUp::id)
      .text("kind", FollowUp::kind)
      .orNull("component", Codecs.COMPONENT_KEY, FollowUp::component)
      .text("item", FollowUp::item)
      .text("before", FollowUp::before)
      .text("after", FollowUp::after)
      .text("instruction", FollowUp::instruction)
      .flag("done", FollowUp::done)
      .make(in -> new FollowUp(
          in.text(),
          in.text(),
          in.orNull(),
          in.text(),
          in.text(),
          in.text(),
          in.text(),
          in.flag()));

  private static final Shape<ComponentResult> RESULT = Shape.<ComponentResult>table()
      .orNull("component", Codecs.COMPONENT_KEY, ComponentResult::component)
      .value("action", ACTION, ComponentResult::action)
      .value("outcome", Codecs.choice(ComponentResult.Outcome.class), ComponentResult::outcome)
      .text("message", ComponentResult::message)
      .make(in -> new ComponentResult(in.orNull(), in.value(), in.value(), in.text()));

  static final Shape<OperationRecord> RECORD = Shape.<OperationRecord>table()
      .value("id", Codecs.RECORD, OperationRecord::id)
      .value("app", Codecs.APP, OperationRecord::app)
      .value("kind", OPERATION, OperationRecord::kind)
      .value("status", Codecs.choice(RecordStatus.class), OperationRecord::status)
      .text("actor", OperationRecord::actor)
      .text("reason", OperationRecord::reason)
      .optional("from", TemplateShapes.REF, OperationRecord::from)
      .optional("to", TemplateShapes.REF, OperationRecord::to)
      .whole("baseGeneration", OperationRecord::baseGeneration)
      .whole("resultGeneration", OperationRecord::resultGeneration)
      .optional("plan", Codecs.DIGEST, OperationRecord::plan)
      .optional("parent", Codecs.RECORD, OperationRecord::parent)
      .whole("fence", OperationRecord::fence)
      .value("startedAt", Codecs.INSTANT, OperationRecord::startedAt)
      .optional("finishedAt", Codecs.INSTANT, OperationRecord::finishedAt)
      .list("results", RESULT, OperationRecord::results)
      .list("followUps", FOLLOW_UP, OperationRecord::followUps)
      .text("message", OperationRecord::message)
      .optional("previous", Codecs.DIGEST, OperationRecord::previous)
      .make(RecordShapes::record);

  static final Shape<JournalEntry> JOURNAL_ENTRY = Shape.<JournalEntry>table()
      .value("record", Codecs.RECORD, JournalEntry::record)
      .value("sequence", Codecs.WHOLE, JournalEntry::sequence)
      .value("phase", Codecs.choice(JournalEntry.Phase.class), JournalEntry::phase)
      .value("step", Codecs.parsed(StepId::new, StepId::value), JournalEntry::step)
      .value("action", ACTION, JournalEntry::action)
      .orNull("component", Codecs.COMPONENT_KEY, JournalEntry::component)
      .text("message", JournalEntry::message)
      .value("at", Codecs.INSTANT, JournalEntry::at)
      .make(in -> new JournalEntry(
          in.value(),
          in.whole(),
          in.value(),
          in.value(),
          in.value(),
          in.orNull(),
          in.text(),
          in.value()));

  private RecordShapes() {}

  private static OperationRecord record(Row in) {
    return OperationRecord.builder(
            in.<RecordId>value(), in.<AppId>value(), in.<OperationKind>value())
        .status(in.value())
        .actor(in.text())
        .reason(in.text())
        .from(in.orNull())
        .to(in.orNull())
        .baseGeneration(in.whole())
        .resultGeneration(in.whole())
        .plan(in.orNull())
        .parent(in.orNull())
        .fence(in.whole())
        .startedAt(in.value())
        .finishedAt(in.orNull())
        .results(in.list())
        .followUps(in.list())
        .message(in.text())
        .previous(in.orNull())
        .build();
  }
}

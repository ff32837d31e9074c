// SPDX-License-Identifier: Apache-2.0
package dev.switchback.json;

import dev.switchback.model.AppId;
import dev.switchback.model.RecordId;
import dev.switchback.model.app.Approval;
import dev.switchback.model.app.AuditEntry;
import dev.switchback.model.app.ComponentResult;
import dev.switchback.model.app.FollowUp;
import dev.switchback.model.app.JournalEntry;
import dev.switchback.model.app.OnFailure;
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
      .make(in -> new FollowUp(
          in.text(), in.text(), in.orNull(), in.text(), in.text(), in.text(), in.text()));

  private static final Shape<ComponentResult> RESULT = Shape.<ComponentResult>table()
      .orNull("component", Codecs.COMPONENT_KEY, ComponentResult::component)
      .value("action", ACTION, ComponentResult::action)
      .value("outcome", Codecs.choice(ComponentResult.Outcome.class), ComponentResult::outcome)
      .text("message", ComponentResult::message)
      .list("evidence", Codecs.TEXT, ComponentResult::evidence)
      .orNull("startedAt", Codecs.INSTANT, ComponentResult::startedAt)
      .orNull("endedAt", Codecs.INSTANT, ComponentResult::endedAt)
      .make(in -> new ComponentResult(
          in.orNull(), in.value(), in.value(), in.text(), in.list(), in.orNull(), in.orNull()));

  private static final Shape<Approval> APPROVAL = Shape.<Approval>table()
      .text("actor", Approval::actor)
      .text("note", Approval::note)
      .value("at", Codecs.INSTANT, Approval::at)
      .make(in -> new Approval(in.text(), in.text(), in.value()));

  static final Shape<OperationRecord> RECORD = Shape.<OperationRecord>table()
      .value("id", Codecs.RECORD, OperationRecord::id)
      .value("app", Codecs.APP, OperationRecord::app)
      .value("kind", OPERATION, OperationRecord::kind)
      .value("status", Codecs.choice(RecordStatus.class), OperationRecord::status)
      .text("actor", OperationRecord::actor)
      .text("reason", OperationRecord::reason)
      .value("onFailure", Codecs.choice(OnFailure.class), OperationRecord::onFailure)
      .optional("from", TemplateShapes.REF, OperationRecord::from)
      .optional("to", TemplateShapes.REF, OperationRecord::to)
      .whole("baseGeneration", OperationRecord::baseGeneration)
      .whole("resultGeneration", OperationRecord::resultGeneration)
      .optional("plan", Codecs.DIGEST, OperationRecord::plan)
      .list("approvals", APPROVAL, OperationRecord::approvals)
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
      .list("evidence", Codecs.TEXT, JournalEntry::evidence)
      .value("at", Codecs.INSTANT, JournalEntry::at)
      .make(in -> new JournalEntry(
          in.value(),
          in.whole(),
          in.value(),
          in.value(),
          in.value(),
          in.orNull(),
          in.text(),
          in.list(),
          in.value()));

  static final Shape<AuditEntry> AUDIT_ENTRY = Shape.<AuditEntry>table()
      .value("app", Codecs.APP, AuditEntry::app)
      .value("sequence", Codecs.WHOLE, AuditEntry::sequence)
      .value("act", Codecs.choice(AuditEntry.Act.class), AuditEntry::act)
      .text("subject", AuditEntry::subject)
      .text("actor", AuditEntry::actor)
      .text("note", AuditEntry::note)
      .value("at", Codecs.INSTANT, AuditEntry::at)
      .optional("previous", Codecs.DIGEST, AuditEntry::previous)
      .make(in -> new AuditEntry(
          in.value(),
          in.whole(),
          in.value(),
          in.text(),
          in.text(),
          in.text(),
          in.value(),
          in.orNull()));

  private RecordShapes() {}

  private static OperationRecord record(Row in) {
    return OperationRecord.builder(
            in.<RecordId>value(), in.<AppId>value(), in.<OperationKind>value())
        .status(in.value())
        .actor(in.text())
        .reason(in.text())
        .onFailure(in.value())
        .from(in.orNull())
        .to(in.orNull())
        .baseGeneration(in.whole())
        .resultGeneration(in.whole())
        .plan(in.orNull())
        .approvals(in.list())
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

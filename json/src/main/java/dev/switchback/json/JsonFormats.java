// SPDX-License-Identifier: Apache-2.0
package dev.switchback.json;

import dev.switchback.diff.Diff;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.AuditEntry;
import dev.switchback.model.app.Build;
import dev.switchback.model.app.JournalEntry;
import dev.switchback.model.app.Lease;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.template.TemplateVersion;
import dev.switchback.plan.Plan;

/** The formats of Switchback's own documents. */
public final class JsonFormats {

  private static final JsonFormat<AppSpec> APP_SPEC =
      new JsonFormat<>("switchback.spec/1", SpecShapes.APP_SPEC);

  private static final JsonFormat<Component> COMPONENT =
      new JsonFormat<>("switchback.component/1", ComponentShapes.COMPONENT);

  private static final JsonFormat<TemplateVersion> TEMPLATE_VERSION =
      new JsonFormat<>("switchback.template-version/1", TemplateShapes.TEMPLATE_VERSION);

  private static final JsonFormat<AppState> APP_STATE =
      new JsonFormat<>("switchback.app-state/1", AppShapes.APP_STATE);

  private static final JsonFormat<OperationRecord> OPERATION_RECORD =
      new JsonFormat<>("switchback.record/1", RecordShapes.RECORD);

  private static final JsonFormat<JournalEntry> JOURNAL_ENTRY =
      new JsonFormat<>("switchback.journal-entry/1", RecordShapes.JOURNAL_ENTRY);

  private static final JsonFormat<AuditEntry> AUDIT_ENTRY =
      new JsonFormat<>("switchback.audit-entry/1", RecordShapes.AUDIT_ENTRY);

  private static final JsonFormat<Build> BUILD =
      new JsonFormat<>("switchback.build/1", AppShapes.BUILD);

  private static final JsonFormat<Lease> LEASE =
      new JsonFormat<>("switchback.lease/1", AppShapes.LEASE);

  private static final JsonFormat<Plan> PLAN =
      new JsonFormat<>("switchback.plan/1", PlanShapes.PLAN);

  private static final JsonFormat<PlanShapes.ShownDiff> DIFF =
      new JsonFormat<>("switchback.diff/1", PlanShapes.DIFF);

  private JsonFormats() {}

  /** Returns the format of specs; its digest of a spec is {@link TemplateVersion#specDigest()}. */
  public static JsonFormat<AppSpec> appSpec() {
    return APP_SPEC;
  }

  /** Returns the format of single components. */
  public static JsonFormat<Component> component() {
    return COMPONENT;
  }

  /**
   * Returns the format of template versions. Reading does not compute the digest of the content
   * anew; who does not trust the source compares {@link TemplateVersion#specDigest()} with {@link
   * #appSpec()}'s digest of the spec.
   */
  public static JsonFormat<TemplateVersion> templateVersion() {
    return TEMPLATE_VERSION;
  }

  /** Returns the format of the recorded state of apps. */
  public static JsonFormat<AppState> appState() {
    return APP_STATE;
  }

  /** Returns the format of records; its digest of a record is what the next record chains to. */
  public static JsonFormat<OperationRecord> operationRecord() {
    return OPERATION_RECORD;
  }

  /** Returns the format of journal entries. */
  public static JsonFormat<JournalEntry> journalEntry() {
    return JOURNAL_ENTRY;
  }

  /** Returns the format of audit entries; its digest of one is what the next entry chains to. */
  public static JsonFormat<AuditEntry> auditEntry() {
    return AUDIT_ENTRY;
  }

  /** Returns the format of builds. */
  public static JsonFormat<Build> build() {
    return BUILD;
  }

  /** Returns the format of leases. */
  public static JsonFormat<Lease> lease() {
    return LEASE;
  }

  /**
   * Returns the format of plans, which hold no secrets. The plan of an edit that sets a secret, or
   * a text that looks like one, is written with a mask in its place, and reading it is refused: who
   * wants to execute it has to plan the edit again where the values are known. The mask is the same for all secrets, so the digest does not tell them apart.
   */
  public static JsonFormat<Plan> plan() {
    return PLAN;
  }

  /**
   * Returns a diff as a document for people and programs to look at, in canonical JSON: each change
   * with its place, its type and its values as texts without secrets. It cannot be read back.
   */
  public static byte[] diff(Diff diff) {
    return DIFF.write(PlanShapes.ShownDiff.of(diff));
  }
}

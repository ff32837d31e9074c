// SPDX-License-Identifier: Apache-2.0
package dev.switchback.json;

import dev.switchback.diff.Change;
import dev.switchback.diff.ChangeType;
import dev.switchback.diff.ChangedBy;
import dev.switchback.diff.ContentItem;
import dev.switchback.diff.Diff;
import dev.switchback.diff.FieldChange;
import dev.switchback.diff.PropertyKind;
import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Obstacle;
import dev.switchback.model.app.OperationKind;
import dev.switchback.plan.Artifact;
import dev.switchback.plan.Decision;
import dev.switchback.plan.Plan;
import dev.switchback.plan.PlanRequest;
import dev.switchback.plan.Presence;
import dev.switchback.plan.Step;
import dev.switchback.plan.Verdict;
import dev.switchback.plan.Warning;
import dev.switchback.plan.Wave;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tables of plans, and of diffs as they are shown. */
final class PlanShapes {

  private static final Codec<ChangeType> CHANGE_TYPE = Codecs.choice(ChangeType.class);

  private static final Shape<FieldChange> FIELD_CHANGE = Shape.<FieldChange>table()
      .text("field", FieldChange::field)
      .text("before", FieldChange::before)
      .text("after", FieldChange::after)
      .make(in -> new FieldChange(in.text(), in.text(), in.text()));

  private static final Shape<ContentItem> CONTENT_ITEM = Shape.<ContentItem>table()
      .value("property", RequestShapes.PROPERTY, ContentItem::property)
      .text("item", ContentItem::item)
      .text("value", ContentItem::value)
      .make(in -> new ContentItem(in.value(), in.text(), in.text()));

  private static final Shape<Decision> DECISION = Shape.<Decision>table()
      .value("property", RequestShapes.PROPERTY, Decision::property)
      .orNull("component", Codecs.COMPONENT_KEY, Decision::component)
      .text("item", Decision::item)
      .value("type", CHANGE_TYPE, Decision::type)
      .value("verdict", Codecs.choice(Verdict.class), Decision::verdict)
      .text("rule", Decision::rule)
      .value("changedBy", Codecs.choice(ChangedBy.class), Decision::changedBy)
      .text("before", Decision::before)
      .text("after", Decision::after)
      .list("fields", FIELD_CHANGE, Decision::fields)
      .list("content", CONTENT_ITEM, Decision::content)
      .make(in -> new Decision(
          in.value(),
          in.orNull(),
          in.text(),
          in.value(),
          in.value(),
          in.text(),
          in.value(),
          in.text(),
          in.text(),
          in.list(),
          in.list()));

  private static final Shape<Step> STEP = Shape.<Step>table()
      .value("action", RecordShapes.ACTION, Step::action)
      .orNull("component", Codecs.COMPONENT_KEY, Step::component)
      .text("reason", Step::reason)
      .make(in -> new Step(in.value(), in.orNull(), in.text()));

  private static final Shape<Wave> WAVE =
      Shape.<Wave>table().list("steps", STEP, Wave::steps).make(in -> new Wave(in.list()));

  private static final Shape<Obstacle> OBSTACLE = Shape.<Obstacle>table()
      .text("code", Obstacle::code)
      .text("place", Obstacle::place)
      .text("message", Obstacle::message)
      .text("nextStep", Obstacle::nextStep)
      .make(in -> new Obstacle(in.text(), in.text(), in.text(), in.text()));

  private static final Shape<Warning> WARNING = Shape.<Warning>table()
      .text("code", Warning::code)
      .text("place", Warning::place)
      .text("message", Warning::message)
      .make(in -> new Warning(in.text(), in.text(), in.text()));

  private static final Shape<Artifact> ARTIFACT = Shape.<Artifact>table()
      .text("reference", Artifact::reference)
      .orNull("digest", Codecs.DIGEST, Artifact::digest)
      .list("components", Codecs.COMPONENT_KEY, Artifact::components)
      .value("presence", Codecs.choice(Presence.class), Artifact::presence)
      .make(in -> new Artifact(in.text(), in.orNull(), in.list(), in.value()));

  static final Shape<Plan> PLAN = Shape.<Plan>table()
      .value("operation", RecordShapes.OPERATION, Plan::operation)
      .value("app", Codecs.APP, Plan::app)
      .value("request", RequestShapes.REQUEST, Plan::request)
      .whole("baseGeneration", Plan::baseGeneration)
      .optional("baseDigest", Codecs.DIGEST, Plan::baseDigest)
      .optional("from", TemplateShapes.REF, Plan::from)
      .optional("to", TemplateShapes.REF, Plan::to)
      .optional("toDigest", Codecs.DIGEST, Plan::toDigest)
      .value("maxParallel", Codecs.INTEGER, Plan::maxParallel)
      .list("decisions", DECISION, Plan::decisions)
      .list("waves", WAVE, Plan::waves)
      .list("followUps", RecordShapes.FOLLOW_UP, Plan::followUps)
      .list("obstacles", OBSTACLE, Plan::obstacles)
      .list("warnings", WARNING, Plan::warnings)
      .list("artifacts", ARTIFACT, Plan::artifacts)
      .map("componentNames", Codecs.TEXT, plan -> RequestShapes.byText(plan.componentNames()))
      .flag("recordOnly", Plan::recordOnly)
      .value("createdAt", Codecs.INSTANT, Plan::createdAt)
      .value("expiresAt", Codecs.INSTANT, Plan::expiresAt)
      .make(PlanShapes::plan);

  /** A change as it is shown: its texts, which hold no secrets, and not its items. */
  private record ShownChange(
      ChangeType type,
      PropertyKind property,
      @Nullable ComponentKey component,
      String componentName,
      String item,
      String before,
      String after,
      List<FieldChange> fields,
      List<ContentItem> content) {}

  /** A diff as it is shown. */
  record ShownDiff(List<ShownChange> changes) {

    /** Shows {@code diff}. */
    static ShownDiff of(Diff diff) {
      return new ShownDiff(
          diff.changes().stream().map(change -> shown(diff, change)).toList());
    }

    private static ShownChange shown(Diff diff, Change change) {
      return new ShownChange(
          change.type(),
          change.property(),
          change.component().orElse(null),
          change.component().map(diff::componentName).orElse(""),
          change.item(),
          change.before(),
          change.after(),
          change.fields(),
          change.content());
    }
  }

  private static final Shape<ShownChange> CHANGE = Shape.<ShownChange>table()
      .value("type", CHANGE_TYPE, ShownChange::type)
      .value("property", RequestShapes.PROPERTY, ShownChange::property)
      .orNull("component", Codecs.COMPONENT_KEY, ShownChange::component)
      .text("componentName", ShownChange::componentName)
      .text("item", ShownChange::item)
      .text("before", ShownChange::before)
      .text("after", ShownChange::after)
      .list("fields", FIELD_CHANGE, ShownChange::fields)
      .list("content", CONTENT_ITEM, ShownChange::content)
      .make(in -> new ShownChange(
          in.value(),
          in.value(),
          in.orNull(),
          in.text(),
          in.text(),
          in.text(),
          in.text(),
          in.list(),
          in.list()));

  static final Shape<ShownDiff> DIFF = Shape.<ShownDiff>table()
      .list("changes", CHANGE, ShownDiff::changes)
      .make(in -> new ShownDiff(in.list()));

  private PlanShapes() {}

  private static Plan plan(Row in) {
    return Plan.builder(in.<OperationKind>value(), in.<AppId>value(), in.<PlanRequest>value())
        .baseGeneration(in.whole())
        .baseDigest(in.orNull())
        .from(in.orNull())
        .to(in.orNull())
        .toDigest(in.orNull())
        .maxParallel(in.integer())
        .decisions(in.list())
        .waves(in.list())
        .followUps(in.list())
        .obstacles(in.list())
        .warnings(in.list())
        .artifacts(in.list())
        .componentNames(RequestShapes.byKey(in.<String>map()))
        .recordOnly(in.flag())
        .createdAt(in.value())
        .expiresAt(in.value())
        .build();
  }
}

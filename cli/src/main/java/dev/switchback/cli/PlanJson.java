// SPDX-License-Identifier: Apache-2.0
package dev.switchback.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.core.AppFollowUp;
import dev.switchback.json.JsonFormats;
import dev.switchback.model.app.Build;
import dev.switchback.model.app.ComponentResult;
import dev.switchback.model.app.FollowUp;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.plan.Artifact;
import dev.switchback.plan.Decision;
import dev.switchback.plan.Plan;
import dev.switchback.plan.Step;
import dev.switchback.plan.UpgradeCandidate;
import dev.switchback.plan.Upgrades;
import dev.switchback.plan.Wave;
import java.util.Set;

/** Documents about plans, records, builds and upgrades; plans and records hold no secrets. */
final class PlanJson {

  private PlanJson() {}

  static ObjectNode plan(Plan plan) {
    ObjectNode node = Json.object()
        .put("digest", JsonFormats.plan().digest(plan).toString())
        .put("operation", Text.word(plan.operation()))
        .put("app", plan.app().value())
        .put("from", Json.text(plan.from()))
        .put("to", Json.text(plan.to()))
        .put("baseGeneration", plan.baseGeneration())
        .put("baseDigest", Json.text(plan.baseDigest()))
        .put("createdAt", plan.createdAt().toString())
        .put("expiresAt", plan.expiresAt().toString())
        .put("executable", plan.isExecutable())
        .put("empty", plan.isEmpty());
    Names names = Names.of(plan);
    node.set("decisions", Json.list(plan.decisions(), one -> decision(one, names)));
    node.set("waves", Json.list(plan.waves(), one -> wave(one, names)));
    node.set("followUps", Json.list(plan.followUps(), one -> followUp(one, names)));
    node.set("obstacles", Json.list(plan.obstacles(), Json::obstacle));
    node.set("warnings", Json.list(plan.warnings(), Json::warning));
    node.set("artifacts", Json.list(plan.artifacts(), PlanJson::artifact));
    return node;
  }

  private static ObjectNode decision(Decision decision, Names names) {
    ObjectNode node = Json.object()
        .put("verdict", Text.word(decision.verdict()))
        .put("type", Text.word(decision.type()))
        .put("property", decision.property().code())
        .put("component", Json.text(decision.component()))
        .put("name", names.name(decision.component()))
        .put("item", decision.item())
        .put("changedBy", Text.word(decision.changedBy()))
        .put("rule", decision.rule())
        .put("before", decision.before())
        .put("after", decision.after());
    node.set("fields", Json.list(decision.fields(), Json::fieldChange));
    node.set("content", Json.list(decision.content(), Json::contentItem));
    return node;
  }

  private static ObjectNode wave(Wave wave, Names names) {
    ObjectNode node = Json.object();
    node.set("steps", Json.list(wave.steps(), one -> step(one, names)));
    return node;
  }

  private static ObjectNode step(Step step, Names names) {
    return Json.object()
        .put("action", Text.word(step.action()))
        .put("component", Json.text(step.component()))
        .put("name", names.name(step.component()))
        .put("reason", step.reason());
  }

  static ObjectNode followUp(FollowUp followUp, Names names) {
    return Json.object()
        .put("id", followUp.id())
        .put("kind", followUp.kind())
        .put("component", Json.text(followUp.component()))
        .put("name", names.name(followUp.component()))
        .put("item", followUp.item())
        .put("before", followUp.before())
        .put("after", followUp.after())
        .put("instruction", followUp.instruction())
        .put("done", false);
  }

  private static ObjectNode artifact(Artifact artifact) {
    ObjectNode node = Json.object()
        .put("reference", artifact.reference())
        .put("digest", Json.text(artifact.digest()))
        .put("presence", Text.word(artifact.presence()));
    node.set("components", Json.texts(artifact.components()));
    return node;
  }

  /** Describes a record none of whose follow-ups was ticked off yet. */
  static ObjectNode record(OperationRecord record, Names names) {
    return record(record, names, Set.of());
  }

  /**
   * Describes a record.
   *
   * @param ticked the follow-ups of its app that are done, as {@link AppFollowUp#id} names them
   */
  static ObjectNode record(OperationRecord record, Names names, Set<String> ticked) {
    ObjectNode node = Json.object()
        .put("id", record.id().value())
        .put("app", record.app().value())
        .put("kind", Text.word(record.kind()))
        .put("status", Text.word(record.status()))
        .put(
            "statusCode",
            record.status().code().isPresent()
                ? (Integer) record.status().code().getAsInt()
                : null)
        .put("actor", record.actor())
        .put("reason", record.reason())
        .put("onFailure", Text.word(record.onFailure()))
        .put("from", Json.text(record.from()))
        .put("to", Json.text(record.to()))
        .put("baseGeneration", record.baseGeneration())
        .put("resultGeneration", record.resultGeneration())
        .put("plan", Json.text(record.plan()))
        .put("parent", Json.text(record.parent()))
        .put("startedAt", record.startedAt().toString())
        .put("finishedAt", Json.text(record.finishedAt()))
        .put("message", record.message());
    node.set("results", Json.list(record.results(), one -> result(one, names)));
    node.set(
        "followUps",
        Json.list(
            record.followUps(),
            one -> followUp(one, names)
                .put("done", ticked.contains(new AppFollowUp(record.id(), one, null).id()))));
    node.set("approvals", Json.list(record.approvals(), AuditCommands::approval));
    return node;
  }

  private static ObjectNode result(ComponentResult result, Names names) {
    ObjectNode node = Json.object()
        .put("component", Json.text(result.component()))
        .put("name", names.name(result.component()))
        .put("action", Text.word(result.action()))
        .put("outcome", Text.word(result.outcome()))
        .put("message", result.message())
        .put("startedAt", Json.text(result.startedAt()))
        .put("endedAt", Json.text(result.endedAt()));
    node.set("evidence", Json.texts(result.evidence()));
    return node;
  }

  /** Describes a build; {@code current} says whether the component runs it now. */
  static ObjectNode build(Build build, boolean current) {
    return Json.object()
        .put("build", build.version())
        .put("sequence", build.sequence())
        .put("status", Text.word(build.status()))
        .put("image", build.image().reference())
        .put("imageDigest", Json.text(build.image().digest()))
        .put("command", Text.masked(build.command()))
        .put("builtAt", build.builtAt().toString())
        .put("current", current);
  }

  static void upgrades(ObjectNode node, Upgrades upgrades) {
    node.put(
        "newest",
        Json.text(upgrades.newest().map(found -> found.version().version().text())));
    node.set("candidates", Json.list(upgrades.candidates(), PlanJson::candidate));
    node.set("warnings", Json.list(upgrades.warnings(), Json::warning));
  }

  private static ObjectNode candidate(UpgradeCandidate candidate) {
    ObjectNode node = SpecJson.ref(candidate.version())
        .put("kind", Text.word(candidate.kind()))
        .put("stage", Text.word(candidate.stage()))
        .put("available", candidate.isAvailable())
        .put("reachable", candidate.isReachable());
    node.set(
        "hops", Json.texts(candidate.hops().stream().map(hop -> hop.version()).toList()));
    node.set("reasons", Json.list(candidate.reasons(), Json::obstacle));
    return node;
  }
}

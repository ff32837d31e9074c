// SPDX-License-Identifier: Apache-2.0
package dev.switchback.json;

import static dev.switchback.json.FullValues.APP;
import static dev.switchback.json.FullValues.NOON;
import static dev.switchback.json.FullValues.V1;
import static dev.switchback.json.FullValues.V2;

import dev.switchback.diff.Answer;
import dev.switchback.diff.ChangeType;
import dev.switchback.diff.ChangedBy;
import dev.switchback.diff.ContentItem;
import dev.switchback.diff.FieldChange;
import dev.switchback.diff.Place;
import dev.switchback.diff.PropertyKind;
import dev.switchback.diff.Rule;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Digest;
import dev.switchback.model.Obstacle;
import dev.switchback.model.RecordId;
import dev.switchback.model.Setting;
import dev.switchback.model.app.FollowUp;
import dev.switchback.model.app.OperationKind;
import dev.switchback.model.app.StepAction;
import dev.switchback.model.spec.Image;
import dev.switchback.model.spec.Probe;
import dev.switchback.plan.Artifact;
import dev.switchback.plan.Choice;
import dev.switchback.plan.Decision;
import dev.switchback.plan.DriftRequest;
import dev.switchback.plan.Edit;
import dev.switchback.plan.EditRequest;
import dev.switchback.plan.InstallRequest;
import dev.switchback.plan.OperatorEdits;
import dev.switchback.plan.Plan;
import dev.switchback.plan.PlanRequest;
import dev.switchback.plan.Policy;
import dev.switchback.plan.Presence;
import dev.switchback.plan.RollbackRequest;
import dev.switchback.plan.Step;
import dev.switchback.plan.UninstallRequest;
import dev.switchback.plan.UpgradeRequest;
import dev.switchback.plan.Verdict;
import dev.switchback.plan.Warning;
import dev.switchback.plan.Wave;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A plan in which every field is set, and a request of each kind. */
final class PlanValues {

  private static final ComponentKey WEB = new ComponentKey("web");
  private static final ComponentKey DB = new ComponentKey("db");

  private PlanValues() {}

  /** A component that comes, with what is inside. */
  static Decision addition() {
    return new Decision(
        PropertyKind.COMPONENT,
        WEB,
        "web",
        ChangeType.ADDED,
        Verdict.APPLY,
        "preserve-environment: component",
        ChangedBy.VENDOR,
        "",
        "image web:1",
        List.of(new FieldChange("image", "", "web:1")),
        List.of(
            new ContentItem(PropertyKind.ENV, "TZ", "UTC"),
            new ContentItem(PropertyKind.DEPENDENCY, "db", "")));
  }

  static Plan plan() {
    return Plan.builder(OperationKind.UPGRADE, APP, upgrade())
        .baseGeneration(7)
        .baseDigest(Digest.of("base"))
        .from(V1)
        .to(V2)
        .toDigest(Digest.of("target"))
        .maxParallel(4)
        .decisions(List.of(
            new Decision(
                PropertyKind.ENV,
                WEB,
                "TZ",
                ChangeType.EDITED,
                Verdict.KEEP,
                "preserve-environment: env",
                ChangedBy.BOTH,
                "UTC",
                "CET",
                List.of(new FieldChange("value", "UTC", "CET")),
                List.of()),
            new Decision(
                PropertyKind.GOVERNANCE_MODE,
                null,
                "",
                ChangeType.EDITED,
                Verdict.APPLY,
                "request",
                ChangedBy.VENDOR,
                "",
                "BUILD_IN_SERVICE_MESH",
                List.of(),
                List.of())))
        .waves(List.of(
            new Wave(List.of(new Step(StepAction.SHARED, null, "routes"))),
            new Wave(List.of(new Step(StepAction.BUILD, WEB, "image")))))
        .followUps(List.of(new FollowUp("F1", "env", WEB, "TZ", "UTC", "CET", "Set TZ.")))
        .obstacles(List.of(new Obstacle("conflict", "env TZ of web", "both changed it", "decide")))
        .warnings(List.of(new Warning("cycle", "web", "web and db need each other")))
        .artifacts(List.of(
            new Artifact("nginx:1.25", Digest.of("nginx"), List.of(WEB), Presence.MISSING),
            new Artifact("mesh:1", null, List.of(), Presence.UNKNOWN)))
        .componentNames(Map.of(WEB, "Front", DB, "Orders"))
        .recordOnly(true)
        .createdAt(NOON)
        .expiresAt(NOON.plusSeconds(3600))
        .build();
  }

  /** A request of each kind and shape. */
  static List<PlanRequest> requests() {
    return List.of(
        new InstallRequest(V1),
        new InstallRequest(V1, new TreeMap<>(Map.of("mysql", "mysql-2"))),
        UpgradeRequest.to(V2),
        upgrade(),
        edits(),
        EditRequest.of(),
        DriftRequest.adopt(),
        new DriftRequest(DriftRequest.Way.CORRECT_AND_REMOVE),
        RollbackRequest.beforeRecord(new RecordId("rec-7"), 6).acceptOlder(true).build(),
        RollbackRequest.revision(3)
            .removeAdded(true)
            .operatorEdits(OperatorEdits.OVERWRITE)
            .build(),
        RollbackRequest.builds(Map.of(WEB, "20261101", DB, "1"))
            .recreateRemoved(true)
            .build(),
        new UninstallRequest());
  }

  static EditRequest edits() {
    return EditRequest.of(
        new Edit.SetImage(WEB, new Image("nginx:1.26", Digest.of("nginx 2"), "7")),
        new Edit.SetCommand(WEB, ""),
        new Edit.SetCommand(DB, "run"),
        new Edit.SetEnv(WEB, "TZ", Setting.plain("CET")),
        new Edit.SetEnv(WEB, "KEY", Setting.generated("g")),
        new Edit.RemoveEnv(WEB, "OLD"),
        new Edit.SetReplicas(WEB, 0),
        new Edit.SetReplicas(DB, 3),
        new Edit.SetMemory(WEB, 256),
        new Edit.SetCpu(WEB, 100),
        new Edit.SetConfigFile(WEB, "/etc/x", Setting.plain("")),
        new Edit.SetConfigFile(DB, "/etc/y", Setting.plain("a = b")),
        new Edit.SetPort(WEB, "53/udp", true, false),
        new Edit.SetPort(DB, "80", false, true),
        new Edit.SetProbe(
            WEB, new Probe("liveness", "tcp", "/", 80, "c", "h", 1, 2, 3, 4, 5, true)),
        new Edit.SetLabel(WEB, "zone", ""),
        new Edit.SetLabel(DB, "zone", "b"),
        new Edit.RemoveLabel(DB, "zone"),
        new Edit.SetConfigItem("shared", "MODE", Setting.plain("prod")));
  }

  private static UpgradeRequest upgrade() {
    return UpgradeRequest.builder(V2)
        .policy(Policy.merge().toBuilder()
            .name("ours")
            .rule(PropertyKind.COMMAND, Rule.keep())
            .rule(
                PropertyKind.PORT,
                Rule.apply()
                    .onRemoved(Answer.KEEP)
                    .onlyFields("protocol", "alias")
                    .openingOnly("inner"))
            .forComponent(
                WEB, PropertyKind.DEPENDENCY, Rule.merge().onAdded(Answer.APPLY).insideTemplate())
            .forItem(
                Place.of(WEB, PropertyKind.CONNECTION, "WEB_HOST"),
                Rule.keep().regeneratingDerived())
            .build())
        .component(WEB)
        .component(DB)
        .only(Place.of(WEB, PropertyKind.ENV, "TZ"))
        .except(Place.ofApp(PropertyKind.GOVERNANCE_MODE, ""))
        .map(WEB, new ComponentKey("web-1"))
        .newComponent(new ComponentKey("web-2"))
        .decide(Place.of(WEB, PropertyKind.ENV, "TZ"), Choice.KEEP_MINE)
        .hostName("mysql", "mysql-2")
        .build();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.switchback.json;

import dev.switchback.diff.Answer;
import dev.switchback.diff.Place;
import dev.switchback.diff.Preset;
import dev.switchback.diff.PropertyKind;
import dev.switchback.diff.Rule;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.VersionRef;
import dev.switchback.plan.Choice;
import dev.switchback.plan.DriftRequest;
import dev.switchback.plan.EditRequest;
import dev.switchback.plan.InstallRequest;
import dev.switchback.plan.OperatorEdits;
import dev.switchback.plan.PlanRequest;
import dev.switchback.plan.Policy;
import dev.switchback.plan.PolicyOverride;
import dev.switchback.plan.RollbackRequest;
import dev.switchback.plan.RollbackTarget;
import dev.switchback.plan.UninstallRequest;
import dev.switchback.plan.UpgradeRequest;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The tables of what is asked of the planner, edits aside. */
final class RequestShapes {

  static final Codec<PropertyKind> PROPERTY =
      Codecs.coded("kind of property", PropertyKind.values(), PropertyKind::code);

  private static final Codec<Answer> ANSWER = Codecs.choice(Answer.class);

  private static final Shape<Rule> RULE = Shape.<Rule>table()
      .value("added", ANSWER, Rule::added)
      .value("edited", ANSWER, Rule::edited)
      .value("removed", ANSWER, Rule::removed)
      .list("fields", Codecs.TEXT, Rule::fields)
      .list("openOnlyFields", Codecs.TEXT, Rule::openOnlyFields)
      .flag("insideTemplate", Rule::isInsideTemplate)
      .flag("regeneratingDerived", Rule::isRegeneratingDerived)
      .make(RequestShapes::rule);

  private static final Shape<PolicyOverride> OVERRIDE = Shape.<PolicyOverride>table()
      .value("property", PROPERTY, PolicyOverride::property)
      .orNull("component", Codecs.COMPONENT_KEY, PolicyOverride::component)
      .orNull("item", Codecs.TEXT, PolicyOverride::item)
      .value("rule", RULE, PolicyOverride::rule)
      .make(in -> new PolicyOverride(in.value(), in.orNull(), in.orNull(), in.value()));

  private static final Shape<Policy> POLICY = Shape.<Policy>table()
      .value("preset", Codecs.coded("preset", Preset.values(), Preset::code), Policy::preset)
      .value("name", Codecs.TEXT, Policy::name)
      .list("overrides", OVERRIDE, Policy::overrides)
      .make(RequestShapes::policy);

  private static final Shape<Place> PLACE = Shape.<Place>table()
      .value("property", PROPERTY, Place::property)
      .orNull("component", Codecs.COMPONENT_KEY, Place::owner)
      .text("item", Place::item)
      .make(in -> new Place(in.value(), in.orNull(), in.text()));

  /** How one conflict is decided. */
  private record Decided(Place place, Choice choice) {}

  private static final Shape<Decided> DECIDED = Shape.<Decided>table()
      .value("place", PLACE, Decided::place)
      .value("choice", Codecs.choice(Choice.class), Decided::choice)
      .make(in -> new Decided(in.value(), in.value()));

  private static final Shape<UpgradeRequest> UPGRADE = Shape.<UpgradeRequest>table()
      .value("target", TemplateShapes.REF, UpgradeRequest::target)
      .value("policy", POLICY, UpgradeRequest::policy)
      .list("components", Codecs.COMPONENT_KEY, UpgradeRequest::components)
      .list("only", PLACE, UpgradeRequest::only)
      .list("except", PLACE, UpgradeRequest::except)
      .map("mapping", Codecs.COMPONENT_KEY, request -> byText(request.mapping()))
      .list("newComponents", Codecs.COMPONENT_KEY, UpgradeRequest::newComponents)
      .list("decisions", DECIDED, RequestShapes::decided)
      .map("hostNames", Codecs.TEXT, UpgradeRequest::hostNames)
      .make(RequestShapes::upgrade);

  private static final Codec<RollbackTarget> ROLLBACK_TARGET = Variants.<RollbackTarget>of(
          target -> Codecs.codeOf(target.kind()))
      .add(
          Codecs.codeOf(RollbackTarget.Kind.BEFORE_RECORD),
          RollbackTarget.BeforeRecord.class,
          Shape.<RollbackTarget.BeforeRecord>table()
              .value("record", Codecs.RECORD, RollbackTarget.BeforeRecord::record)
              .value("generation", Codecs.WHOLE, RollbackTarget.BeforeRecord::generation)
              .make(in -> new RollbackTarget.BeforeRecord(in.value(), in.whole())))
      .add(
          Codecs.codeOf(RollbackTarget.Kind.REVISION),
          RollbackTarget.ToRevision.class,
          Shape.<RollbackTarget.ToRevision>table()
              .value("generation", Codecs.WHOLE, RollbackTarget.ToRevision::generation)
              .make(in -> new RollbackTarget.ToRevision(in.whole())))
      .add(
          Codecs.codeOf(RollbackTarget.Kind.BUILDS),
          RollbackTarget.ToBuilds.class,
          Shape.<RollbackTarget.ToBuilds>table()
              .map("builds", Codecs.TEXT, target -> byText(target.builds()))
              .make(in -> new RollbackTarget.ToBuilds(byKey(in.map()))))
      .codec();

  private static final Shape<RollbackRequest> ROLLBACK = Shape.<RollbackRequest>table()
      .value("target", ROLLBACK_TARGET, RollbackRequest::target)
      .flag("removeAdded", RollbackRequest::removeAdded)
      .flag("recreateRemoved", RollbackRequest::recreateRemoved)
      .value("operatorEdits", Codecs.choice(OperatorEdits.class), RollbackRequest::operatorEdits)
      .flag("acceptOlder", RollbackRequest::acceptOlder)
      .make(in -> RollbackRequest.builder(in.<RollbackTarget>value())
          .removeAdded(in.flag())
          .recreateRemoved(in.flag())
          .operatorEdits(in.value())
          .acceptOlder(in.flag())
          .build());

  static final Codec<PlanRequest> REQUEST = Variants.<PlanRequest>of(
          request -> request instanceof DriftRequest ? "drift" : Codecs.codeOf(request.operation()))
      .add(
          "install",
          InstallRequest.class,
          Shape.<InstallRequest>table()
              .value("target", TemplateShapes.REF, InstallRequest::target)
              .map("hostNames", Codecs.TEXT, InstallRequest::hostNames)
              .make(in -> new InstallRequest(in.value(), in.map())))
      .add("upgrade", UpgradeRequest.class, UPGRADE)
      .add("edit", EditRequest.class, EditShapes.EDITS)
      .add(
          "drift",
          DriftRequest.class,
          Shape.<DriftRequest>table()
              .value("way", Codecs.choice(DriftRequest.Way.class), DriftRequest::way)
              .make(in -> new DriftRequest(in.value())))
      .add("rollback", RollbackRequest.class, ROLLBACK)
      .add(
          "uninstall",
          UninstallRequest.class,
          Shape.<UninstallRequest>table().make(in -> new UninstallRequest()))
      .codec();

  private RequestShapes() {}

  private static Rule rule(Row in) {
    Answer added = in.value();
    Answer edited = in.value();
    Answer removed = in.value();
    List<String> fields = in.list();
    List<String> openOnly = in.list();
    Rule rule = Rule.keep()
        .onAdded(added)
        .onEdited(edited)
        .onRemoved(removed)
        .onlyFields(fields.toArray(String[]::new))
        .openingOnly(openOnly.toArray(String[]::new));
    rule = in.flag() ? rule.insideTemplate() : rule;
    return in.flag() ? rule.regeneratingDerived() : rule;
  }

  private static Policy policy(Row in) {
    Policy.Builder policy = Policy.of(in.value()).toBuilder().name(in.text());
    List<PolicyOverride> overrides = in.list();
    overrides.forEach(policy::override);
    return policy.build();
  }

  private static UpgradeRequest upgrade(Row in) {
    UpgradeRequest.Builder request = UpgradeRequest.builder(in.<VersionRef>value())
        .policy(in.value())
        .components(in.<ComponentKey>list());
    in.<Place>list().forEach(request::only);
    in.<Place>list().forEach(request::except);
    byKey(in.<ComponentKey>map()).forEach(request::map);
    in.<ComponentKey>list().forEach(request::newComponent);
    in.<Decided>list().forEach(decided -> request.decide(decided.place(), decided.choice()));
    in.<String>map().forEach(request::hostName);
    return request.build();
  }

  private static List<Decided> decided(UpgradeRequest request) {
    return request.decisions().entrySet().stream()
        .map(entry -> new Decided(entry.getKey(), entry.getValue()))
        .toList();
  }

  static <V> SortedMap<String, V> byText(Map<ComponentKey, V> map) {
    SortedMap<String, V> byText = new TreeMap<>();
    map.forEach((key, value) -> byText.put(key.value(), value));
    return byText;
  }

  static <V> SortedMap<ComponentKey, V> byKey(Map<String, V> map) {
    SortedMap<ComponentKey, V> byKey = new TreeMap<>();
    map.forEach((key, value) -> byKey.put(new ComponentKey(key), value));
    return byKey;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.switchback.diff;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.Keyed;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.ConfigFile;
import dev.switchback.model.spec.ConfigGroup;
import dev.switchback.model.spec.ConfigItem;
import dev.switchback.model.spec.ConfigMember;
import dev.switchback.model.spec.Dependency;
import dev.switchback.model.spec.Endpoints;
import dev.switchback.model.spec.EnvVar;
import dev.switchback.model.spec.Extra;
import dev.switchback.model.spec.Graph;
import dev.switchback.model.spec.HttpRoute;
import dev.switchback.model.spec.Image;
import dev.switchback.model.spec.KubernetesAttribute;
import dev.switchback.model.spec.KubernetesResource;
import dev.switchback.model.spec.Label;
import dev.switchback.model.spec.Monitor;
import dev.switchback.model.spec.Mount;
import dev.switchback.model.spec.Plugin;
import dev.switchback.model.spec.PluginUse;
import dev.switchback.model.spec.Port;
import dev.switchback.model.spec.Probe;
import dev.switchback.model.spec.Provenance;
import dev.switchback.model.spec.RegistryAccess;
import dev.switchback.model.spec.Scaling;
import dev.switchback.model.spec.StreamRoute;
import dev.switchback.model.spec.VirtualMachine;
import dev.switchback.model.spec.VmDisk;
import dev.switchback.model.spec.Volume;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The property table: one row per kind of property that two specs can differ in.
 *
 * <p>Diff, merge, policies, step making, rendering and {@code docs/property-rules.md} all read this
 * table, and nothing else lists kinds of property. A new kind is one row with its accessor. The order
 * of the rows is the order of changes within a component or app.
 *
 * <p>Source: the design's property table; the rules are those Rainbond publishes for upgrades, and
 * for properties it says nothing about: not touched, except what nothing at run time depends on.
 */
@SuppressWarnings("ImmutableEnumChecker") // lists made by List.of, and stateless functions
public enum PropertyKind {

  // Components.
  COMPONENT(
      "component",
      "component",
      "key",
      Component.class,
      onComponent(Cost.BUILD),
      Slot.many(AppSpec::components, AppSpec.Builder::components),
      Rules.of(Rules.ADD_UPDATE)),
  IMAGE(
      "image",
      "image",
      "the only one",
      Image.class,
      onComponent(Cost.BUILD),
      Slot.one(Component::image, Component.Builder::image),
      Rules.of(Rules.UPDATE)),
  COMMAND(
      "command",
      "start command",
      "the only one",
      Scalar.class,
      onComponent(Cost.UPDATE),
      Slot.scalar(Component::command, Component.Builder::command),
      Rules.of(Rules.UPDATE)),
  VERSION_LABEL(
      "version-label",
      "version of the software inside",
      "the only one",
      Scalar.class,
      onComponent(Cost.NOTHING),
      Slot.scalar(Component::versionLabel, Component.Builder::versionLabel),
      Rules.of(Rules.UPDATE)),
  ENV(
      "env",
      "environment variable",
      "name",
      EnvVar.class,
      onComponent(Cost.UPDATE),
      Slot.many(Component::env, Component.Builder::env),
      Rules.of(Rules.ADD),
      "name"),
  CONNECTION(
      "connection",
      "connection value for consumers",
      "name",
      EnvVar.class,
      onComponent(Cost.UPDATE),
      Slot.many(Component::connections, Component.Builder::connections),
      Rules.of(Rules.ADD.regeneratingDerived()),
      "name"),
  PORT(
      "port",
      "port",
      "number; as UDP it is another one",
      Port.class,
      onComponent(Cost.UPDATE),
      Slot.many(Component::ports, Component.Builder::ports),
      Rules.of(Rules.ADD_UPDATE.onlyFields("protocol", "alias").openingOnly("inner", "outer")),
      "number"),
  VOLUME(
      "volume",
      "storage volume",
      "mount path",
      Volume.class,
      onComponent(Cost.UPDATE),
      Slot.many(Component::volumes, Component.Builder::volumes),
      Rules.of(Rules.ADD),
      "path"),
  CONFIG_FILE(
      "config-file",
      "configuration file",
      "mount path",
      ConfigFile.class,
      onComponent(Cost.UPDATE),
      Slot.many(Component::configFiles, Component.Builder::configFiles),
      Rules.of(Rules.ADD, Rules.ADD_UPDATE.onlyFields("content")),
      "path"),
  PROBE(
      "probe",
      "health probe",
      "mode",
      Probe.class,
      onComponent(Cost.UPDATE),
      Slot.many(Component::probes, Component.Builder::probes),
      Rules.of(Rule.apply()),
      "mode"),
  GRAPH(
      "graph",
      "monitoring graph",
      "title",
      Graph.class,
      onComponent(Cost.NOTHING),
      Slot.many(Component::graphs, Component.Builder::graphs),
      Rules.of(Rules.ADD_UPDATE.onlyFields("query")),
      "title"),
  MONITOR(
      "monitor",
      "monitor point",
      "name",
      Monitor.class,
      onComponent(Cost.NOTHING),
      Slot.many(Component::monitors, Component.Builder::monitors),
      Rules.of(Rules.ADD_UPDATE),
      "name"),
  LABEL(
      "label",
      "label",
      "key",
      Label.class,
      onComponent(Cost.UPDATE),
      Slot.many(Component::labels, Component.Builder::labels),
      Rules.of(Rules.ADD),
      "name"),
  PLUGIN_USE(
      "plugin-use",
      "use of a plugin",
      "plugin",
      PluginUse.class,
      onComponent(Cost.UPDATE),
      Slot.many(Component::plugins, Component.Builder::plugins),
      Rules.of(Rules.ADD),
      "plugin"),
  DEPENDENCY(
      "dependency",
      "dependency",
      "provider",
      Dependency.class,
      onComponent(Cost.UPDATE),
      Slot.many(Component::dependencies, Component.Builder::dependencies),
      Rules.of(Rule.apply().insideTemplate()),
      "provider"),
  MOUNT(
      "mount",
      "mount of another component's volume",
      "provider and volume name",
      Mount.class,
      onComponent(Cost.UPDATE),
      Slot.many(Component::mounts, Component.Builder::mounts),
      Rules.of(Rule.apply().insideTemplate()),
      "provider",
      "volumeName"),
  KUBERNETES_ATTRIBUTE(
      "kubernetes-attribute",
      "Kubernetes attribute",
      "name",
      KubernetesAttribute.class,
      onComponent(Cost.UPDATE),
      Slot.many(Component::kubernetesAttributes, Component.Builder::kubernetesAttributes),
      Rules.of(Rules.ADD_UPDATE),
      "name"),
  MEMORY(
      "memory",
      "memory",
      "the only one",
      Scalar.class,
      onComponent(Cost.UPDATE),
      Slot.number(Component::memoryMb, Component.Builder::memoryMb),
      Rules.of(Rule.keep())),
  CPU(
      "cpu",
      "cpu",
      "the only one",
      Scalar.class,
      onComponent(Cost.UPDATE),
      Slot.number(Component::cpuMillis, Component.Builder::cpuMillis),
      Rules.of(Rule.keep())),
  SCALING(
      "scaling",
      "instances and scaling rule",
      "the only one",
      Scaling.class,
      onComponent(Cost.UPDATE),
      Slot.one(Component::scaling, Component.Builder::scaling),
      Rules.of(Rule.keep())),
  WORKLOAD(
      "workload",
      "kind of workload",
      "the only one",
      Scalar.class,
      onComponent(Cost.UPDATE),
      Slot.scalar(Component::workload, Component.Builder::workload),
      Rules.of(Rule.keep())),
  NAME(
      "name",
      "display name",
      "the only one",
      Scalar.class,
      onComponent(Cost.NOTHING),
      Slot.scalar(Component::name, Component.Builder::name),
      Rules.of(Rule.keep())),
  ALIAS(
      "alias",
      "short name",
      "the only one",
      Scalar.class,
      onComponent(Cost.NOTHING),
      Slot.scalar(Component::alias, Component.Builder::alias),
      Rules.of(Rule.keep())),
  ARCH(
      "arch",
      "processor architecture",
      "the only one",
      Scalar.class,
      onComponent(Cost.UPDATE),
      Slot.scalar(Component::arch, Component.Builder::arch),
      Rules.of(Rule.keep())),
  KUBERNETES_NAME(
      "kubernetes-name",
      "name inside the cluster",
      "the only one",
      Scalar.class,
      onComponent(Cost.UPDATE),
      Slot.scalar(Component::kubernetesName, Component.Builder::kubernetesName),
      Rules.of(Rule.keep())),
  SHARE_UUID(
      "share-uuid",
      "second identity",
      "the only one",
      Scalar.class,
      onComponent(Cost.NOTHING),
      Slot.scalar(Component::shareUuid, Component.Builder::shareUuid),
      Rules.of(Rules.UPDATE)),
  ENDPOINTS(
      "endpoints",
      "addresses of an outside component",
      "the only one",
      Endpoints.class,
      onComponent(Cost.UPDATE),
      Slot.optional(Component::endpoints, Component.Builder::endpoints),
      Rules.of(Rule.keep())),
  VIRTUAL_MACHINE(
      "virtual-machine",
      "virtual machine boot",
      "the only one",
      VirtualMachine.class,
      onComponent(Cost.UPDATE),
      Slot.optional(Component::virtualMachine, Component.Builder::virtualMachine),
      Rules.of(Rule.keep())),
  DISK(
      "disk",
      "virtual machine disk",
      "key",
      VmDisk.class,
      onComponent(Cost.UPDATE),
      Slot.many(Component::disks, Component.Builder::disks),
      Rules.of(Rules.ADD, Rule.keep()),
      "name"),
  REGISTRY(
      "registry",
      "access to the image registry",
      "the only one",
      RegistryAccess.class,
      onComponent(Cost.NOTHING),
      Slot.one(Component::registry, Component.Builder::registry),
      Rules.of(Rules.UPDATE)),
  PROVENANCE(
      "provenance",
      "where it comes from",
      "the only one",
      Provenance.class,
      onComponent(Cost.NOTHING),
      Slot.one(Component::provenance, Component.Builder::provenance),
      Rules.of(Rules.UPDATE)),
  EXTRA(
      "extra",
      "field without a type",
      "field name",
      Extra.class,
      onComponent(Cost.NOTHING),
      Slot.many(Component::extras, Component.Builder::extras),
      Rules.of(Rule.apply()),
      "name"),

  // The app.
  GOVERNANCE_MODE(
      "governance-mode",
      "how components find each other",
      "the only one",
      Scalar.class,
      onApp(Cost.UPDATE, Reach.EVERY_COMPONENT),
      Slot.scalar(AppSpec::governanceMode, AppSpec.Builder::governanceMode),
      Rules.of(Rule.keep())),
  PLUGIN(
      "plugin",
      "plugin",
      "key",
      Plugin.class,
      onApp(Cost.BUILD, Reach.USERS),
      Slot.many(AppSpec::plugins, AppSpec.Builder::plugins),
      Rules.of(Rules.ADD),
      "name"),
  CONFIG_GROUP(
      "config-group",
      "config group",
      "name",
      ConfigGroup.class,
      onApp(Cost.UPDATE, Reach.MEMBERS),
      Slot.many(AppSpec::configGroups, AppSpec.Builder::configGroups),
      Rules.of(Rules.ADD),
      "name"),
  CONFIG_ITEM(
      "config-item",
      "config group item",
      "group and name",
      ConfigItem.class,
      onApp(Cost.UPDATE, Reach.MEMBERS),
      Slot.many(AppSpec::configItems, AppSpec.Builder::configItems),
      Rules.of(Rules.ADD),
      "group",
      "name"),
  CONFIG_MEMBER(
      "config-member",
      "config group member",
      "group and component",
      ConfigMember.class,
      onApp(Cost.UPDATE, Reach.MEMBERS),
      Slot.many(AppSpec::configMembers, AppSpec.Builder::configMembers),
      Rules.of(Rules.ADD),
      "group",
      "component"),
  HTTP_ROUTE(
      "http-route",
      "HTTP route",
      "component, port, domain, path, headers and cookies",
      HttpRoute.class,
      onApp(Cost.UPDATE, Reach.ROUTES),
      Slot.many(AppSpec::httpRoutes, AppSpec.Builder::httpRoutes),
      Rules.of(Rules.ADD),
      "component",
      "port",
      "domain",
      "location",
      "headers",
      "cookies"),
  STREAM_ROUTE(
      "stream-route",
      "TCP or UDP route",
      "component and port",
      StreamRoute.class,
      onApp(Cost.UPDATE, Reach.ROUTES),
      Slot.many(AppSpec::streamRoutes, AppSpec.Builder::streamRoutes),
      Rules.of(Rules.ADD, Rule.keep()),
      "component",
      "port"),
  KUBERNETES_RESOURCE(
      "kubernetes-resource",
      "Kubernetes manifest",
      "kind and name",
      KubernetesResource.class,
      onApp(Cost.UPDATE, Reach.SHARED),
      Slot.many(AppSpec::kubernetesResources, AppSpec.Builder::kubernetesResources),
      Rules.of(Rules.ADD),
      "kind",
      "name"),
  APP_EXTRA(
      "app-extra",
      "field of the app without a type",
      "field name",
      Extra.class,
      onApp(Cost.NOTHING, Reach.SHARED),
      Slot.many(AppSpec::extras, AppSpec.Builder::extras),
      Rules.of(Rule.apply()),
      "name");

  private static final List<PropertyKind> ALL = List.of(values());
  private static final List<PropertyKind> OF_COMPONENT = ALL.stream()
      .filter(kind -> kind.level == Level.COMPONENT && kind != COMPONENT)
      .toList();
  private static final List<PropertyKind> OF_APP =
      ALL.stream().filter(kind -> kind.level == Level.APP).toList();

  private final String code;
  private final String title;
  private final String identity;
  private final Class<? extends Keyed.Item> itemType;
  private final Level level;
  private final Cost cost;
  private final Reach reach;
  private final Slot<?, ?> slot;
  private final Rules rules;
  private final List<String> keyFields;

  PropertyKind(
      String code,
      String title,
      String identity,
      Class<? extends Keyed.Item> itemType,
      Weight weight,
      Slot<?, ?> slot,
      Rules rules,
      String... keyFields) {
    this.code = code;
    this.title = title;
    this.identity = identity;
    this.itemType = itemType;
    this.level = weight.level;
    this.cost = weight.cost;
    this.reach = weight.reach;
    this.slot = slot;
    this.rules = rules;
    this.keyFields = List.of(keyFields);
  }

  private static Weight onComponent(Cost cost) {
    return new Weight(Level.COMPONENT, cost, Reach.COMPONENT);
  }

  private static Weight onApp(Cost cost, Reach reach) {
    return new Weight(Level.APP, cost, reach);
  }

  /**
   * Finds the kind with a code.
   *
   * @param code a code as {@link #code()} gives it
   * @return the kind; empty if none has that code
   */
  public static Optional<PropertyKind> find(String code) {
    requireNonNull(code, "code");
    return Arrays.stream(values()).filter(kind -> kind.code.equals(code)).findFirst();
  }

  /** Returns every kind that a component has, in the order of the table, without the component. */
  static List<PropertyKind> ofComponent() {
    return OF_COMPONENT;
  }

  /** Returns every kind that the app has, in the order of the table, without the components. */
  static List<PropertyKind> ofApp() {
    return OF_APP;
  }

  /** Returns the name in documents and on the command line: lower case with hyphens, stable. */
  public String code() {
    return code;
  }

  /** Returns what a person calls it. */
  public String title() {
    return title;
  }

  /** Returns where it stands. */
  public Level level() {
    return level;
  }

  /** Returns, in words, what makes two items the same one. */
  public String identity() {
    return identity;
  }

  /** Returns what it takes to bring a change of this kind to what runs. */
  public Cost cost() {
    return cost;
  }

  /** Returns what has to be brought up to date when it changes. */
  public Reach reach() {
    return reach;
  }

  /** Returns the rule that a preset policy has for it. */
  public Rule rule(Preset preset) {
    return switch (preset) {
      case PRESERVE_ENVIRONMENT -> rules.preserve;
      case RAINBOND -> rules.rainbond;
      case MERGE -> Rule.merge();
      case EXACT -> Rule.apply();
    };
  }

  /** Returns the type of its items; {@link Scalar} for plain values. */
  public Class<? extends Keyed.Item> itemType() {
    return itemType;
  }

  /** Tells whether there is always exactly one item, so that it can be edited and nothing else. */
  public boolean isAlwaysThere() {
    return slot.alwaysThere();
  }

  /** Tells whether an item of this kind has anything besides its key, so that it can be edited. */
  public boolean canBeEdited() {
    return this == COMPONENT || RecordFields.of(itemType).size() > keyFields.size();
  }

  /**
   * Tells whether an edited item is taken or left as a whole: the digest and the build of an image say
   * nothing of another reference.
   */
  boolean isTakenWhole() {
    return this == IMAGE;
  }

  /**
   * Returns the items of this kind in a component.
   *
   * @throws IllegalArgumentException if this kind belongs to the app, or is {@link #COMPONENT}
   */
  public Keyed<? extends Keyed.Item> items(Component component) {
    return ofComponentSlot().items(component);
  }

  /**
   * Returns the items of this kind in an app; for {@link #COMPONENT} the components.
   *
   * @throws IllegalArgumentException if this kind belongs to a component
   */
  public Keyed<? extends Keyed.Item> items(AppSpec spec) {
    return ofAppSlot().items(spec);
  }

  /** Returns the names of the fields that make up the key of an item. */
  List<String> keyFields() {
    return keyFields;
  }

  @SuppressWarnings("unchecked") // the row decides the level and the slot together
  Slot<Component, Component.Builder> ofComponentSlot() {
    if (level != Level.COMPONENT || this == COMPONENT) {
      throw new IllegalArgumentException("Invalid kind: a component has no " + code);
    }
    return (Slot<Component, Component.Builder>) slot;
  }

  @SuppressWarnings("unchecked") // as above
  Slot<AppSpec, AppSpec.Builder> ofAppSlot() {
    if (level != Level.APP && this != COMPONENT) {
      throw new IllegalArgumentException("Invalid kind: an app has no " + code);
    }
    return (Slot<AppSpec, AppSpec.Builder>) slot;
  }

  /** Returns the code. */
  @Override
  public String toString() {
    return code;
  }

  private record Weight(Level level, Cost cost, Reach reach) {}

  /** The rules that rows share. Apart from the enum, whose constants are made before its fields. */
  private record Rules(Rule preserve, Rule rainbond) {

    static final Rule ADD = Rule.keep().onAdded(Answer.APPLY);
    static final Rule ADD_UPDATE = ADD.onEdited(Answer.APPLY);
    static final Rule UPDATE = Rule.keep().onEdited(Answer.APPLY);

    static Rules of(Rule both) {
      return new Rules(both, both);
    }

    static Rules of(Rule preserve, Rule rainbond) {
      return new Rules(preserve, rainbond);
    }
  }
}

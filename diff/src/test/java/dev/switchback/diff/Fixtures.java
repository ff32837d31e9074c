// SPDX-License-Identifier: Apache-2.0
package dev.switchback.diff;

import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Digest;
import dev.switchback.model.Keyed;
import dev.switchback.model.Setting;
import dev.switchback.model.TemplateId;
import dev.switchback.model.Version;
import dev.switchback.model.VersionRef;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.Origin;
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
import dev.switchback.model.spec.PluginSetting;
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
import dev.switchback.model.spec.Workload;
import java.util.List;
import java.util.TreeMap;

/** Small values that the tests of this package share. */
final class Fixtures {

  static final ComponentKey WEB = new ComponentKey("web");
  static final ComponentKey DB = new ComponentKey("db");

  private Fixtures() {}

  static AppSpec app(Component... components) {
    return AppSpec.builder().components(Keyed.of(components)).build();
  }

  static Component.Builder web() {
    return Component.builder(WEB);
  }

  static EnvVar env(String name, String value) {
    return new EnvVar(name, Setting.plain(value), "", true, 0);
  }

  static EnvVar secret(String name, String value) {
    return new EnvVar(name, Setting.secret(value), "", true, 0);
  }

  static Port port(int number, String protocol, String alias, boolean inner, boolean outer) {
    return new Port(number, protocol, alias, inner, outer, "", "");
  }

  static Probe probe(String mode, int period) {
    return new Probe(mode, "http", "/health", 80, "", "", 1, period, 3, 3, 1, true);
  }

  static ConfigFile file(String path, String content) {
    return new ConfigFile(path, "", Setting.plain(content), null);
  }

  static HttpRoute route(String component, int port, String domain) {
    return new HttpRoute(
        new ComponentKey(component),
        port,
        domain,
        false,
        "/",
        new TreeMap<>(),
        new TreeMap<>(),
        false,
        "",
        null,
        null,
        null,
        null,
        false,
        null,
        null,
        false,
        false,
        "",
        new TreeMap<>());
  }

  private static HttpRoute secureRoute(String component, int port, String domain) {
    return new HttpRoute(
        new ComponentKey(component),
        port,
        domain,
        false,
        "/",
        new TreeMap<>(),
        new TreeMap<>(),
        true,
        "",
        null,
        null,
        null,
        null,
        false,
        null,
        null,
        false,
        false,
        "",
        new TreeMap<>());
  }

  static VersionRef version(String version) {
    return new VersionRef(new TemplateId("shop"), Version.parse(version));
  }

  /** An installed app all of whose components come from version 1, by their own keys. */
  static AppState installed(AppSpec spec) {
    TreeMap<ComponentKey, Origin> origins = new TreeMap<>();
    spec.components().forEach(c -> origins.put(c.id(), new Origin(version("1.0"), c.id())));
    return AppState.builder(new AppId("shop-1"), version("1.0"))
        .generation(1)
        .spec(spec)
        .base(spec)
        .origins(origins)
        .build();
  }

  private static Plugin plugin(String name, String alias) {
    return new Plugin(
        name,
        alias,
        "",
        "",
        Image.of(""),
        "",
        "",
        "",
        RegistryAccess.none(),
        0,
        0,
        Keyed.empty(),
        Keyed.empty());
  }

  private static PluginUse use(String plugin, String value) {
    return new PluginUse(
        plugin,
        "",
        true,
        0,
        0,
        Keyed.of(new PluginSetting("port", "", 80, "", "", Setting.plain(value))));
  }

  /**
   * Two items of a kind that have the same key and differ otherwise; one item for a kind whose items
   * are nothing but their key.
   */
  static List<Keyed.Item> samples(PropertyKind kind) {
    return switch (kind) {
      case COMPONENT -> List.of(Component.builder("cache").build());
      case IMAGE ->
        List.of(Image.of("web:1"), new Image("web:1", Digest.of("manifest"), "20240101"));
      case COMMAND,
          VERSION_LABEL,
          NAME,
          ALIAS,
          ARCH,
          KUBERNETES_NAME,
          SHARE_UUID,
          GOVERNANCE_MODE -> List.of(new Scalar("one"), new Scalar("two"));
      case MEMORY, CPU -> List.of(new Scalar(1), new Scalar(2));
      case WORKLOAD ->
        List.of(new Scalar(new Workload("job")), new Scalar(new Workload("daemonset")));
      case ENV, CONNECTION -> List.of(env("KEY", "one"), env("KEY", "two"));
      case PORT -> List.of(port(80, "http", "A", true, false), port(80, "tcp", "A", true, false));
      case VOLUME ->
        List.of(
            new Volume("/data", "data", "local", 1, "", "", "", "", "", null),
            new Volume("/data", "data", "local", 2, "", "", "", "", "", null));
      case CONFIG_FILE -> List.of(file("/etc/app", "one"), file("/etc/app", "two"));
      case PROBE -> List.of(probe("liveness", 5), probe("liveness", 10));
      case GRAPH -> List.of(new Graph("load", "up", 1), new Graph("load", "down", 1));
      case MONITOR ->
        List.of(
            new Monitor("app", "App", "/metrics", 80, "10s"),
            new Monitor("app", "App", "/metrics", 80, "20s"));
      case LABEL -> List.of(new Label("zone", "a"), new Label("zone", "b"));
      case PLUGIN_USE -> List.of(use("perf", "one"), use("perf", "two"));
      case DEPENDENCY -> List.of(new Dependency(DB));
      case MOUNT -> List.of(new Mount(DB, "data", "/one"), new Mount(DB, "data", "/two"));
      case KUBERNETES_ATTRIBUTE ->
        List.of(
            new KubernetesAttribute("affinity", "yaml", Setting.plain("one")),
            new KubernetesAttribute("affinity", "yaml", Setting.plain("two")));
      case SCALING -> List.of(Scaling.one().withMinReplicas(2), Scaling.one().withMinReplicas(3));
      case ENDPOINTS ->
        List.of(
            new Endpoints("static", Setting.plain("1"), ""),
            new Endpoints("static", Setting.plain("2"), ""));
      case VIRTUAL_MACHINE ->
        List.of(new VirtualMachine("bios", "qcow2"), new VirtualMachine("uefi", "qcow2"));
      case DISK ->
        List.of(
            new VmDisk("root", "root", "registry", "", "", 1),
            new VmDisk("root", "root", "registry", "", "", 2));
      case REGISTRY ->
        List.of(
            new RegistryAccess("hub", "u", Setting.secret("one"), "", true),
            new RegistryAccess("hub", "u", Setting.secret("two"), "", true));
      case PROVENANCE ->
        List.of(
            new Provenance("1", "", "", "", "", "", "", "", "", "", "", ""),
            new Provenance("2", "", "", "", "", "", "", "", "", "", "", ""));
      case EXTRA, APP_EXTRA ->
        List.of(new Extra("field", Setting.plain("1")), new Extra("field", Setting.plain("2")));
      case PLUGIN -> List.of(plugin("perf", "One"), plugin("perf", "Two"));
      case CONFIG_GROUP ->
        List.of(new ConfigGroup("common", "env", true), new ConfigGroup("common", "env", false));
      case CONFIG_ITEM ->
        List.of(
            new ConfigItem("common", "TZ", Setting.plain("one")),
            new ConfigItem("common", "TZ", Setting.plain("two")));
      case CONFIG_MEMBER -> List.of(new ConfigMember("common", WEB));
      case HTTP_ROUTE -> List.of(route("web", 80, "x"), secureRoute("web", 80, "x"));
      case STREAM_ROUTE ->
        List.of(
            new StreamRoute(WEB, 80, "tcp", "", null), new StreamRoute(WEB, 80, "udp", "", null));
      case KUBERNETES_RESOURCE ->
        List.of(
            new KubernetesResource("ConfigMap", "cm", Setting.plain("one")),
            new KubernetesResource("ConfigMap", "cm", Setting.plain("two")));
    };
  }

  /** Returns where an item of a kind stands in the apps of these tests. */
  static Place place(PropertyKind kind, Keyed.Item item) {
    if (kind == PropertyKind.COMPONENT) {
      return Place.of(new ComponentKey(item.key()));
    }
    return kind.level() == Level.APP
        ? Place.ofApp(kind, item.key())
        : Place.of(WEB, kind, item.key());
  }

  /** Returns an app of the component web that has one more item. */
  static AppSpec with(PropertyKind kind, Keyed.Item item) {
    return SpecEditor.of(app(web().build())).put(place(kind, item), item).finish();
  }
}

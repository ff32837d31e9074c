// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import dev.switchback.diff.Level;
import dev.switchback.diff.Place;
import dev.switchback.diff.PropertyKind;
import dev.switchback.diff.Scalar;
import dev.switchback.diff.SpecEditor;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Digest;
import dev.switchback.model.Keyed;
import dev.switchback.model.Setting;
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
import dev.switchback.model.spec.Workload;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The lines in which scenario files write specs. Each sets one item, over what was there before:
 *
 * <pre>
 * component KEY                        the lines below that belong to it are indented further
 *   name T · alias T · uuid T · image REF [@hex] · command T · memory N · cpu N · replicas N
 *   workload T · arch T · version-label T · kubernetes-name T · language T · vm T
 *   endpoints TYPE ADDRESSES [name=T] · registry ADDRESS [user=T] [password=T]
 *   env NAME=VALUE · connection NAME=VALUE [port=N]     **None** and **None:g** are marks
 *   port N [udp|http|tcp] [alias=T] [host=T] [inner] [outer]
 *   volume PATH name=T [size=N] [type=T] · disk NAME size=N
 *   file PATH name=T content=TEXT (last; \n is a line feed)
 *   probe MODE path=T port=N period=N · label K=V · depends KEY · mount KEY/VOLUME path=T
 *   plugin-use KEY [memory=N] · monitor NAME path=T port=N · graph TITLE=QUERY · attribute K=V · extra K=V
 * governance T · plugin KEY image=REF · group NAME [as=T] · item GROUP/NAME=VALUE · member GROUP/KEY
 * route KEY:PORT DOMAIN [ssl] [buffered] · stream KEY:PORT ADDRESS [timeout=N] · resource KIND/NAME=CONTENT · app-extra K=V
 * remove PROPERTY ITEM                 anywhere; remove component KEY takes the whole one
 * </pre>
 */
final class SpecScript {

  private SpecScript() {}

  /** Applies lines, whose indent tells what belongs to a component, to a spec. */
  static AppSpec apply(AppSpec start, List<String> lines) {
    AppSpec spec = start;
    ComponentKey owner = null;
    int ownerIndent = 0;
    for (String line : lines) {
      int indent = line.length() - line.stripLeading().length();
      String text = line.strip();
      String word = text.split(" ", 2)[0];
      String rest = text.substring(word.length()).strip();
      if (owner != null && indent <= ownerIndent) {
        owner = null;
      }
      SpecEditor editor = SpecEditor.of(spec);
      if (word.equals("component")) {
        owner = new ComponentKey(rest);
        ownerIndent = indent;
        if (spec.component(owner).isEmpty()) {
          editor.put(Place.of(owner), Component.builder(owner).build());
        }
      } else if (word.equals("remove")) {
        remove(editor, owner, rest);
      } else {
        set(editor, owner, word, rest);
      }
      AppSpec next = editor.finish();
      if (word.equals("remove") && next.equals(spec)) {
        throw new IllegalArgumentException("Invalid line: nothing to remove: " + text);
      }
      spec = next;
    }
    return spec;
  }

  private static void remove(SpecEditor editor, @Nullable ComponentKey owner, String rest) {
    String[] parts = rest.split(" ", 2);
    if (parts[0].equals("component")) {
      editor.remove(Place.of(new ComponentKey(parts[1])));
      return;
    }
    PropertyKind kind = PropertyKind.find(parts[0]).orElseThrow();
    editor.remove(new Place(
        kind, kind.level() == Level.APP ? null : owner, parts.length > 1 ? parts[1] : ""));
  }

  private static void set(
      SpecEditor editor, @Nullable ComponentKey owner, String word, String rest) {
    String first = rest.split(" ", 2)[0];
    Map<String, String> options = options(rest);
    PropertyKind kind;
    Keyed.Item item;
    switch (word) {
      case "name",
          "alias",
          "uuid",
          "command",
          "arch",
          "version-label",
          "kubernetes-name",
          "governance" -> {
        String code = word.equals("uuid")
            ? "share-uuid"
            : word.equals("governance") ? "governance-mode" : word;
        kind = PropertyKind.find(code).orElseThrow();
        item = new Scalar(rest);
      }
      case "endpoints" -> {
        kind = PropertyKind.ENDPOINTS;
        String addresses = rest.substring(first.length()).replaceFirst(" name=\\S+$", "");
        item = new Endpoints(
            first, Setting.plain(addresses.strip()), options.getOrDefault("name", ""));
      }
      case "vm" -> {
        kind = PropertyKind.VIRTUAL_MACHINE;
        item = new VirtualMachine(first, "disk");
      }
      case "language" -> {
        kind = PropertyKind.PROVENANCE;
        item = new Provenance("", "", rest, "", "", "", "", "", "", "", "", "");
      }
      case "workload" -> {
        kind = PropertyKind.WORKLOAD;
        item = new Scalar(new Workload(rest));
      }
      case "memory", "cpu" -> {
        kind = PropertyKind.find(word).orElseThrow();
        item = new Scalar(Integer.valueOf(rest));
      }
      case "replicas" -> {
        kind = PropertyKind.SCALING;
        item = Scaling.one().withMinReplicas(Integer.parseInt(rest));
      }
      case "registry" -> {
        kind = PropertyKind.REGISTRY;
        item = new RegistryAccess(
            first,
            options.getOrDefault("user", ""),
            Setting.secret(options.getOrDefault("password", "")),
            "",
            false);
      }
      case "image" -> {
        kind = PropertyKind.IMAGE;
        int at = rest.indexOf(" @");
        item = at < 0
            ? Image.of(rest)
            : new Image(rest.substring(0, at), Digest.of(rest.substring(at + 2)), "");
      }
      case "env", "connection" -> {
        kind = word.equals("env") ? PropertyKind.ENV : PropertyKind.CONNECTION;
        String pair = rest.replaceFirst(" port=\\d+$", "");
        item = new EnvVar(
            left(pair),
            Setting.named(left(pair), right(pair)),
            "",
            true,
            Integer.parseInt(options.getOrDefault("port", "0")));
      }
      case "port" -> {
        kind = PropertyKind.PORT;
        List<String> words = List.of(rest.split(" ", -1));
        item = new Port(
            Integer.parseInt(first),
            words.contains("udp") ? "udp" : words.contains("tcp") ? "tcp" : "http",
            options.getOrDefault("alias", ""),
            words.contains("inner"),
            words.contains("outer"),
            options.getOrDefault("host", ""),
            "");
      }
      case "volume" -> {
        kind = PropertyKind.VOLUME;
        item = new Volume(
            first,
            options.getOrDefault("name", ""),
            options.getOrDefault("type", "share-file"),
            Integer.parseInt(options.getOrDefault("size", "0")),
            "RWX",
            "",
            "",
            "",
            "",
            null);
      }
      case "disk" -> {
        kind = PropertyKind.DISK;
        item = new VmDisk(
            first, "data", "", "", "", Integer.parseInt(options.getOrDefault("size", "0")));
      }
      case "file" -> {
        kind = PropertyKind.CONFIG_FILE;
        String content = rest.substring(rest.indexOf("content=") + 8).replace("\\n", "\n");
        item = new ConfigFile(
            first, options.getOrDefault("name", ""), Setting.named("", content), null);
      }
      case "probe" -> {
        kind = PropertyKind.PROBE;
        item = new Probe(
            first,
            "http",
            options.getOrDefault("path", ""),
            Integer.parseInt(options.getOrDefault("port", "0")),
            "",
            "",
            4,
            Integer.parseInt(options.getOrDefault("period", "3")),
            5,
            3,
            1,
            true);
      }
      case "label" -> {
        kind = PropertyKind.LABEL;
        item = new Label(left(rest), right(rest));
      }
      case "depends" -> {
        kind = PropertyKind.DEPENDENCY;
        item = new Dependency(new ComponentKey(rest));
      }
      case "mount" -> {
        kind = PropertyKind.MOUNT;
        String[] parts = first.split("/", 2);
        item = new Mount(new ComponentKey(parts[0]), parts[1], options.getOrDefault("path", ""));
      }
      case "plugin-use" -> {
        kind = PropertyKind.PLUGIN_USE;
        item = new PluginUse(
            first,
            "",
            true,
            Integer.parseInt(options.getOrDefault("memory", "64")),
            100,
            Keyed.empty());
      }
      case "monitor" -> {
        kind = PropertyKind.MONITOR;
        item = new Monitor(
            first,
            first,
            options.getOrDefault("path", ""),
            Integer.parseInt(options.getOrDefault("port", "0")),
            "10s");
      }
      case "graph" -> {
        kind = PropertyKind.GRAPH;
        item = new Graph(left(rest), right(rest), 0);
      }
      case "attribute" -> {
        kind = PropertyKind.KUBERNETES_ATTRIBUTE;
        item = new KubernetesAttribute(left(rest), "yaml", Setting.plain(right(rest)));
      }
      case "extra", "app-extra" -> {
        kind = word.equals("extra") ? PropertyKind.EXTRA : PropertyKind.APP_EXTRA;
        item = new Extra(left(rest), Setting.plain(right(rest)));
      }
      case "plugin" -> {
        kind = PropertyKind.PLUGIN;
        item = new Plugin(
            first,
            first,
            "",
            "",
            Image.of(options.getOrDefault("image", "")),
            "",
            "",
            "",
            RegistryAccess.none(),
            64,
            100,
            Keyed.empty(),
            Keyed.empty());
      }
      case "group" -> {
        kind = PropertyKind.CONFIG_GROUP;
        item = new ConfigGroup(first, options.getOrDefault("as", "env"), true);
      }
      case "item" -> {
        kind = PropertyKind.CONFIG_ITEM;
        String[] key = left(rest).split("/", 2);
        item = new ConfigItem(key[0], key[1], Setting.named(key[1], right(rest)));
      }
      case "member" -> {
        kind = PropertyKind.CONFIG_MEMBER;
        String[] key = rest.split("/", 2);
        item = new ConfigMember(key[0], new ComponentKey(key[1]));
      }
      case "route" -> {
        kind = PropertyKind.HTTP_ROUTE;
        String[] end = first.split(":", 2);
        item = new HttpRoute(
            new ComponentKey(end[0]),
            Integer.parseInt(end[1]),
            rest.substring(first.length())
                .replaceFirst("( ssl)?( buffered)?$", "")
                .strip(),
            false,
            "/",
            Collections.emptySortedMap(),
            Collections.emptySortedMap(),
            List.of(rest.split(" ", -1)).contains("ssl"),
            "",
            null,
            null,
            null,
            null,
            rest.endsWith(" buffered"),
            null,
            null,
            false,
            false,
            "",
            Collections.emptySortedMap());
      }
      case "stream" -> {
        kind = PropertyKind.STREAM_ROUTE;
        String[] end = first.split(":", 2);
        item = new StreamRoute(
            new ComponentKey(end[0]),
            Integer.parseInt(end[1]),
            "tcp",
            rest.substring(first.length()).replaceFirst(" timeout=\\d+$", "").strip(),
            options.containsKey("timeout") ? Integer.valueOf(options.get("timeout")) : null);
      }
      case "resource" -> {
        kind = PropertyKind.KUBERNETES_RESOURCE;
        String[] key = left(rest).split("/", 2);
        item = new KubernetesResource(key[0], key[1], Setting.plain(right(rest)));
      }
      default -> throw new IllegalArgumentException("Invalid line: " + word + " " + rest);
    }
    editor.put(new Place(kind, kind.level() == Level.APP ? null : owner, item.key()), item);
  }

  private static String left(String pair) {
    return pair.substring(0, pair.indexOf('='));
  }

  private static String right(String pair) {
    return pair.substring(pair.indexOf('=') + 1);
  }

  private static Map<String, String> options(String rest) {
    Map<String, String> options = new TreeMap<>();
    for (String word : rest.split(" ", -1)) {
      int equals = word.indexOf('=');
      if (equals > 0) {
        options.put(word.substring(0, equals), word.substring(equals + 1));
      }
    }
    return options;
  }
}

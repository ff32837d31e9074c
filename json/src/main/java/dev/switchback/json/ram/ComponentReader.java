// SPDX-License-Identifier: Apache-2.0
package dev.switchback.json.ram;

import dev.switchback.model.ComponentKey;
import dev.switchback.model.Digest;
import dev.switchback.model.Keyed;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.Endpoints;
import dev.switchback.model.spec.Image;
import dev.switchback.model.spec.Provenance;
import dev.switchback.model.spec.RegistryAccess;
import dev.switchback.model.spec.Scaling;
import dev.switchback.model.spec.VirtualMachine;
import dev.switchback.model.spec.VmDisk;
import dev.switchback.model.spec.Workload;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one entry of {@code apps}. {@link ComponentWriter} is its counterpart. */
final class ComponentReader {

  /** What Rainbond gives a component whose template does not say. */
  private static final int DEFAULT_MEMORY_MB = 512;

  private static final int DEFAULT_CPU_MILLIS = 250;

  private final Identities identities;
  private final Map<String, String> pluginKeys;

  /**
   * Makes a reader for one document.
   *
   * @param pluginKeys the key of each plugin by its id at the publishing site
   */
  ComponentReader(Identities identities, Map<String, String> pluginKeys) {
    this.identities = identities;
    this.pluginKeys = pluginKeys;
  }

  Component read(Fields app, ComponentKey key) {
    app.text("service_key"); // the key was made of it; this only says if it is of a wrong type
    Fields scaling = app.objectOrNone("extend_method_map");
    Component.Builder component = Component.builder(key)
        .shareUuid(app.text("service_share_uuid"))
        .name(app.text("service_cname"))
        .alias(app.text("service_alias"))
        .kubernetesName(app.text("k8s_component_name"))
        .workload(new Workload(app.text("extend_method", Workload.stateless().code())))
        .image(image(app, "deploy_version"))
        .command(app.text("cmd"))
        .versionLabel(app.text("version"))
        .arch(app.text("arch"))
        .memoryMb(memory(app, scaling))
        .cpuMillis(cpu(app, scaling))
        .scaling(scaling(app, scaling))
        .registry(registry(app.object("service_image")))
        .provenance(provenance(app));
    ComponentItems items = new ComponentItems(app);
    component
        .env(items.env("service_env_map_list"))
        .connections(items.env("service_connect_info_map_list"))
        .ports(items.ports())
        .probes(items.probes())
        .dependencies(items.dependencies(identities))
        .mounts(items.mounts(identities))
        .plugins(items.plugins(pluginKeys))
        .monitors(items.monitors())
        .graphs(items.graphs())
        .labels(items.labels())
        .kubernetesAttributes(items.kubernetesAttributes());
    items.readVolumes(component);
    readMachine(app, component);
    return component
        .endpoints(endpoints(app.object("endpoints")))
        .extras(Known.extras(app, Known.COMPONENT))
        .build();
  }

  static Image image(Fields owner, String buildField) {
    Fields own = owner.objectOrNone(Own.OBJECT);
    String reference = owner.firstText("share_image", "image");
    return new Image(
        own.has(Own.IMAGE) ? own.text(Own.IMAGE) : reference, digest(own), owner.text(buildField));
  }

  private static @Nullable Digest digest(Fields own) {
    String text = own.text(Own.IMAGE_DIGEST);
    if (text.isEmpty()) {
      return null;
    }
    try {
      return Digest.parse(text);
    } catch (IllegalArgumentException e) {
      own.reading()
          .findings
          .problem(
              "invalid-value",
              own.place().key(Own.IMAGE_DIGEST),
              String.valueOf(e.getMessage()),
              "");
      return null;
    }
  }

  /**
   * Takes the initial memory, else {@code memory}, else the minimum, else 512 MB. A zero in {@code
   * memory} means no limit; an initial memory of zero says nothing beside it, since old exporters
   * write it for what they do not know.
   */
  private static int memory(Fields app, Fields scaling) {
    // All of them are read, to tell what is wrong with any.
    int initial = scaling.count("init_memory", 0);
    int stated = app.count("memory", -1);
    int minimum = scaling.count("min_memory", 0);
    if (initial > 0) {
      return initial;
    }
    if (stated >= 0) {
      return stated;
    }
    boolean unlimited = scaling.has("init_memory");
    return unlimited ? 0 : minimum > 0 ? minimum : DEFAULT_MEMORY_MB;
  }

  private static int cpu(Fields app, Fields scaling) {
    int container = scaling.count("container_cpu", -1);
    int stated = app.count("cpu", DEFAULT_CPU_MILLIS);
    return container >= 0 ? container : stated;
  }

  private static Scaling scaling(Fields app, Fields scaling) {
    Fields own = app.objectOrNone(Own.OBJECT);
    int initial = scaling.number("init_memory", 0);
    return new Scaling(
        scaling.number("min_node", 1),
        scaling.number("max_node", 0),
        scaling.number("step_node", 0),
        scaling.number("min_memory", 0),
        scaling.number("max_memory", 0),
        scaling.number("step_memory", 0),
        own.number(Own.INIT_MEMORY, initial),
        scaling.flag("is_restart", false));
  }

  static RegistryAccess registry(@Nullable Fields access) {
    if (access == null) {
      return RegistryAccess.none();
    }
    String password = access.text("hub_password");
    return new RegistryAccess(
        access.firstText("hub_url", "hub"),
        access.text("hub_user"),
        access.setting("hub_password", Settings.named("hub_password", password)),
        access.text("namespace"),
        access.flag("is_trust", false));
  }

  private static Provenance provenance(Fields app) {
    return new Provenance(
        app.text("service_id"),
        app.text("category"),
        app.text("language"),
        app.text("service_source"),
        app.text("service_type"),
        app.text("share_type"),
        app.text("image"),
        app.text("service_region"),
        app.text("tenant_id"),
        app.text("git_url"),
        app.text("creater"),
        app.text("service_name"));
  }

  private static void readMachine(Fields app, Component.Builder component) {
    Fields vm = app.object("vm");
    if (vm == null) {
      return;
    }
    // Disks of what is no machine are written with both fields null.
    boolean bare = vm.node().has("boot_mode")
        && !vm.has("boot_mode")
        && vm.node().has("boot_source_format")
        && !vm.has("boot_source_format");
    if (!bare) {
      component.virtualMachine(
          new VirtualMachine(vm.text("boot_mode"), vm.text("boot_source_format")));
    }
    component.disks(disks(vm));
  }

  private static Keyed<VmDisk> disks(Fields vm) {
    return ItemList.read(vm, "disk_layout", disk -> {
      String name = disk.firstText("disk_key", "disk_name", "name");
      if (name.isEmpty()) {
        ItemList.leaveOut(disk, "disk_key");
        return null;
      }
      return new VmDisk(
          name,
          disk.text("disk_role"),
          disk.text("source_type"),
          disk.text("image"),
          disk.text("source_uri"),
          disk.number("size_gb", 0));
    });
  }

  private static @Nullable Endpoints endpoints(@Nullable Fields endpoints) {
    if (endpoints == null) {
      return null;
    }
    String type = endpoints.text("endpoints_type");
    String addresses = endpoints.textOrJson("endpoints_info");
    String name = endpoints.text("service_cname");
    // Exporters write the object for every component, with nothing in it.
    return type.isEmpty() && addresses.isEmpty() && name.isEmpty()
        ? null
        : new Endpoints(
            type,
            endpoints.setting("endpoints_info", Settings.named("endpoints_info", addresses)),
            name);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.switchback.json.ram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.Endpoints;
import dev.switchback.model.spec.Provenance;
import dev.switchback.model.spec.Scaling;
import dev.switchback.model.spec.VirtualMachine;
import java.util.function.Function;

/** Writes one entry of {@code apps} as {@link ComponentReader} reads it. */
final class ComponentWriter {

  private final Trees trees;
  private final ComponentItemsWriter items;

  /**
   * Makes a writer for one document.
   *
   * @param providerText what a dependency on a component is to say
   */
  ComponentWriter(Trees trees, Function<ComponentKey, String> providerText) {
    this.trees = trees;
    this.items = new ComponentItemsWriter(trees, providerText);
  }

  JsonNode write(Component component) {
    ObjectNode app = Trees.object();
    app.put("service_key", component.key());
    app.put("service_share_uuid", component.shareUuid());
    app.put("service_cname", component.name());
    app.put("service_alias", component.alias());
    app.put("k8s_component_name", component.kubernetesName());
    provenance(app, component.provenance());
    trees.image(app, component.image(), component.provenance().sourceImage());
    app.put("deploy_version", component.image().buildVersion());
    app.set("service_image", trees.registry(component.registry()));
    app.put("version", component.versionLabel());
    app.put("cmd", component.command());
    app.put("arch", component.arch());
    app.put("extend_method", component.workload().code());
    app.set("extend_method_map", scaling(app, component));
    app.put("memory", component.memoryMb());
    app.put("cpu", component.cpuMillis());
    items.write(app, component);
    machine(app, component);
    component.endpoints().ifPresent(endpoints -> app.set("endpoints", endpoints(endpoints)));
    trees.extras(app, component.extras(), Known.COMPONENT);
    return app;
  }

  private static void provenance(ObjectNode app, Provenance provenance) {
    app.put("service_id", provenance.serviceId());
    app.put("category", provenance.category());
    app.put("language", provenance.language());
    app.put("service_source", provenance.source());
    app.put("service_type", provenance.type());
    app.put("share_type", provenance.shareType());
    app.put("service_region", provenance.region());
    app.put("tenant_id", provenance.tenant());
    app.put("git_url", provenance.repository());
    app.put("creater", provenance.creator());
    app.put("service_name", provenance.serviceName());
  }

  private static ObjectNode scaling(ObjectNode app, Component component) {
    Scaling scaling = component.scaling();
    ObjectNode map = Trees.object();
    map.put("min_node", scaling.minReplicas());
    map.put("max_node", scaling.maxReplicas());
    map.put("step_node", scaling.stepReplicas());
    map.put("min_memory", scaling.minMemoryMb());
    map.put("max_memory", scaling.maxMemoryMb());
    map.put("step_memory", scaling.stepMemoryMb());
    map.put("is_restart", scaling.restart() ? 1 : 0);
    map.put("container_cpu", component.cpuMillis());
    if (scaling.initialMemoryMb() != 0) {
      // It decides what an instance gets, so it must not contradict the memory.
      map.put("init_memory", component.memoryMb());
      if (scaling.initialMemoryMb() != component.memoryMb()) {
        Trees.own(app).put(Own.INIT_MEMORY, scaling.initialMemoryMb());
      }
    }
    return map;
  }

  private void machine(ObjectNode app, Component component) {
    VirtualMachine machine = component.virtualMachine().orElse(null);
    if (machine == null && component.disks().isEmpty()) {
      return;
    }
    ObjectNode vm = app.putObject("vm");
    vm.put("boot_mode", machine == null ? null : machine.bootMode());
    vm.put("boot_source_format", machine == null ? null : machine.bootFormat());
    vm.set("disk_layout", trees.list(component.disks(), disk -> {
      ObjectNode entry = Trees.object();
      entry.put("disk_key", disk.name());
      entry.put("disk_role", disk.role());
      entry.put("source_type", disk.sourceType());
      entry.put("image", disk.image());
      entry.put("source_uri", disk.sourceUri());
      if (disk.sizeGb() != 0) {
        entry.put("size_gb", disk.sizeGb());
      }
      return entry;
    }));
  }

  private ObjectNode endpoints(Endpoints endpoints) {
    ObjectNode node = Trees.object();
    node.put("endpoints_type", endpoints.type());
    trees.named(node, "endpoints_info", endpoints.addresses());
    if (!endpoints.name().isEmpty()) {
      node.put("service_cname", endpoints.name());
    }
    return node;
  }
}

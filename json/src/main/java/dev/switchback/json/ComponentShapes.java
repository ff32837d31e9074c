// SPDX-License-Identifier: Apache-2.0
package dev.switchback.json;

import dev.switchback.model.ComponentKey;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.ConfigFile;
import dev.switchback.model.spec.Dependency;
import dev.switchback.model.spec.Endpoints;
import dev.switchback.model.spec.EnvVar;
import dev.switchback.model.spec.Extra;
import dev.switchback.model.spec.Graph;
import dev.switchback.model.spec.Image;
import dev.switchback.model.spec.KubernetesAttribute;
import dev.switchback.model.spec.Label;
import dev.switchback.model.spec.Monitor;
import dev.switchback.model.spec.Mount;
import dev.switchback.model.spec.PluginSetting;
import dev.switchback.model.spec.PluginUse;
import dev.switchback.model.spec.Port;
import dev.switchback.model.spec.Probe;
import dev.switchback.model.spec.Provenance;
import dev.switchback.model.spec.RegistryAccess;
import dev.switchback.model.spec.Scaling;
import dev.switchback.model.spec.VirtualMachine;
import dev.switchback.model.spec.VmDisk;
import dev.switchback.model.spec.Volume;
import dev.switchback.model.spec.Workload;

/** The tables of a component and its parts. */
final class ComponentShapes {

  static final Shape<Image> IMAGE = Shape.<Image>table()
      .text("reference", Image::reference)
      .orNull("digest", Codecs.DIGEST, Image::digest)
      .text("buildVersion", Image::buildVersion)
      .make(in -> new Image(in.text(), in.orNull(), in.text()));

  static final Shape<RegistryAccess> REGISTRY = Shape.<RegistryAccess>table()
      .text("address", RegistryAccess::address)
      .text("user", RegistryAccess::user)
      .setting("password", RegistryAccess::password)
      .text("namespace", RegistryAccess::namespace)
      .flag("trusted", RegistryAccess::trusted)
      .make(in -> new RegistryAccess(in.text(), in.text(), in.setting(), in.text(), in.flag()));

  static final Shape<Extra> EXTRA = Shape.<Extra>table()
      .text("name", Extra::name)
      .setting("json", Extra::json)
      .make(in -> new Extra(in.text(), in.setting()));

  private static final Shape<Scaling> SCALING = Shape.<Scaling>table()
      .integer("minReplicas", Scaling::minReplicas)
      .integer("maxReplicas", Scaling::maxReplicas)
      .integer("stepReplicas", Scaling::stepReplicas)
      .integer("minMemoryMb", Scaling::minMemoryMb)
      .integer("maxMemoryMb", Scaling::maxMemoryMb)
      .integer("stepMemoryMb", Scaling::stepMemoryMb)
      .integer("initialMemoryMb", Scaling::initialMemoryMb)
      .flag("restart", Scaling::restart)
      .make(in -> new Scaling(
          in.integer(),
          in.integer(),
          in.integer(),
          in.integer(),
          in.integer(),
          in.integer(),
          in.integer(),
          in.flag()));

  private static final Shape<Provenance> PROVENANCE = Shape.<Provenance>table()
      .text("serviceId", Provenance::serviceId)
      .text("category", Provenance::category)
      .text("language", Provenance::language)
      .text("source", Provenance::source)
      .text("type", Provenance::type)
      .text("shareType", Provenance::shareType)
      .text("sourceImage", Provenance::sourceImage)
      .text("region", Provenance::region)
      .text("tenant", Provenance::tenant)
      .text("repository", Provenance::repository)
      .text("creator", Provenance::creator)
      .text("serviceName", Provenance::serviceName)
      .make(in -> new Provenance(
          in.text(), in.text(), in.text(), in.text(), in.text(), in.text(), in.text(), in.text(),
          in.text(), in.text(), in.text(), in.text()));

  private static final Shape<EnvVar> ENV_VAR = Shape.<EnvVar>table()
      .text("name", EnvVar::name)
      .setting("value", EnvVar::value)
      .text("label", EnvVar::label)
      .flag("changeable", EnvVar::changeable)
      .integer("port", EnvVar::port)
      .make(in -> new EnvVar(in.text(), in.setting(), in.text(), in.flag(), in.integer()));

  private static final Shape<Port> PORT = Shape.<Port>table()
      .value("number", Codecs.INTEGER, Port::number)
      .text("protocol", Port::protocol)
      .text("alias", Port::alias)
      .flag("inner", Port::inner)
      .flag("outer", Port::outer)
      .text("kubernetesName", Port::kubernetesName)
      .text("name", Port::name)
      .make(in ->
          new Port(in.integer(), in.text(), in.text(), in.flag(), in.flag(), in.text(), in.text()));

  private static final Shape<Volume> VOLUME = Shape.<Volume>table()
      .text("path", Volume::path)
      .text("name", Volume::name)
      .text("type", Volume::type)
      .integer("capacityGb", Volume::capacityGb)
      .text("accessMode", Volume::accessMode)
      .text("sharePolicy", Volume::sharePolicy)
      .text("backupPolicy", Volume::backupPolicy)
      .text("provider", Volume::provider)
      .text("category", Volume::category)
      .orNull("mode", Codecs.INTEGER, Volume::mode)
      .make(in -> new Volume(
          in.text(),
          in.text(),
          in.text(),
          in.integer(),
          in.text(),
          in.text(),
          in.text(),
          in.text(),
          in.text(),
          in.orNull()));

  private static final Shape<ConfigFile> CONFIG_FILE = Shape.<ConfigFile>table()
      .text("path", ConfigFile::path)
      .text("name", ConfigFile::name)
      .setting("content", ConfigFile::content)
      .orNull("mode", Codecs.INTEGER, ConfigFile::mode)
      .make(in -> new ConfigFile(in.text(), in.text(), in.setting(), in.orNull()));

  static final Shape<Probe> PROBE = probe(Codecs.TEXT);

  /**
   * Makes the shape of probes.
   *
   * @param open the codec of the texts that people may have written a secret into
   */
  static Shape<Probe> probe(Codec<String> open) {
    return Shape.<Probe>table()
        .text("mode", Probe::mode)
        .text("scheme", Probe::scheme)
        .text("path", open, Probe::path)
        .integer("port", Probe::port)
        .text("command", open, Probe::command)
        .text("httpHeader", open, Probe::httpHeader)
        .integer("initialDelaySeconds", Probe::initialDelaySeconds)
        .integer("periodSeconds", Probe::periodSeconds)
        .integer("timeoutSeconds", Probe::timeoutSeconds)
        .integer("failureThreshold", Probe::failureThreshold)
        .integer("successThreshold", Probe::successThreshold)
        .flag("used", Probe::used)
        .make(in -> new Probe(
            in.text(),
            in.text(),
            in.text(),
            in.integer(),
            in.text(),
            in.text(),
            in.integer(),
            in.integer(),
            in.integer(),
            in.integer(),
            in.integer(),
            in.flag()));
  }

  private static final Shape<Dependency> DEPENDENCY = Shape.<Dependency>table()
      .value("provider", Codecs.COMPONENT_KEY, Dependency::provider)
      .make(in -> new Dependency(in.value()));

  private static final Shape<Mount> MOUNT = Shape.<Mount>table()
      .value("provider", Codecs.COMPONENT_KEY, Mount::provider)
      .text("volumeName", Mount::volumeName)
      .text("path", Mount::path)
      .make(in -> new Mount(in.value(), in.text(), in.text()));

  private static final Shape<PluginSetting> PLUGIN_SETTING = Shape.<PluginSetting>table()
      .text("kind", PluginSetting::kind)
      .text("injection", PluginSetting::injection)
      .integer("port", PluginSetting::port)
      .text("protocol", PluginSetting::protocol)
      .text("destination", PluginSetting::destination)
      .setting("values", PluginSetting::values)
      .make(in -> new PluginSetting(
          in.text(), in.text(), in.integer(), in.text(), in.text(), in.setting()));

  private static final Shape<PluginUse> PLUGIN_USE = Shape.<PluginUse>table()
      .text("plugin", PluginUse::plugin)
      .text("buildVersion", PluginUse::buildVersion)
      .flag("enabled", PluginUse::enabled)
      .integer("memoryMb", PluginUse::memoryMb)
      .integer("cpuMillis", PluginUse::cpuMillis)
      .keyed("settings", PLUGIN_SETTING, PluginUse::settings)
      .make(in ->
          new PluginUse(in.text(), in.text(), in.flag(), in.integer(), in.integer(), in.keyed()));

  private static final Shape<Monitor> MONITOR = Shape.<Monitor>table()
      .text("name", Monitor::name)
      .text("showName", Monitor::showName)
      .text("path", Monitor::path)
      .integer("port", Monitor::port)
      .text("interval", Monitor::interval)
      .make(in -> new Monitor(in.text(), in.text(), in.text(), in.integer(), in.text()));

  private static final Shape<Graph> GRAPH = Shape.<Graph>table()
      .text("title", Graph::title)
      .text("query", Graph::query)
      .integer("sequence", Graph::sequence)
      .make(in -> new Graph(in.text(), in.text(), in.integer()));

  private static final Shape<Label> LABEL = Shape.<Label>table()
      .text("name", Label::name)
      .text("value", Label::value)
      .make(in -> new Label(in.text(), in.text()));

  private static final Shape<KubernetesAttribute> KUBERNETES_ATTRIBUTE =
      Shape.<KubernetesAttribute>table()
          .text("name", KubernetesAttribute::name)
          .text("format", KubernetesAttribute::format)
          .setting("value", KubernetesAttribute::value)
          .make(in -> new KubernetesAttribute(in.text(), in.text(), in.setting()));

  private static final Shape<VirtualMachine> VIRTUAL_MACHINE = Shape.<VirtualMachine>table()
      .text("bootMode", VirtualMachine::bootMode)
      .text("bootFormat", VirtualMachine::bootFormat)
      .make(in -> new VirtualMachine(in.text(), in.text()));

  private static final Shape<VmDisk> VM_DISK = Shape.<VmDisk>table()
      .text("name", VmDisk::name)
      .text("role", VmDisk::role)
      .text("sourceType", VmDisk::sourceType)
      .text("image", VmDisk::image)
      .text("sourceUri", VmDisk::sourceUri)
      .integer("sizeGb", VmDisk::sizeGb)
      .make(in -> new VmDisk(in.text(), in.text(), in.text(), in.text(), in.text(), in.integer()));

  private static final Shape<Endpoints> ENDPOINTS = Shape.<Endpoints>table()
      .text("type", Endpoints::type)
      .setting("addresses", Endpoints::addresses)
      .text("name", Endpoints::name)
      .make(in -> new Endpoints(in.text(), in.setting(), in.text()));

  static final Shape<Component> COMPONENT = Shape.<Component>table()
      .value("key", Codecs.COMPONENT_KEY, Component::id)
      .text("shareUuid", Component::shareUuid)
      .text("name", Component::name)
      .text("alias", Component::alias)
      .text("kubernetesName", Component::kubernetesName)
      .text("workload", component -> component.workload().code())
      .part("image", IMAGE, Component::image)
      .text("command", Component::command)
      .text("versionLabel", Component::versionLabel)
      .text("arch", Component::arch)
      .integer("memoryMb", Component::memoryMb)
      .integer("cpuMillis", Component::cpuMillis)
      .part("scaling", SCALING, Component::scaling)
      .part("registry", REGISTRY, Component::registry)
      .part("provenance", PROVENANCE, Component::provenance)
      .keyed("env", ENV_VAR, Component::env)
      .keyed("connections", ENV_VAR, Component::connections)
      .keyed("ports", PORT, Component::ports)
      .keyed("volumes", VOLUME, Component::volumes)
      .keyed("configFiles", CONFIG_FILE, Component::configFiles)
      .keyed("probes", PROBE, Component::probes)
      .keyed("dependencies", DEPENDENCY, Component::dependencies)
      .keyed("mounts", MOUNT, Component::mounts)
      .keyed("plugins", PLUGIN_USE, Component::plugins)
      .keyed("monitors", MONITOR, Component::monitors)
      .keyed("graphs", GRAPH, Component::graphs)
      .keyed("labels", LABEL, Component::labels)
      .keyed("kubernetesAttributes", KUBERNETES_ATTRIBUTE, Component::kubernetesAttributes)
      .optional("virtualMachine", VIRTUAL_MACHINE, Component::virtualMachine)
      .keyed("disks", VM_DISK, Component::disks)
      .optional("endpoints", ENDPOINTS, Component::endpoints)
      .keyed("extras", EXTRA, Component::extras)
      .make(ComponentShapes::component);

  private ComponentShapes() {}

  private static Component component(Row in) {
    return Component.builder(in.<ComponentKey>value())
        .shareUuid(in.text())
        .name(in.text())
        .alias(in.text())
        .kubernetesName(in.text())
        .workload(new Workload(in.text()))
        .image(in.value())
        .command(in.text())
        .versionLabel(in.text())
        .arch(in.text())
        .memoryMb(in.integer())
        .cpuMillis(in.integer())
        .scaling(in.value())
        .registry(in.value())
        .provenance(in.value())
        .env(in.keyed())
        .connections(in.keyed())
        .ports(in.keyed())
        .volumes(in.keyed())
        .configFiles(in.keyed())
        .probes(in.keyed())
        .dependencies(in.keyed())
        .mounts(in.keyed())
        .plugins(in.keyed())
        .monitors(in.keyed())
        .graphs(in.keyed())
        .labels(in.keyed())
        .kubernetesAttributes(in.keyed())
        .virtualMachine(in.orNull())
        .disks(in.keyed())
        .endpoints(in.orNull())
        .extras(in.keyed())
        .build();
  }
}

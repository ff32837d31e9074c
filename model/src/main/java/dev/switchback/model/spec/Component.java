// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model.spec;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.ComponentKey;
import dev.switchback.model.Keyed;
import dev.switchback.model.internal.Check;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One component of a template or app: an artifact and everything that decides how it runs.
 *
 * <p>Immutable; {@link #builder} makes one, {@link #toBuilder} a changed copy. Two components are equal
 * when every property is.
 *
 * <p>Source: RAM {@code apps[]}.
 */
public final class Component implements Keyed.Item {

  private final ComponentKey key;
  private final String shareUuid;
  private final String name;
  private final String alias;
  private final String kubernetesName;
  private final Workload workload;
  private final Image image;
  private final String command;
  private final String versionLabel;
  private final String arch;
  private final int memoryMb;
  private final int cpuMillis;
  private final Scaling scaling;
  private final RegistryAccess registry;
  private final Provenance provenance;
  private final Keyed<EnvVar> env;
  private final Keyed<EnvVar> connections;
  private final Keyed<Port> ports;
  private final Keyed<Volume> volumes;
  private final Keyed<ConfigFile> configFiles;
  private final Keyed<Probe> probes;
  private final Keyed<Dependency> dependencies;
  private final Keyed<Mount> mounts;
  private final Keyed<PluginUse> plugins;
  private final Keyed<Monitor> monitors;
  private final Keyed<Graph> graphs;
  private final Keyed<Label> labels;
  private final Keyed<KubernetesAttribute> kubernetesAttributes;
  private final @Nullable VirtualMachine virtualMachine;
  private final Keyed<VmDisk> disks;
  private final @Nullable Endpoints endpoints;
  private final Keyed<Extra> extras;
  private int hash;

  private Component(Builder builder) {
    this.key = builder.key;
    this.shareUuid = builder.shareUuid;
    this.name = builder.name;
    this.alias = builder.alias;
    this.kubernetesName = builder.kubernetesName;
    this.workload = builder.workload;
    this.image = builder.image;
    this.command = builder.command;
    this.versionLabel = builder.versionLabel;
    this.arch = builder.arch;
    this.memoryMb = builder.memoryMb;
    this.cpuMillis = builder.cpuMillis;
    this.scaling = builder.scaling;
    this.registry = builder.registry;
    this.provenance = builder.provenance;
    this.env = builder.env;
    this.connections = builder.connections;
    this.ports = builder.ports;
    this.volumes = builder.volumes;
    this.configFiles = builder.configFiles;
    this.probes = builder.probes;
    this.dependencies = builder.dependencies;
    this.mounts = builder.mounts;
    this.plugins = builder.plugins;
    this.monitors = builder.monitors;
    this.graphs = builder.graphs;
    this.labels = builder.labels;
    this.kubernetesAttributes = builder.kubernetesAttributes;
    this.virtualMachine = builder.virtualMachine;
    this.disks = builder.disks;
    this.endpoints = builder.endpoints;
    this.extras = builder.extras;
  }

  /** Starts a component with {@code key} and nothing else. */
  public static Builder builder(ComponentKey key) {
    return new Builder(key);
  }

  /** Starts a component with {@code key}, text of a component key, and nothing else. */
  public static Builder builder(String key) {
    return builder(new ComponentKey(key));
  }

  /** Starts a changed copy of this component. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** Returns the key, stable across versions: the RAM field {@code service_key}. */
  public ComponentKey id() {
    return key;
  }

  /** Returns the text of {@link #id()}, by which components are kept in a collection. */
  @Override
  public String key() {
    return key.value();
  }

  /** Returns the second identity, {@code service_share_uuid}, "X+Y" with Y the source component; empty if absent. */
  public String shareUuid() {
    return shareUuid;
  }

  /** Returns what a person calls it, {@code service_cname}. */
  public String name() {
    return name;
  }

  /** Returns the short name, {@code service_alias}; may be empty. */
  public String alias() {
    return alias;
  }

  /** Returns the name inside the cluster, {@code k8s_component_name}; may be empty. */
  public String kubernetesName() {
    return kubernetesName;
  }

  /** Returns how it runs, {@code extend_method}. */
  public Workload workload() {
    return workload;
  }

  /** Returns the artifact it runs. */
  public Image image() {
    return image;
  }

  /** Returns the start command, {@code cmd}; empty for the one in the image. */
  public String command() {
    return command;
  }

  /** Returns the version of the software inside, {@code version}; a label only. */
  public String versionLabel() {
    return versionLabel;
  }

  /** Returns the processor architecture, {@code arch}; empty for any. */
  public String arch() {
    return arch;
  }

  /** Returns the memory of one instance in MB; 0 for no limit. */
  public int memoryMb() {
    return memoryMb;
  }

  /** Returns the cpu of one instance in thousandths of a core; 0 for no limit. */
  public int cpuMillis() {
    return cpuMillis;
  }

  /** Returns the number of instances and its bounds. */
  public Scaling scaling() {
    return scaling;
  }

  /** Returns how its image is fetched, {@code service_image}. */
  public RegistryAccess registry() {
    return registry;
  }

  /** Returns where it comes from. */
  public Provenance provenance() {
    return provenance;
  }

  /** Returns the environment variables inside it. */
  public Keyed<EnvVar> env() {
    return env;
  }

  /** Returns the values it hands to the components that depend on it. */
  public Keyed<EnvVar> connections() {
    return connections;
  }

  /** Returns the ports it listens on. */
  public Keyed<Port> ports() {
    return ports;
  }

  /** Returns its storage volumes. */
  public Keyed<Volume> volumes() {
    return volumes;
  }

  /** Returns its configuration files. */
  public Keyed<ConfigFile> configFiles() {
    return configFiles;
  }

  /** Returns its health probes. */
  public Keyed<Probe> probes() {
    return probes;
  }

  /** Returns the components it needs. */
  public Keyed<Dependency> dependencies() {
    return dependencies;
  }

  /** Returns the volumes of others that it mounts. */
  public Keyed<Mount> mounts() {
    return mounts;
  }

  /** Returns the plugins it uses. */
  public Keyed<PluginUse> plugins() {
    return plugins;
  }

  /** Returns its metrics end points. */
  public Keyed<Monitor> monitors() {
    return monitors;
  }

  /** Returns its monitoring charts. */
  public Keyed<Graph> graphs() {
    return graphs;
  }

  /** Returns its labels. */
  public Keyed<Label> labels() {
    return labels;
  }

  /** Returns its Kubernetes settings. */
  public Keyed<KubernetesAttribute> kubernetesAttributes() {
    return kubernetesAttributes;
  }

  /** Returns how it boots, if it is a virtual machine. */
  public Optional<VirtualMachine> virtualMachine() {
    return Optional.ofNullable(virtualMachine);
  }

  /** Returns its virtual machine disks. */
  public Keyed<VmDisk> disks() {
    return disks;
  }

  /** Returns where it is reached, if it runs outside the platform. */
  public Optional<Endpoints> endpoints() {
    return Optional.ofNullable(endpoints);
  }

  /** Returns its fields without a type. */
  public Keyed<Extra> extras() {
    return extras;
  }

  /** Returns the name if there is one, else the text of the key: what to call it in a message. */
  public String displayName() {
    return name.isEmpty() ? key() : name;
  }

  @Override
  public boolean equals(Object other) {
    if (this == other) {
      return true;
    }
    return other instanceof Component that
        && key.equals(that.key)
        && image.equals(that.image)
        && env.equals(that.env)
        && command.equals(that.command)
        && ports.equals(that.ports)
        && connections.equals(that.connections)
        && memoryMb == that.memoryMb
        && cpuMillis == that.cpuMillis
        && volumes.equals(that.volumes)
        && configFiles.equals(that.configFiles)
        && probes.equals(that.probes)
        && dependencies.equals(that.dependencies)
        && mounts.equals(that.mounts)
        && shareUuid.equals(that.shareUuid)
        && name.equals(that.name)
        && alias.equals(that.alias)
        && kubernetesName.equals(that.kubernetesName)
        && workload.equals(that.workload)
        && versionLabel.equals(that.versionLabel)
        && arch.equals(that.arch)
        && scaling.equals(that.scaling)
        && registry.equals(that.registry)
        && provenance.equals(that.provenance)
        && plugins.equals(that.plugins)
        && monitors.equals(that.monitors)
        && graphs.equals(that.graphs)
        && labels.equals(that.labels)
        && kubernetesAttributes.equals(that.kubernetesAttributes)
        && Objects.equals(virtualMachine, that.virtualMachine)
        && disks.equals(that.disks)
        && Objects.equals(endpoints, that.endpoints)
        && extras.equals(that.extras);
  }

  @Override
  public int hashCode() {
    if (hash == 0) {
      hash = Objects.hash(
          key,
          shareUuid,
          name,
          alias,
          kubernetesName,
          workload,
          image,
          command,
          versionLabel,
          arch,
          memoryMb,
          cpuMillis,
          scaling,
          registry,
          provenance,
          env,
          connections,
          ports,
          volumes,
          configFiles,
          probes,
          dependencies,
          mounts,
          plugins,
          monitors,
          graphs,
          labels,
          kubernetesAttributes,
          virtualMachine,
          disks,
          endpoints,
          extras);
    }
    return hash;
  }

  /** Returns the display name and the key; no property, so no secret. */
  @Override
  public String toString() {
    return name.isEmpty() || name.equals(key()) ? key() : name + " (" + key() + ")";
  }

  /** Collects the parts of a component; everything not set keeps its empty default. */
  public static final class Builder {

    private ComponentKey key;
    private String shareUuid = "";
    private String name = "";
    private String alias = "";
    private String kubernetesName = "";
    private Workload workload = Workload.stateless();
    private Image image = Image.of("");
    private String command = "";
    private String versionLabel = "";
    private String arch = "";
    private int memoryMb = 0;
    private int cpuMillis = 0;
    private Scaling scaling = Scaling.one();
    private RegistryAccess registry = RegistryAccess.none();
    private Provenance provenance = Provenance.unknown();
    private Keyed<EnvVar> env = Keyed.empty();
    private Keyed<EnvVar> connections = Keyed.empty();
    private Keyed<Port> ports = Keyed.empty();
    private Keyed<Volume> volumes = Keyed.empty();
    private Keyed<ConfigFile> configFiles = Keyed.empty();
    private Keyed<Probe> probes = Keyed.empty();
    private Keyed<Dependency> dependencies = Keyed.empty();
    private Keyed<Mount> mounts = Keyed.empty();
    private Keyed<PluginUse> plugins = Keyed.empty();
    private Keyed<Monitor> monitors = Keyed.empty();
    private Keyed<Graph> graphs = Keyed.empty();
    private Keyed<Label> labels = Keyed.empty();
    private Keyed<KubernetesAttribute> kubernetesAttributes = Keyed.empty();
    private @Nullable VirtualMachine virtualMachine;
    private Keyed<VmDisk> disks = Keyed.empty();
    private @Nullable Endpoints endpoints;
    private Keyed<Extra> extras = Keyed.empty();

    private Builder(ComponentKey key) {
      this.key = requireNonNull(key, "key");
    }

    private Builder(Component component) {
      this.key = component.key;
      this.shareUuid = component.shareUuid;
      this.name = component.name;
      this.alias = component.alias;
      this.kubernetesName = component.kubernetesName;
      this.workload = component.workload;
      this.image = component.image;
      this.command = component.command;
      this.versionLabel = component.versionLabel;
      this.arch = component.arch;
      this.memoryMb = component.memoryMb;
      this.cpuMillis = component.cpuMillis;
      this.scaling = component.scaling;
      this.registry = component.registry;
      this.provenance = component.provenance;
      this.env = component.env;
      this.connections = component.connections;
      this.ports = component.ports;
      this.volumes = component.volumes;
      this.configFiles = component.configFiles;
      this.probes = component.probes;
      this.dependencies = component.dependencies;
      this.mounts = component.mounts;
      this.plugins = component.plugins;
      this.monitors = component.monitors;
      this.graphs = component.graphs;
      this.labels = component.labels;
      this.kubernetesAttributes = component.kubernetesAttributes;
      this.virtualMachine = component.virtualMachine;
      this.disks = component.disks;
      this.endpoints = component.endpoints;
      this.extras = component.extras;
    }

    /** Sets the key. */
    public Builder key(ComponentKey key) {
      this.key = requireNonNull(key, "key");
      return this;
    }

    /** Sets the second identity, {@code service_share_uuid}, "X+Y" with Y the source component; empty if absent. */
    public Builder shareUuid(String shareUuid) {
      this.shareUuid = requireNonNull(shareUuid, "shareUuid");
      return this;
    }

    /** Sets what a person calls it, {@code service_cname}. */
    public Builder name(String name) {
      this.name = requireNonNull(name, "name");
      return this;
    }

    /** Sets the short name, {@code service_alias}; may be empty. */
    public Builder alias(String alias) {
      this.alias = requireNonNull(alias, "alias");
      return this;
    }

    /** Sets the name inside the cluster, {@code k8s_component_name}; may be empty. */
    public Builder kubernetesName(String kubernetesName) {
      this.kubernetesName = requireNonNull(kubernetesName, "kubernetesName");
      return this;
    }

    /** Sets how it runs, {@code extend_method}. */
    public Builder workload(Workload workload) {
      this.workload = requireNonNull(workload, "workload");
      return this;
    }

    /** Sets the artifact it runs. */
    public Builder image(Image image) {
      this.image = requireNonNull(image, "image");
      return this;
    }

    /** Sets the start command, {@code cmd}; empty for the one in the image. */
    public Builder command(String command) {
      this.command = requireNonNull(command, "command");
      return this;
    }

    /** Sets the version of the software inside, {@code version}; a label only. */
    public Builder versionLabel(String versionLabel) {
      this.versionLabel = requireNonNull(versionLabel, "versionLabel");
      return this;
    }

    /** Sets the processor architecture, {@code arch}; empty for any. */
    public Builder arch(String arch) {
      this.arch = requireNonNull(arch, "arch");
      return this;
    }

    /** Sets the memory of one instance in MB; 0 for no limit. */
    public Builder memoryMb(int memoryMb) {
      this.memoryMb = Check.notNegative(memoryMb, "memoryMb");
      return this;
    }

    /** Sets the cpu of one instance in thousandths of a core; 0 for no limit. */
    public Builder cpuMillis(int cpuMillis) {
      this.cpuMillis = Check.notNegative(cpuMillis, "cpuMillis");
      return this;
    }

    /** Sets the number of instances and its bounds. */
    public Builder scaling(Scaling scaling) {
      this.scaling = requireNonNull(scaling, "scaling");
      return this;
    }

    /** Sets how its image is fetched, {@code service_image}. */
    public Builder registry(RegistryAccess registry) {
      this.registry = requireNonNull(registry, "registry");
      return this;
    }

    /** Sets where it comes from. */
    public Builder provenance(Provenance provenance) {
      this.provenance = requireNonNull(provenance, "provenance");
      return this;
    }

    /** Sets the environment variables inside it. */
    public Builder env(Keyed<EnvVar> env) {
      this.env = requireNonNull(env, "env");
      return this;
    }

    /** Sets the values it hands to the components that depend on it. */
    public Builder connections(Keyed<EnvVar> connections) {
      this.connections = requireNonNull(connections, "connections");
      return this;
    }

    /** Sets the ports it listens on. */
    public Builder ports(Keyed<Port> ports) {
      this.ports = requireNonNull(ports, "ports");
      return this;
    }

    /** Sets its storage volumes. */
    public Builder volumes(Keyed<Volume> volumes) {
      this.volumes = requireNonNull(volumes, "volumes");
      return this;
    }

    /** Sets its configuration files. */
    public Builder configFiles(Keyed<ConfigFile> configFiles) {
      this.configFiles = requireNonNull(configFiles, "configFiles");
      return this;
    }

    /** Sets its health probes. */
    public Builder probes(Keyed<Probe> probes) {
      this.probes = requireNonNull(probes, "probes");
      return this;
    }

    /** Sets the components it needs. */
    public Builder dependencies(Keyed<Dependency> dependencies) {
      this.dependencies = requireNonNull(dependencies, "dependencies");
      return this;
    }

    /** Sets the volumes of others that it mounts. */
    public Builder mounts(Keyed<Mount> mounts) {
      this.mounts = requireNonNull(mounts, "mounts");
      return this;
    }

    /** Sets the plugins it uses. */
    public Builder plugins(Keyed<PluginUse> plugins) {
      this.plugins = requireNonNull(plugins, "plugins");
      return this;
    }

    /** Sets its metrics end points. */
    public Builder monitors(Keyed<Monitor> monitors) {
      this.monitors = requireNonNull(monitors, "monitors");
      return this;
    }

    /** Sets its monitoring charts. */
    public Builder graphs(Keyed<Graph> graphs) {
      this.graphs = requireNonNull(graphs, "graphs");
      return this;
    }

    /** Sets its labels. */
    public Builder labels(Keyed<Label> labels) {
      this.labels = requireNonNull(labels, "labels");
      return this;
    }

    /** Sets its Kubernetes settings. */
    public Builder kubernetesAttributes(Keyed<KubernetesAttribute> kubernetesAttributes) {
      this.kubernetesAttributes = requireNonNull(kubernetesAttributes, "kubernetesAttributes");
      return this;
    }

    /** Sets how it boots, if it is a virtual machine. */
    public Builder virtualMachine(@Nullable VirtualMachine virtualMachine) {
      this.virtualMachine = virtualMachine;
      return this;
    }

    /** Sets its virtual machine disks. */
    public Builder disks(Keyed<VmDisk> disks) {
      this.disks = requireNonNull(disks, "disks");
      return this;
    }

    /** Sets where it is reached, if it runs outside the platform. */
    public Builder endpoints(@Nullable Endpoints endpoints) {
      this.endpoints = endpoints;
      return this;
    }

    /** Sets its fields without a type. */
    public Builder extras(Keyed<Extra> extras) {
      this.extras = requireNonNull(extras, "extras");
      return this;
    }

    /** Returns the finished value. */
    public Component build() {
      return new Component(this);
    }
  }
}

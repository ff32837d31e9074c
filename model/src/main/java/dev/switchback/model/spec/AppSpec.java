// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model.spec;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.ComponentKey;
import dev.switchback.model.Keyed;
import java.util.Objects;
import java.util.Optional;

/**
 * What a template version contains, and what an installed app consists of: components and what they
 * share.
 *
 * <p>Immutable; {@link #builder} makes one, {@link #toBuilder} a changed copy.
 *
 * <p>Source: the RAM document, without its head (which is in {@code TemplateVersion}).
 */
public final class AppSpec {

  private final String governanceMode;
  private final Keyed<Component> components;
  private final Keyed<Plugin> plugins;
  private final Keyed<ConfigGroup> configGroups;
  private final Keyed<ConfigItem> configItems;
  private final Keyed<ConfigMember> configMembers;
  private final Keyed<HttpRoute> httpRoutes;
  private final Keyed<StreamRoute> streamRoutes;
  private final Keyed<KubernetesResource> kubernetesResources;
  private final Keyed<Extra> extras;
  private int hash;

  private AppSpec(Builder builder) {
    this.governanceMode = builder.governanceMode;
    this.components = builder.components;
    this.plugins = builder.plugins;
    this.configGroups = builder.configGroups;
    this.configItems = builder.configItems;
    this.configMembers = builder.configMembers;
    this.httpRoutes = builder.httpRoutes;
    this.streamRoutes = builder.streamRoutes;
    this.kubernetesResources = builder.kubernetesResources;
    this.extras = builder.extras;
  }

  /** Starts a spec without anything. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns the spec without anything. */
  public static AppSpec empty() {
    return builder().build();
  }

  /** Starts a changed copy of this spec. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** Returns the component with {@code key}, or empty if there is none. */
  public Optional<Component> component(ComponentKey key) {
    return components.find(key.value());
  }

  /** Returns how components find each other, {@code governance_mode}; may be empty. */
  public String governanceMode() {
    return governanceMode;
  }

  /** Returns the components, {@code apps}. */
  public Keyed<Component> components() {
    return components;
  }

  /** Returns the plugins, {@code plugins}. */
  public Keyed<Plugin> plugins() {
    return plugins;
  }

  /** Returns the config groups, {@code app_config_groups}. */
  public Keyed<ConfigGroup> configGroups() {
    return configGroups;
  }

  /** Returns the values of all config groups. */
  public Keyed<ConfigItem> configItems() {
    return configItems;
  }

  /** Returns the members of all config groups. */
  public Keyed<ConfigMember> configMembers() {
    return configMembers;
  }

  /** Returns the HTTP routes, {@code ingress_http_routes}. */
  public Keyed<HttpRoute> httpRoutes() {
    return httpRoutes;
  }

  /** Returns the TCP and UDP routes, {@code ingress_stream_routes}. */
  public Keyed<StreamRoute> streamRoutes() {
    return streamRoutes;
  }

  /** Returns the Kubernetes manifests, {@code k8s_resources}. */
  public Keyed<KubernetesResource> kubernetesResources() {
    return kubernetesResources;
  }

  /** Returns the fields without a type. */
  public Keyed<Extra> extras() {
    return extras;
  }

  @Override
  public boolean equals(Object other) {
    if (this == other) {
      return true;
    }
    return other instanceof AppSpec that
        && governanceMode.equals(that.governanceMode)
        && components.equals(that.components)
        && plugins.equals(that.plugins)
        && configGroups.equals(that.configGroups)
        && configItems.equals(that.configItems)
        && configMembers.equals(that.configMembers)
        && httpRoutes.equals(that.httpRoutes)
        && streamRoutes.equals(that.streamRoutes)
        && kubernetesResources.equals(that.kubernetesResources)
        && extras.equals(that.extras);
  }

  @Override
  public int hashCode() {
    if (hash == 0) {
      hash = Objects.hash(
          governanceMode,
          components,
          plugins,
          configGroups,
          configItems,
          configMembers,
          httpRoutes,
          streamRoutes,
          kubernetesResources,
          extras);
    }
    return hash;
  }

  /** Returns the number of components; no property, so no secret. */
  @Override
  public String toString() {
    return "spec of " + components.size() + " components";
  }

  /** Collects the parts of a spec; everything not set keeps its empty default. */
  public static final class Builder {

    private String governanceMode = "";
    private Keyed<Component> components = Keyed.empty();
    private Keyed<Plugin> plugins = Keyed.empty();
    private Keyed<ConfigGroup> configGroups = Keyed.empty();
    private Keyed<ConfigItem> configItems = Keyed.empty();
    private Keyed<ConfigMember> configMembers = Keyed.empty();
    private Keyed<HttpRoute> httpRoutes = Keyed.empty();
    private Keyed<StreamRoute> streamRoutes = Keyed.empty();
    private Keyed<KubernetesResource> kubernetesResources = Keyed.empty();
    private Keyed<Extra> extras = Keyed.empty();

    private Builder() {}

    private Builder(AppSpec spec) {
      this.governanceMode = spec.governanceMode;
      this.components = spec.components;
      this.plugins = spec.plugins;
      this.configGroups = spec.configGroups;
      this.configItems = spec.configItems;
      this.configMembers = spec.configMembers;
      this.httpRoutes = spec.httpRoutes;
      this.streamRoutes = spec.streamRoutes;
      this.kubernetesResources = spec.kubernetesResources;
      this.extras = spec.extras;
    }

    /** Sets how components find each other, {@code governance_mode}; may be empty. */
    public Builder governanceMode(String governanceMode) {
      this.governanceMode = requireNonNull(governanceMode, "governanceMode");
      return this;
    }

    /** Sets the components, {@code apps}. */
    public Builder components(Keyed<Component> components) {
      this.components = requireNonNull(components, "components");
      return this;
    }

    /** Sets the plugins, {@code plugins}. */
    public Builder plugins(Keyed<Plugin> plugins) {
      this.plugins = requireNonNull(plugins, "plugins");
      return this;
    }

    /** Sets the config groups, {@code app_config_groups}. */
    public Builder configGroups(Keyed<ConfigGroup> configGroups) {
      this.configGroups = requireNonNull(configGroups, "configGroups");
      return this;
    }

    /** Sets the values of all config groups. */
    public Builder configItems(Keyed<ConfigItem> configItems) {
      this.configItems = requireNonNull(configItems, "configItems");
      return this;
    }

    /** Sets the members of all config groups. */
    public Builder configMembers(Keyed<ConfigMember> configMembers) {
      this.configMembers = requireNonNull(configMembers, "configMembers");
      return this;
    }

    /** Sets the HTTP routes, {@code ingress_http_routes}. */
    public Builder httpRoutes(Keyed<HttpRoute> httpRoutes) {
      this.httpRoutes = requireNonNull(httpRoutes, "httpRoutes");
      return this;
    }

    /** Sets the TCP and UDP routes, {@code ingress_stream_routes}. */
    public Builder streamRoutes(Keyed<StreamRoute> streamRoutes) {
      this.streamRoutes = requireNonNull(streamRoutes, "streamRoutes");
      return this;
    }

    /** Sets the Kubernetes manifests, {@code k8s_resources}. */
    public Builder kubernetesResources(Keyed<KubernetesResource> kubernetesResources) {
      this.kubernetesResources = requireNonNull(kubernetesResources, "kubernetesResources");
      return this;
    }

    /** Sets the fields without a type. */
    public Builder extras(Keyed<Extra> extras) {
      this.extras = requireNonNull(extras, "extras");
      return this;
    }

    /** Returns the finished value. */
    public AppSpec build() {
      return new AppSpec(this);
    }
  }
}

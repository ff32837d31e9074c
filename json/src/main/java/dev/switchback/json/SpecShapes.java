// SPDX-License-Identifier: Apache-2.0
package dev.switchback.json;

import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.ConfigGroup;
import dev.switchback.model.spec.ConfigItem;
import dev.switchback.model.spec.ConfigMember;
import dev.switchback.model.spec.HttpRoute;
import dev.switchback.model.spec.KubernetesResource;
import dev.switchback.model.spec.Plugin;
import dev.switchback.model.spec.PluginConfigGroup;
import dev.switchback.model.spec.PluginOption;
import dev.switchback.model.spec.StreamRoute;

/** The tables of a spec and of what its components share. */
final class SpecShapes {

  private static final Shape<PluginOption> PLUGIN_OPTION = Shape.<PluginOption>table()
      .text("name", PluginOption::name)
      .text("type", PluginOption::type)
      .setting("defaultValue", PluginOption::defaultValue)
      .text("alternatives", PluginOption::alternatives)
      .text("info", PluginOption::info)
      .text("protocol", PluginOption::protocol)
      .flag("changeable", PluginOption::changeable)
      .make(in -> new PluginOption(
          in.text(), in.text(), in.setting(), in.text(), in.text(), in.text(), in.flag()));

  private static final Shape<PluginConfigGroup> PLUGIN_CONFIG_GROUP =
      Shape.<PluginConfigGroup>table()
          .text("name", PluginConfigGroup::name)
          .text("kind", PluginConfigGroup::kind)
          .text("injection", PluginConfigGroup::injection)
          .keyed("options", PLUGIN_OPTION, PluginConfigGroup::options)
          .make(in -> new PluginConfigGroup(in.text(), in.text(), in.text(), in.keyed()));

  private static final Shape<Plugin> PLUGIN = Shape.<Plugin>table()
      .text("name", Plugin::name)
      .text("alias", Plugin::alias)
      .text("category", Plugin::category)
      .text("description", Plugin::description)
      .part("image", ComponentShapes.IMAGE, Plugin::image)
      .text("buildSource", Plugin::buildSource)
      .text("repository", Plugin::repository)
      .text("origin", Plugin::origin)
      .part("registry", ComponentShapes.REGISTRY, Plugin::registry)
      .integer("memoryMb", Plugin::memoryMb)
      .integer("cpuMillis", Plugin::cpuMillis)
      .keyed("configGroups", PLUGIN_CONFIG_GROUP, Plugin::configGroups)
      .keyed("extras", ComponentShapes.EXTRA, Plugin::extras)
      .make(in -> new Plugin(
          in.text(),
          in.text(),
          in.text(),
          in.text(),
          in.value(),
          in.text(),
          in.text(),
          in.text(),
          in.value(),
          in.integer(),
          in.integer(),
          in.keyed(),
          in.keyed()));

  private static final Shape<ConfigGroup> CONFIG_GROUP = Shape.<ConfigGroup>table()
      .text("name", ConfigGroup::name)
      .text("injection", ConfigGroup::injection)
      .flagOn("enabled", ConfigGroup::enabled)
      .make(in -> new ConfigGroup(in.text(), in.text(), in.flag()));

  private static final Shape<ConfigItem> CONFIG_ITEM = Shape.<ConfigItem>table()
      .text("group", ConfigItem::group)
      .text("name", ConfigItem::name)
      .setting("value", ConfigItem::value)
      .make(in -> new ConfigItem(in.text(), in.text(), in.setting()));

  private static final Shape<ConfigMember> CONFIG_MEMBER = Shape.<ConfigMember>table()
      .text("group", ConfigMember::group)
      .value("component", Codecs.COMPONENT_KEY, ConfigMember::component)
      .make(in -> new ConfigMember(in.text(), in.value()));

  private static final Shape<HttpRoute> HTTP_ROUTE = Shape.<HttpRoute>table()
      .value("component", Codecs.COMPONENT_KEY, HttpRoute::component)
      .integer("port", HttpRoute::port)
      .text("domain", HttpRoute::domain)
      .flag("defaultDomain", HttpRoute::defaultDomain)
      .text("location", HttpRoute::location)
      .map("headers", Codecs.TEXT, HttpRoute::headers)
      .map("cookies", Codecs.TEXT, HttpRoute::cookies)
      .flag("ssl", HttpRoute::ssl)
      .text("loadBalancing", HttpRoute::loadBalancing)
      .orNull("connectionTimeoutSeconds", Codecs.INTEGER, HttpRoute::connectionTimeoutSeconds)
      .orNull("requestTimeoutSeconds", Codecs.INTEGER, HttpRoute::requestTimeoutSeconds)
      .orNull("responseTimeoutSeconds", Codecs.INTEGER, HttpRoute::responseTimeoutSeconds)
      .orNull("bodyLimitMb", Codecs.INTEGER, HttpRoute::bodyLimitMb)
      .flag("proxyBuffering", HttpRoute::proxyBuffering)
      .orNull("proxyBuffers", Codecs.INTEGER, HttpRoute::proxyBuffers)
      .orNull("proxyBufferKb", Codecs.INTEGER, HttpRoute::proxyBufferKb)
      .flag("webSocket", HttpRoute::webSocket)
      .flag("pathRewrite", HttpRoute::pathRewrite)
      .text("rewrites", HttpRoute::rewrites)
      .map("proxyHeaders", Codecs.TEXT, HttpRoute::proxyHeaders)
      .make(in -> new HttpRoute(
          in.value(),
          in.integer(),
          in.text(),
          in.flag(),
          in.text(),
          in.map(),
          in.map(),
          in.flag(),
          in.text(),
          in.orNull(),
          in.orNull(),
          in.orNull(),
          in.orNull(),
          in.flag(),
          in.orNull(),
          in.orNull(),
          in.flag(),
          in.flag(),
          in.text(),
          in.map()));

  private static final Shape<StreamRoute> STREAM_ROUTE = Shape.<StreamRoute>table()
      .value("component", Codecs.COMPONENT_KEY, StreamRoute::component)
      .integer("port", StreamRoute::port)
      .text("protocol", StreamRoute::protocol)
      .text("address", StreamRoute::address)
      .orNull("connectionTimeoutSeconds", Codecs.INTEGER, StreamRoute::connectionTimeoutSeconds)
      .make(in -> new StreamRoute(in.value(), in.integer(), in.text(), in.text(), in.orNull()));

  private static final Shape<KubernetesResource> KUBERNETES_RESOURCE =
      Shape.<KubernetesResource>table()
          .text("kind", KubernetesResource::kind)
          .text("name", KubernetesResource::name)
          .setting("content", KubernetesResource::content)
          .make(in -> new KubernetesResource(in.text(), in.text(), in.setting()));

  static final Shape<AppSpec> APP_SPEC = Shape.<AppSpec>table()
      .text("governanceMode", AppSpec::governanceMode)
      .keyed("components", ComponentShapes.COMPONENT, AppSpec::components)
      .keyed("plugins", PLUGIN, AppSpec::plugins)
      .keyed("configGroups", CONFIG_GROUP, AppSpec::configGroups)
      .keyed("configItems", CONFIG_ITEM, AppSpec::configItems)
      .keyed("configMembers", CONFIG_MEMBER, AppSpec::configMembers)
      .keyed("httpRoutes", HTTP_ROUTE, AppSpec::httpRoutes)
      .keyed("streamRoutes", STREAM_ROUTE, AppSpec::streamRoutes)
      .keyed("kubernetesResources", KUBERNETES_RESOURCE, AppSpec::kubernetesResources)
      .keyed("extras", ComponentShapes.EXTRA, AppSpec::extras)
      .make(in -> AppSpec.builder()
          .governanceMode(in.text())
          .components(in.keyed())
          .plugins(in.keyed())
          .configGroups(in.keyed())
          .configItems(in.keyed())
          .configMembers(in.keyed())
          .httpRoutes(in.keyed())
          .streamRoutes(in.keyed())
          .kubernetesResources(in.keyed())
          .extras(in.keyed())
          .build());

  private SpecShapes() {}
}

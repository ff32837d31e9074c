// SPDX-License-Identifier: Apache-2.0
package dev.switchback.json.ram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchback.diff.Change;
import dev.switchback.diff.Diff;
import dev.switchback.diff.FieldChange;
import dev.switchback.json.JsonFormats;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Obstacle;
import dev.switchback.model.RefusedException;
import dev.switchback.model.Setting;
import dev.switchback.model.TemplateId;
import dev.switchback.model.Version;
import dev.switchback.model.VersionRef;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.ConfigFile;
import dev.switchback.model.spec.EnvVar;
import dev.switchback.model.spec.HttpRoute;
import dev.switchback.model.spec.Plugin;
import dev.switchback.model.spec.PluginUse;
import dev.switchback.model.spec.Port;
import dev.switchback.model.spec.Probe;
import dev.switchback.model.spec.VirtualMachine;
import dev.switchback.model.template.Stage;
import dev.switchback.model.template.TemplateVersion;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the fields of real layouts mean. */
final class RamDocumentTest {

  @Test
  void read_oldLayout_takesTheHeadFromTheTop() {
    RamDocument document = Documents.read("v1-guestbook.json");
    TemplateVersion version = document.toTemplateVersion();
    assertThat(document.formatVersion()).isEqualTo("v1");
    assertThat(version.ref()).hasToString("a1b2c3d4e5f60718293a4b5c6d7e8f90@0.9");
    assertThat(version.name()).isEqualTo("guestbook");
    assertThat(version.stage()).isEqualTo(Stage.RELEASED);
    assertThat(version.annotations())
        .containsExactly(
            Map.entry("describe", "Visitors leave a line"),
            Map.entry("image_base64_string", "iVBORw0KGgo="),
            Map.entry("suffix", ".png"));
    assertThat(version.specDigest()).isEqualTo(JsonFormats.appSpec().digest(version.spec()));
    assertThat(document.warnings()).isEmpty();
  }

  @Test
  void read_component_hasTypedProperties() {
    Component web = component("v1-guestbook.json", "k-web");
    assertThat(web.shareUuid()).isEqualTo("k-web+11111111111111111111111111111111");
    assertThat(web.name()).isEqualTo("Guestbook");
    assertThat(web.workload().code()).isEqualTo("stateless");
    assertThat(web.image().reference()).isEqualTo("hub.example.org/team/guestbook:20190203040507");
    assertThat(web.image().buildVersion()).isEqualTo("20190203040507");
    assertThat(web.provenance().sourceImage()).isEqualTo("guestbook:0.9");
    assertThat(web.provenance().creator()).isEqualTo("3");
    assertThat(web.command()).isEqualTo("start web");
    assertThat(web.memoryMb()).isEqualTo(256);
    assertThat(web.cpuMillis()).isEqualTo(250);
    assertThat(web.scaling().minReplicas()).isEqualTo(2);
    assertThat(web.probes())
        .containsExactly(new Probe("readiness", "http", "/up", 8080, "", "", 2, 3, 5, 4, 1, true));
    assertThat(web.ports())
        .containsExactly(new Port(8080, "http", "GR1111118080", false, true, "gr111111-8080", ""));
    assertThat(web.env().asList())
        .containsExactly(
            new EnvVar("EMPTY", Setting.plain(""), "", true, 0),
            new EnvVar("TITLE", Setting.plain("Hello"), "Title", true, 0),
            new EnvVar("WORKERS", Setting.plain("4"), "", false, 0));
    assertThat(web.dependencies().asList())
        .extracting(d -> d.provider().value())
        .containsExactly("k-db");
    assertThat(web.extras()).isEmpty();
  }

  @Test
  void read_generatedSecrets_keepTheirMarkAndGroup() {
    Component db = component("v1-guestbook.json", "k-db");
    assertThat(db.env().find("MYSQL_ROOT_PASSWORD").orElseThrow().value())
        .isEqualTo(Setting.generated("lines"));
    assertThat(db.connections().find("LINES_PASSWORD").orElseThrow())
        .isEqualTo(
            new EnvVar("LINES_PASSWORD", Setting.generated("lines"), "Password", false, 3306));
    assertThat(db.memoryMb()).isEqualTo(1024);
    assertThat(db.cpuMillis()).isZero();
    assertThat(db.ports().get(0).number()).isEqualTo(3306);
    assertThat(db.ports().get(0).inner()).isTrue();
    assertThat(db.volumes().get(0).capacityGb()).isEqualTo(20);
  }

  @Test
  void read_plugins_areKnownByKeyEvenWhereTheSiteSaysTheId() {
    AppSpec spec = Documents.read("v1-guestbook.json").spec();
    Plugin plugin = spec.plugins().find("traffic_meter").orElseThrow();
    assertThat(plugin.image().reference()).isEqualTo("hub.example.org/team/meter:20190203040506");
    assertThat(plugin.registry().password()).isEqualTo(Setting.secret("battery-staple"));
    assertThat(plugin.configGroups().get(0).options().get(0).defaultValue())
        .isEqualTo(Setting.plain("YES"));
    assertThat(plugin.extras().asList())
        .extracting(e -> e.name() + "=" + e.json())
        .containsExactly("password=(secret)", "username=\"builder\"");
    PluginUse use = spec.components().find("k-web").orElseThrow().plugins().get(0);
    assertThat(use.plugin()).isEqualTo("traffic_meter");
    assertThat(use.memoryMb()).isEqualTo(128);
    assertThat(use.settings().get(0).values().reveal()).isEqualTo("{\"OPEN\": \"YES\"}");
  }

  @Test
  void read_annotations_becomeNotesAliasAndAnnotations() {
    TemplateVersion version = Documents.read("v2-bookshop.json").toTemplateVersion();
    assertThat(version.notes()).isEqualTo("Faster search");
    assertThat(version.alias()).isEqualTo("Spring");
    assertThat(version.annotations()).containsOnlyKeys("describe", "image_base64_string", "suffix");
    assertThat(version.ref().version()).isEqualTo(Version.parse("2.1.0"));
    assertThat(version.spec().governanceMode()).isEqualTo("KUBERNETES_NATIVE_SERVICE");
  }

  @Test
  void read_unknownTopLevelFields_becomeExtras() {
    AppSpec spec = Documents.read("v2-bookshop.json").spec();
    assertThat(spec.extras().asList())
        .extracting(extra -> extra.name())
        .containsExactly("arch", "helm_chart", "platform_plugin", "snapshot_id");
    assertThat(spec.components().find("shop").orElseThrow().extras().asList())
        .extracting(extra -> extra.name() + "=" + extra.json())
        .containsExactly(
            "future_field={\"large\":123456789012345678901234567890,\"power\":1000,\"precise\":1.5}",
            "service_slug={\"ftp_host\":null}");
  }

  @Test
  void read_appLevelItems_areTypedInEveryShape() {
    AppSpec spec = Documents.read("v2-bookshop.json").spec();
    assertThat(spec.configGroups().asList())
        .extracting(g -> g.name() + " " + g.enabled())
        .containsExactly("limits false", "shared true");
    assertThat(spec.configItems().asList())
        .extracting(i -> i.key() + "=" + i.value())
        .containsExactly("limits/MAX_ITEMS=50", "shared/API_TOKEN=(secret)", "shared/CURRENCY=EUR");
    assertThat(spec.configMembers().asList())
        .extracting(m -> m.key())
        .containsExactly("limits/shop", "shared/search", "shared/shop");
    assertThat(spec.kubernetesResources().asList())
        .extracting(r -> r.key() + " " + r.content().kind())
        .containsExactly("ConfigMap/banner PLAIN", "Secret/card-key SECRET");
    HttpRoute search = spec.httpRoutes().get(0);
    assertThat(search.component()).isEqualTo(new ComponentKey("search"));
    assertThat(search.connectionTimeoutSeconds()).isNull();
    HttpRoute shop = spec.httpRoutes().get(1);
    assertThat(shop.headers()).containsExactly(Map.entry("x-site", "eu"));
    assertThat(shop.proxyHeaders()).containsExactly(Map.entry("Host", "$host"));
    assertThat(shop.requestTimeoutSeconds()).isEqualTo(60);
    assertThat(shop.bodyLimitMb()).isZero();
    assertThat(shop.rewrites()).startsWith("[{\"flag\":\"break\"");
    assertThat(spec.streamRoutes().get(0).key()).isEqualTo("shop:8081");
    assertThat(spec.streamRoutes().get(0).connectionTimeoutSeconds()).isEqualTo(4);
  }

  @Test
  void read_routesAndEndpoints_showWhatTheVendorChangesInThem() {
    String was = new String(Documents.bytes("v2-bookshop.json"), StandardCharsets.UTF_8);
    String now = was.replace("\"proxy_buffer\": false", "\"proxy_buffer\": true")
        .replace("\"connection_timeout\": 4", "\"connection_timeout\": 40")
        .replace("\"Payments\", \"endpoints_type", "\"Cards\", \"endpoints_type");

    Diff diff = Diff.between(Documents.parse(was).spec(), Documents.parse(now).spec());

    assertThat(diff.changes())
        .flatExtracting(Change::fields)
        .containsExactly(
            new FieldChange("proxyBuffering", "no", "yes"),
            new FieldChange("connectionTimeoutSeconds", "4", "40"),
            new FieldChange("name", "Payments", "Cards"));
  }

  @Test
  void read_componentLists_areTyped() {
    Component shop = component("v2-bookshop.json", "shop");
    assertThat(shop.configFiles())
        .containsExactly(
            new ConfigFile("/etc/shop.yml", "settings", Setting.plain("title: Books\n"), 644));
    assertThat(shop.volumes().asList())
        .extracting(v -> v.path() + " " + v.provider() + " " + v.mode())
        .containsExactly("/data ssd 755");
    assertThat(shop.env().find("DB_PASSWORD").orElseThrow().value())
        .isEqualTo(Setting.secret("hunter2"));
    assertThat(shop.ports().get(0).protocol()).isEqualTo("http");
    assertThat(shop.labels().asList())
        .extracting(l -> l.name() + "=" + l.value())
        .containsExactly("spot={\"max\":2}", "zone=front");
    assertThat(shop.kubernetesAttributes().asList())
        .extracting(a -> a.name() + " " + a.format())
        .containsExactly("nodeSelector json", "tolerations yaml");
    assertThat(shop.graphs().get(0).sequence()).isEqualTo(2);
    assertThat(shop.monitors().get(0).showName()).isEqualTo("Shop");
    assertThat(shop.dependencies().asList())
        .extracting(d -> d.provider().value())
        .containsExactly("payments", "search", "vanished+dddd");
    assertThat(shop.mounts().get(0).key()).isEqualTo("search/index");
    assertThat(shop.memoryMb()).isEqualTo(1024);
    assertThat(shop.cpuMillis()).isEqualTo(750);
    assertThat(shop.scaling().restart()).isTrue();
    assertThat(shop.endpoints()).isEmpty();
    assertThat(component("v2-bookshop.json", "search").ports().asList())
        .extracting(Port::key)
        .containsExactly("53", "53/udp", "9200");
    assertThat(
            component("v2-bookshop.json", "payments").endpoints().orElseThrow().addresses())
        .isEqualTo(Setting.plain("[\"10.0.0.8:443\"]"));
    assertThat(Documents.read("v2-bookshop.json").warnings())
        .extracting(Obstacle::place)
        .containsExactly("$.apps[0].dep_service_map_list[2].dep_service_key");
  }

  @Test
  void read_virtualMachine_hasItsDisks() {
    Component machine = component("v3-desktop.json", "vm-1");
    assertThat(machine.virtualMachine()).contains(new VirtualMachine("uefi", "qcow2"));
    assertThat(machine.disks().asList())
        .extracting(d -> d.name() + " " + d.role())
        .containsExactly("disk root", "extra data");
    assertThat(machine.registry().address()).isEqualTo("hub.example.org");
  }

  @Test
  void read_oddShapes_areUnderstoodWithWarnings() {
    RamDocument document = Documents.read("v2-odd.json");
    AppSpec spec = document.spec();
    assertThat(document.templateId()).contains(new TemplateId("42"));
    assertThat(document.version()).contains(Version.parse("1.10"));
    assertThat(document.formatVersion()).isEqualTo("v2");
    assertThat(document.toTemplateVersion().notes()).isEqualTo("notes in a list");
    assertThat(spec.components().asList())
        .extracting(Component::key)
        .containsExactly("gr0001", "name:nameless", "position:5", "twin+1", "twin+2");
    Component nameless = spec.components().find("name:nameless").orElseThrow();
    assertThat(nameless.env())
        .containsExactly(new EnvVar("TWICE", Setting.plain("last"), "", false, 0));
    assertThat(nameless.labels().get(0).value()).isEqualTo("ssd");
    assertThat(nameless.ports()).containsExactly(new Port(80, "tcp", "", false, true, "", ""));
    assertThat(nameless.volumes().asList()).extracting(v -> v.type()).containsExactly("share-file");
    assertThat(nameless.memoryMb()).isEqualTo(512);
    assertThat(nameless.cpuMillis()).isEqualTo(250);
    assertThat(spec.components().find("twin+1").orElseThrow().memoryMb()).isZero();
    assertThat(spec.components().find("twin+2").orElseThrow().memoryMb()).isZero();
    assertThat(spec.components().find("gr0001").orElseThrow().memoryMb()).isEqualTo(640);
    assertThat(document.warnings())
        .extracting(w -> w.code() + " " + w.place())
        .containsExactly(
            "shared-key $.apps[2]",
            "nameless-item $.apps[0].service_env_map_list[2]",
            "empty-entry $.apps[0].service_env_map_list[3]",
            "duplicate-item $.apps[0].service_env_map_list",
            "nameless-item $.apps[0].port_map_list[1]",
            "nameless-item $.apps[0].service_volume_map_list[1]");
  }

  @Test
  void write_unchanged_keepsEveryByte() {
    byte[] odd = Documents.bytes("v2-odd.json");
    assertThat(RamDocument.read(odd).write()).isEqualTo(odd);
    byte[] marked =
        ("\ufeff" + new String(odd, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
    assertThat(RamDocument.read(marked).write()).isEqualTo(odd);
  }

  @Test
  void toTemplateVersion_withoutIdAndVersion_namesBoth() {
    RamDocument fragment = Documents.read("fragment.json");
    assertThatThrownBy(fragment::toTemplateVersion)
        .isInstanceOfSatisfying(
            RefusedException.class,
            e -> assertThat(e.obstacles())
                .extracting(Obstacle::place)
                .containsExactly("$.group_key", "$.group_version"));
    VersionRef ref = VersionRef.parse("shop@1");
    assertThat(fragment.toTemplateVersion(ref).ref()).isEqualTo(ref);
  }

  @Test
  void read_twinsNothingTellsApart_isRefused() {
    assertThatThrownBy(
            () -> Documents.parse("{'apps': [{'service_key': 'a'}, {'service_key': 'a'}]}"))
        .isInstanceOfSatisfying(
            RefusedException.class,
            e -> assertThat(e.obstacles())
                .extracting(o -> o.code() + " " + o.place())
                .containsExactly("duplicate-component $.apps[1]"));
  }

  private static Component component(String file, String key) {
    return Documents.read(file).spec().component(new ComponentKey(key)).orElseThrow();
  }
}

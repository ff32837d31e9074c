// SPDX-License-Identifier: Apache-2.0
package dev.switchback.json;

import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Digest;
import dev.switchback.model.Keyed;
import dev.switchback.model.RecordId;
import dev.switchback.model.Setting;
import dev.switchback.model.VersionRef;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.Approval;
import dev.switchback.model.app.AuditEntry;
import dev.switchback.model.app.Build;
import dev.switchback.model.app.ComponentResult;
import dev.switchback.model.app.FollowUp;
import dev.switchback.model.app.JournalEntry;
import dev.switchback.model.app.Lease;
import dev.switchback.model.app.OnFailure;
import dev.switchback.model.app.OperationKind;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.app.Origin;
import dev.switchback.model.app.RecordStatus;
import dev.switchback.model.app.StepAction;
import dev.switchback.model.app.StepId;
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
import dev.switchback.model.spec.PluginConfigGroup;
import dev.switchback.model.spec.PluginOption;
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
import dev.switchback.model.template.Stage;
import dev.switchback.model.template.TemplateVersion;
import dev.switchback.model.template.UpgradeRules;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Values in which every field is set, and no two fields of one type alike. */
final class FullValues {

  static final AppId APP = new AppId("shop");
  static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
  static final VersionRef V1 = VersionRef.parse("shop-template@1.0");
  static final VersionRef V2 = VersionRef.parse("shop-template@v2.0-rc1");

  private FullValues() {}

  static Component component() {
    return Component.builder("web")
        .shareUuid("a+b")
        .name("Web front")
        .alias("grweb")
        .kubernetesName("web-k8s")
        .workload(new Workload("state_singleton"))
        .image(new Image("nginx:1.25", Digest.of("nginx"), "20261101"))
        .command("nginx -g 'daemon off;'")
        .versionLabel("1.25")
        .arch("arm64")
        .memoryMb(512)
        .cpuMillis(250)
        .scaling(new Scaling(2, 20, 1, 64, 4096, 65, 128, true))
        .registry(new RegistryAccess("hub.example.com", "ci", Setting.secret("pw"), "team", true))
        .provenance(new Provenance(
            "id-1",
            "app",
            "java",
            "docker_run",
            "application",
            "image",
            "nginx:src",
            "eu",
            "tenant-1",
            "https://git.example.com/web",
            "anna",
            "web-svc"))
        .env(Keyed.of(
            new EnvVar("TZ", Setting.plain("UTC"), "time zone", true, 0),
            new EnvVar("DB_PASSWORD", Setting.generated("db"), "", false, 0),
            new EnvVar("API_KEY", Setting.secret("k\"1\n"), "", true, 0),
            new EnvVar("EMPTY", Setting.plain(""), "", false, 0)))
        .connections(
            Keyed.of(new EnvVar("WEB_HOST", Setting.plain("127.0.0.1"), "host", false, 8080)))
        .ports(Keyed.of(
            new Port(8080, "http", "WEB", true, false, "web-svc", "main"),
            new Port(53, "udp", "DNS", false, true, "", "")))
        .volumes(Keyed.of(new Volume(
            "/data", "data", "share-file", 10, "RWO", "exclusive", "manual", "ceph", "disk", 0)))
        .configFiles(Keyed.of(new ConfigFile(
            "/etc/nginx.conf", "conf", Setting.plain("worker 1;\n\tend \u20ac"), 644)))
        .probes(Keyed.of(
            new Probe("readiness", "http", "/ok", 8080, "true", "Host=a", 1, 2, 3, 4, 5, true)))
        .dependencies(Keyed.of(new Dependency(new ComponentKey("db"))))
        .mounts(Keyed.of(new Mount(new ComponentKey("db"), "dump", "/dump")))
        .plugins(Keyed.of(new PluginUse(
            "mesh",
            "b7",
            true,
            32,
            10,
            Keyed.of(new PluginSetting(
                "upstream_port", "auto", 3306, "mysql", "db", Setting.plain("{}"))))))
        .monitors(Keyed.of(new Monitor("m", "Metrics", "/metrics", 9100, "10s")))
        .graphs(Keyed.of(new Graph("Load", "rate(x[1m])", 3)))
        .labels(Keyed.of(new Label("zone", "a")))
        .kubernetesAttributes(
            Keyed.of(new KubernetesAttribute("affinity", "yaml", Setting.plain("a: b"))))
        .virtualMachine(new VirtualMachine("uefi", "qcow2"))
        .disks(Keyed.of(new VmDisk("d1", "root", "registry", "img", "https://example.com", 20)))
        .endpoints(new Endpoints("static", Setting.plain("[\"10.0.0.1\"]"), "Payments"))
        .extras(Keyed.of(new Extra("new_field", Setting.plain("{\"a\":1}"))))
        .build();
  }

  static AppSpec spec() {
    return AppSpec.builder()
        .governanceMode("KUBERNETES_NATIVE_SERVICE")
        .components(Keyed.of(
            component(),
            Component.builder("db").virtualMachine(new VirtualMachine("", "")).build()))
        .plugins(Keyed.of(new Plugin(
            "mesh",
            "Mesh",
            "net-plugin:up",
            "all traffic",
            Image.of("mesh:1"),
            "image",
            "https://git.example.com/mesh",
            "sys",
            RegistryAccess.none(),
            64,
            20,
            Keyed.of(new PluginConfigGroup(
                "limits",
                "un_define",
                "env",
                Keyed.of(new PluginOption(
                    "RATE", "radio", Setting.plain("1"), "1,2", "per second", "http", true)))),
            Keyed.of(new Extra("desc_i18n", Setting.plain("[]"))))))
        .configGroups(
            Keyed.of(new ConfigGroup("shared", "env", false), new ConfigGroup("on", "env", true)))
        .configItems(Keyed.of(new ConfigItem("shared", "MODE", Setting.plain("prod"))))
        .configMembers(Keyed.of(new ConfigMember("shared", new ComponentKey("web"))))
        .httpRoutes(Keyed.of(new HttpRoute(
            new ComponentKey("web"),
            8080,
            "shop.example.com",
            true,
            "/",
            texts("x-canary", "1"),
            texts("group", "b"),
            true,
            "round-robin",
            5,
            60,
            61,
            0,
            true,
            4,
            8,
            true,
            true,
            "[]",
            texts("X-Real-IP", "$remote_addr"))))
        .streamRoutes(Keyed.of(new StreamRoute(new ComponentKey("db"), 3306, "tcp", "0.0.0.0", 30)))
        .kubernetesResources(
            Keyed.of(new KubernetesResource("Secret", "tls", Setting.secret("data: x"))))
        .extras(Keyed.of(new Extra("app_field", Setting.plain("null"))))
        .build();
  }

  static TemplateVersion templateVersion() {
    return TemplateVersion.builder(V2, spec(), JsonFormats.appSpec().digest(spec()))
        .name("Shop")
        .alias("Winter")
        .notes("Faster.\nSafer.")
        .stage(Stage.TESTING)
        .upgradeRules(new UpgradeRules(List.of(">=1.4 <2.0", "1.0"), true, true))
        .annotations(texts("vendor", "Example Ltd"))
        .ramDigest(Digest.of("ram"))
        .build();
  }

  static AppState appState() {
    SortedMap<ComponentKey, Origin> origins = new TreeMap<>();
    origins.put(new ComponentKey("web"), new Origin(V2, new ComponentKey("web-1")));
    origins.put(new ComponentKey("db"), new Origin(V1, new ComponentKey("db")));
    return AppState.builder(APP, V2)
        .versionDigest(Digest.of("content"))
        .generation(7)
        .installed(false)
        .spec(spec())
        .base(spec().toBuilder().governanceMode("").build())
        .keptBase(spec().toBuilder().governanceMode("kept").build())
        .origins(origins)
        .generated(new TreeMap<>(Map.of("db", Setting.secret("s3cr3t"))))
        .hostNames(new TreeMap<>(Map.of("mysql", "mysql-2")))
        .unsettled(List.of(new ComponentKey("web")))
        .record(new RecordId("rec-7"))
        .build();
  }

  static OperationRecord operationRecord() {
    return OperationRecord.builder(new RecordId("rec-7"), APP, OperationKind.ROLLBACK)
        .status(RecordStatus.PARTLY_ROLLED_BACK)
        .actor("anna")
        .reason("errors since noon")
        .onFailure(OnFailure.ROLL_BACK)
        .from(V2)
        .to(V1)
        .baseGeneration(6)
        .resultGeneration(7)
        .plan(Digest.of("plan"))
        .approvals(List.of(new Approval("ann", "read it", NOON)))
        .parent(new RecordId("rec-6"))
        .fence((1L << 53) + 1)
        .startedAt(NOON)
        .finishedAt(NOON.plusMillis(1500))
        .results(List.of(
            new ComponentResult(
                new ComponentKey("web"),
                StepAction.UPDATE,
                ComponentResult.Outcome.FAILED,
                "not healthy in 60 s",
                List.of("probe-failed: connection refused"),
                NOON,
                NOON.plusSeconds(60)),
            ComponentResult.pending(null, StepAction.SHARED)))
        .followUps(List.of(
            new FollowUp("F1", "env", new ComponentKey("web"), "TZ", "UTC", "CET", "Set TZ."),
            new FollowUp("F2", "config-item", null, "a/b", "", "", "Look.")))
        .message("1 of 2 components not rolled back")
        .previous(Digest.of("previous"))
        .build();
  }

  static JournalEntry journalEntry() {
    return new JournalEntry(
        new RecordId("rec-7"),
        3,
        JournalEntry.Phase.UNDONE,
        new StepId("rec-7-0001"),
        StepAction.CREATE,
        new ComponentKey("web"),
        "gone",
        List.of("exit code 1"),
        NOON);
  }

  static AuditEntry auditEntry() {
    return new AuditEntry(
        APP,
        2,
        AuditEntry.Act.HOLD,
        "shop@2.0",
        "ann",
        "it broke",
        NOON,
        Digest.of("entry before"));
  }

  static Build build() {
    return new Build(
        APP,
        new ComponentKey("web"),
        "20261101",
        4,
        Build.Status.FAILURE,
        new Image("nginx:1.25", Digest.of("nginx"), "20261101"),
        "nginx",
        NOON);
  }

  static Lease lease() {
    return new Lease(APP, "node-1", 9, NOON, NOON.plusSeconds(30));
  }

  private static SortedMap<String, String> texts(String key, String value) {
    return new TreeMap<>(Map.of(key, value));
  }
}

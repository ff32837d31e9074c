// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchback.model.app.Build;
import dev.switchback.model.app.ComponentResult;
import dev.switchback.model.app.FollowUp;
import dev.switchback.model.app.JournalEntry;
import dev.switchback.model.app.Lease;
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
import dev.switchback.model.template.UpgradeRules;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What all records of the model have in common. */
final class RecordsTest {

  private static final List<Class<?>> RECORDS = List.of(
      ConfigFile.class,
      ConfigGroup.class,
      ConfigItem.class,
      ConfigMember.class,
      Dependency.class,
      Endpoints.class,
      EnvVar.class,
      Extra.class,
      Graph.class,
      HttpRoute.class,
      Image.class,
      KubernetesAttribute.class,
      KubernetesResource.class,
      Label.class,
      Monitor.class,
      Mount.class,
      Plugin.class,
      PluginConfigGroup.class,
      PluginOption.class,
      PluginSetting.class,
      PluginUse.class,
      Port.class,
      Probe.class,
      Provenance.class,
      RegistryAccess.class,
      Scaling.class,
      StreamRoute.class,
      VirtualMachine.class,
      VmDisk.class,
      Volume.class,
      Workload.class,
      Build.class,
      ComponentResult.class,
      FollowUp.class,
      JournalEntry.class,
      Lease.class,
      Origin.class,
      UpgradeRules.class,
      VersionRef.class,
      Obstacle.class);

  static Stream<Class<?>> records() {
    return RECORDS.stream();
  }

  static Stream<Arguments> references() {
    return RECORDS.stream()
        .flatMap(type -> Arrays.stream(type.getRecordComponents())
            .filter(component -> !component.getType().isPrimitive())
            .map(component -> Arguments.of(type, component)));
  }

  @Test
  void records_heldByASpec_areAllTested() {
    List<Class<?>> held = new ArrayList<>();
    addHeld(AppSpec.class, held);
    addHeld(Component.class, held);

    assertThat(RECORDS).containsAll(held);
    assertThat(held).hasSizeGreaterThan(25);
  }

  private static void addHeld(Class<?> type, List<Class<?>> held) {
    Arrays.stream(type.getDeclaredFields())
        .map(Field::getGenericType)
        .map(generic -> generic instanceof ParameterizedType keyed
            ? keyed.getActualTypeArguments()[0]
            : generic)
        .map(generic -> (Class<?>) generic)
        .filter(Class::isRecord)
        .filter(record -> record != ComponentKey.class)
        .forEach(held::add);
  }

  @ParameterizedTest
  @MethodSource("references")
  void part_thatIsNull_isRefusedUnlessItMayBeAbsent(Class<?> type, RecordComponent part) {
    Object[] arguments = Values.arguments(type, 1);
    List<String> names =
        Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName).toList();
    arguments[names.indexOf(part.getName())] = null;

    if (part.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
      assertThat(Values.record(type, arguments)).isNotNull();
    } else {
      assertThatThrownBy(() -> Values.record(type, arguments))
          .isInstanceOf(NullPointerException.class);
    }
  }

  @ParameterizedTest
  @MethodSource("records")
  void record_ofEqualParts_isEqual(Class<?> type) {
    assertThat(Values.of(type, 1))
        .isEqualTo(Values.of(type, 1))
        .hasSameHashCodeAs(Values.of(type, 1))
        .isNotEqualTo(Values.of(type, 2));
  }

  @ParameterizedTest
  @MethodSource("records")
  void toString_ofRecordWithSecrets_neverShowsThem(Class<?> type) {
    Object[] arguments = Values.arguments(type, 1);
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i] instanceof Setting) {
        arguments[i] = Setting.secret("hunter2");
      }
    }

    assertThat(Values.record(type, arguments).toString()).doesNotContain("hunter2");
  }

  @Test
  void toString_ofSpecWithSecrets_neverShowsThem() {
    EnvVar password = new EnvVar("PASSWORD", Setting.secret("hunter2"), "", true, 0);
    Component web = Component.builder("web").env(Keyed.of(password)).build();
    AppSpec spec = AppSpec.builder().components(Keyed.of(web)).build();

    assertThat(web + " " + spec + " " + spec.components() + " " + web.env())
        .doesNotContain("hunter2")
        .contains("(secret)");
  }

  @Test
  void toString_ofTextsThatLookSecret_masksThem() {
    String command = "login --password hunter2";
    Probe probe = new Probe("readiness", "cmd", "", 0, command, "", 0, 0, 0, 0, 0, true);
    Build build = new Build(
        new AppId("shop"),
        new ComponentKey("web"),
        "b1",
        1,
        Build.Status.SUCCESS,
        Image.of("web:1"),
        command,
        Instant.EPOCH);

    assertThat(List.of(new Label("DB_PASSWORD", "hunter2"), probe, build))
        .allSatisfy(it -> assertThat(it.toString()).contains("(secret)").doesNotContain("hunter2"));
    assertThat(new Label("tier", "front")).hasToString("tier=front");
  }

  @Test
  void key_ofItem_isWhatMakesItTheSameItem() {
    ComponentKey web = new ComponentKey("web");
    assertThat(new Port(80, "http", "", true, true, "", "").key()).isEqualTo("80");
    assertThat(new Port(80, "tcp", "", true, true, "", "").key()).isEqualTo("80");
    assertThat(new Port(53, "udp", "", true, true, "", "").key()).isEqualTo("53/udp");
    assertThat(new ConfigItem("db", "HOST", Setting.plain("")).key()).isEqualTo("db/HOST");
    assertThat(new ConfigMember("db", web).key()).isEqualTo("db/web");
    assertThat(new Mount(web, "data", "/data").key()).isEqualTo("web/data");
    assertThat(new StreamRoute(web, 3306, "tcp", "", null).key()).isEqualTo("web:3306");
    assertThat(new Dependency(web).key()).isEqualTo("web");
    assertThat(Component.builder(web).build().key()).isEqualTo("web");
    assertThat(new KubernetesResource("Secret", "one", Setting.plain("")).key())
        .isEqualTo("Secret/one");
    assertThat(new PluginSetting("upstream_port", "", 80, "", "db", Setting.plain("{}")).key())
        .isEqualTo("upstream_port/80/db");
    assertThat(Image.of("nginx").key()).isEmpty();
    assertThat(Scaling.one().key()).isEmpty();
  }

  @Test
  void port_outsideTheRange_isRefused() {
    for (int number : new int[] {-1, 0, 65_536}) {
      assertThatThrownBy(() -> new Port(number, "tcp", "", true, true, "", ""))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("Invalid port: " + number + " is not between 1 and 65535");
    }
  }

  @Test
  void workload_byCode_tellsWhetherItKeepsDataOrIsAlone() {
    assertThat(Stream.of("state", "state_multiple", "state_singleton", "vm"))
        .allMatch(code -> new Workload(code).isStateful());
    assertThat(Stream.of("", "stateless", "stateless_multiple", "stateless_singleton", "job"))
        .noneMatch(code -> new Workload(code).isStateful());
    assertThat(Stream.of("state_singleton", "stateless_singleton"))
        .allMatch(code -> new Workload(code).isSingleton());
    assertThat(Stream.of("", "job", "state_multiple"))
        .noneMatch(code -> new Workload(code).isSingleton());
  }

  @Test
  void withMinReplicas_ofScaling_changesNothingElse() {
    Scaling scaling = new Scaling(1, 2, 3, 4, 5, 6, 7, true);

    assertThat(scaling.withMinReplicas(9)).isEqualTo(new Scaling(9, 2, 3, 4, 5, 6, 7, true));
  }

  @Test
  void displayName_withoutName_isTheKey() {
    assertThat(Component.builder("k").build().displayName()).isEqualTo("k");
    assertThat(Component.builder("k").name("Web").build().displayName()).isEqualTo("Web");
    assertThat(Component.builder("k").name("Web").build()).hasToString("Web (k)");
  }

  @Test
  void component_ofSpec_isFoundByKey() {
    Component web = Component.builder("web").build();
    AppSpec spec = AppSpec.builder().components(Keyed.of(web)).build();

    assertThat(spec.component(new ComponentKey("web"))).contains(web);
    assertThat(spec.component(new ComponentKey("Web"))).isEmpty();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import static dev.switchback.core.Sites.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.deploy.Observation;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Keyed;
import dev.switchback.model.RecordId;
import dev.switchback.model.Setting;
import dev.switchback.model.SwitchbackException;
import dev.switchback.model.VersionRef;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.ComponentResult.Outcome;
import dev.switchback.model.app.OnFailure;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.app.RecordStatus;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.ConfigGroup;
import dev.switchback.model.spec.ConfigItem;
import dev.switchback.plan.Plan;
import dev.switchback.plan.Policy;
import dev.switchback.plan.UpgradeRequest;
import dev.switchback.storage.PageRequest;
import dev.switchback.storage.RecordQuery;
import dev.switchback.testkit.faults.Fault;
import dev.switchback.testkit.faults.FaultPlan;
import dev.switchback.testkit.faults.Faults;
import dev.switchback.testkit.faults.SimulatedCrash;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * A process that dies, or loses an answer, at any call to storage, blobs or backend: after recovery
 * by another node the app is whole, the record tells the truth, and nothing is left behind.
 */
final class CrashTest {

  /**
   * An operation on a site that has 1.0 and 2.0 in its library.
   *
   * @param name for a person
   * @param prelude what happened before
   * @param plan what is to be done
   * @param options how it is done; {@code other} is another node
   */
  private record Scene(
      String name,
      Consumer<Sites> prelude,
      Function<Switchback, Plan> plan,
      Function<Apps, ExecutionOptions.Builder> options) {}

  private static final Scene INSTALL =
      new Scene("install", sites -> {}, site -> plan(site, "1.0"), CrashTest::plain);
  private static final Scene UPGRADE =
      new Scene("upgrade", CrashTest::installed, site -> plan(site, "2.0"), CrashTest::plain);
  private static final Scene ROLLBACK =
      new Scene("rollback", CrashTest::upgraded, CrashTest::planRollback, CrashTest::plain);

  private static final Scene UNSHARING = new Scene(
      "upgrade that takes away what components shared",
      CrashTest::installed,
      site -> planExactly(site, "2.0"),
      CrashTest::plain);

  private static final List<Scene> SCENES = List.of(
      INSTALL,
      UPGRADE,
      UNSHARING,
      ROLLBACK,
      new Scene(
          "upgrade with an executor",
          CrashTest::installed,
          site -> plan(site, "2.0"),
          other -> ExecutionOptions.builder().executor(Runnable::run)),
      new Scene("failing upgrade", CrashTest::failing, site -> plan(site, "2.0"), CrashTest::plain),
      new Scene(
          "paused upgrade",
          CrashTest::installed,
          site -> plan(site, "2.0"),
          other -> atApi(id -> other.pause(id, "ops"))),
      new Scene(
          "cancelled upgrade",
          CrashTest::installed,
          site -> plan(site, "2.0"),
          other -> atApi(id -> other.cancel(id, "ops"))));

  /** Lets somebody act when the step for api is about to begin. */
  private static ExecutionOptions.Builder atApi(Consumer<RecordId> act) {
    return ExecutionOptions.builder().listener(event -> {
      if (event.kind() == ProgressEvent.Kind.STEP_STARTED
          && new ComponentKey("api").equals(event.component())) {
        act.accept(event.record());
      }
    });
  }

  @Test
  void crash_atEveryCall_isRecoveredFrom() {
    int schedules = 0;
    for (Scene scene : SCENES) {
      for (OnFailure onFailure : List.of(OnFailure.STOP, OnFailure.ROLL_BACK)) {
        int calls = count(scene, onFailure);
        for (int number = 1; number <= calls; number++) {
          for (Fault fault : Fault.values()) {
            check(scene, onFailure, FaultPlan.at(number, fault), FaultPlan.none());
            schedules++;
          }
        }
      }
    }
    System.out.println("Crash proof: " + schedules + " schedules with one fault");
    assertThat(schedules).isGreaterThan(4000);
  }

  @Test
  void crash_duringRecovery_isRecoveredFrom() {
    int schedules = 0;
    for (Scene scene : List.of(INSTALL, UNSHARING, ROLLBACK)) {
      int calls = count(scene, OnFailure.STOP);
      for (int first = 1; first <= calls; first++) {
        for (int second = 1; second <= calls + 10; second++) {
          for (Fault fault : List.of(Fault.CRASH_BEFORE, Fault.CRASH_AFTER)) {
            check(
                scene,
                OnFailure.STOP,
                FaultPlan.at(first, Fault.CRASH_AFTER),
                FaultPlan.at(second, fault));
            schedules++;
          }
        }
      }
    }
    System.out.println("Crash proof: " + schedules + " schedules with a crash during recovery");
    assertThat(schedules).isGreaterThan(5000);
  }

  @Test
  void crash_duringRecoveryThatUndoes_isRecoveredFrom() {
    int schedules = 0;
    for (Scene scene : SCENES) {
      int calls = count(scene, OnFailure.ROLL_BACK);
      for (int first = 1; first <= calls; first++) {
        for (int second = 1; second <= calls + 10; second += 3) {
          check(
              scene,
              OnFailure.ROLL_BACK,
              FaultPlan.at(first, Fault.CRASH_AFTER),
              FaultPlan.at(second, Fault.CRASH_AFTER));
          schedules++;
        }
      }
    }
    System.out.println("Crash proof: " + schedules + " schedules with a crash while undoing");
    assertThat(schedules).isGreaterThan(2000);
  }

  private static int count(Scene scene, OnFailure onFailure) {
    try (Sites sites = new Sites()) {
      scene.prelude().accept(publish(sites));
      Faults faults = new Faults(FaultPlan.none());
      run(scene, sites, faults, onFailure);
      return faults.calls().size();
    }
  }

  private static void check(Scene scene, OnFailure onFailure, FaultPlan first, FaultPlan second) {
    try (Sites sites = new Sites()) {
      scene.prelude().accept(publish(sites));
      run(scene, sites, new Faults(first), onFailure);
      sites.clock.advance(Duration.ofMinutes(2));
      recover(sites, new Faults(second));
      sites.clock.advance(Duration.ofMinutes(2));
      recover(sites, new Faults(FaultPlan.none()));
      String schedule = scene.name() + " " + onFailure + " " + first + " " + second;
      checkInvariants(sites, schedule);
      assertThat(sites.open("node-4").apps().recover(ExecutionOptions.defaults()))
          .as(schedule)
          .isEmpty();
    }
  }

  private static void checkInvariants(Sites sites, String schedule) {
    List<OperationRecord> records =
        sites.site.apps().records(SHOP, PageRequest.first(100)).items();
    assertThat(records)
        .as(schedule)
        .allSatisfy(record -> assertThat(record.status().isTerminal()).isTrue());
    assertThat(sites
            .storage
            .leases()
            .find(SHOP)
            .filter(lease -> !lease.isExpired(sites.clock.instant())))
        .as(schedule)
        .isEmpty();
    Optional<AppState> state = sites.site.apps().find(SHOP);
    AppSpec spec = state.map(AppState::spec).orElse(AppSpec.empty());
    assertThat(sites.backend.observe(SHOP))
        .as(schedule + ": nothing runs that is not recorded")
        .extracting(Observation::component)
        .isSubsetOf(spec.components().stream().map(Component::id).toList());
    for (Component component : spec.components()) {
      if (!state.orElseThrow().unsettled().contains(component.id())) {
        assertThat(sites.backend.serving(SHOP, component.id()))
            .as(schedule + ": what is recorded of " + component + " is what runs")
            .contains(component);
      }
    }
    boolean sharedIsKnown = records.stream()
        .flatMap(record -> record.results().stream())
        .filter(result -> result.action().isShared())
        .noneMatch(
            result -> result.outcome() == Outcome.FAILED || result.outcome() == Outcome.UNKNOWN);
    if (sharedIsKnown) {
      assertThat(sites.backend.shared(SHOP).configItems())
          .as(schedule + ": what is recorded of what components share is what they share")
          .isEqualTo(spec.configItems());
    }
    records.stream().findFirst().ifPresent(latest -> {
      long expected =
          latest.resultGeneration() == 0 ? latest.baseGeneration() : latest.resultGeneration();
      assertThat(state.map(AppState::generation).orElse(0L)).as(schedule).isEqualTo(expected);
      if (latest.status() == RecordStatus.SUCCEEDED) {
        assertThat(state.orElseThrow().version()).isEqualTo(latest.to().orElseThrow());
      }
      if (latest.status() == RecordStatus.UNDONE) {
        assertThat(latest.resultGeneration()).as(schedule).isZero();
      }
    });
  }

  private static void run(Scene scene, Sites sites, Faults faults, OnFailure onFailure) {
    Plan plan = scene.plan().apply(sites.site);
    ExecutionOptions options =
        scene.options().apply(sites.open("node-5").apps()).onFailure(onFailure).build();
    try {
      sites.open("node-2", faults).apps().execute(plan, options);
    } catch (SimulatedCrash | SwitchbackException e) {
      // What is left behind is looked at afterwards.
    }
  }

  /** Recovers, and goes on with what was left paused. */
  private static void recover(Sites sites, Faults faults) {
    Apps apps = sites.open("node-3", faults).apps();
    try {
      apps.recover(ExecutionOptions.defaults());
      RecordQuery paused = RecordQuery.ofApp(SHOP).withStatus(List.of(RecordStatus.PAUSED));
      for (OperationRecord record : apps.records(paused, PageRequest.first(10)).items()) {
        apps.resume(record.id(), ExecutionOptions.defaults());
      }
    } catch (SimulatedCrash | SwitchbackException e) {
      // The next recovery goes on.
    }
  }

  private static Plan planRollback(Switchback site) {
    OperationRecord latest =
        site.apps().records(SHOP, PageRequest.first(1)).items().get(0);
    return site.apps().planRollback(latest.id());
  }

  private static Plan plan(Switchback site, String version) {
    VersionRef target = VersionRef.parse("shop@" + version);
    return version.equals("1.0")
        ? site.apps().plan(SHOP, new dev.switchback.plan.InstallRequest(target))
        : site.apps().plan(SHOP, UpgradeRequest.to(target));
  }

  private static Plan planExactly(Switchback site, String version) {
    VersionRef target = VersionRef.parse("shop@" + version);
    return site.apps()
        .plan(SHOP, UpgradeRequest.builder(target).policy(Policy.exact()).build());
  }

  private static Sites publish(Sites sites) {
    sites.publish("1.0", sharing("1", "OLD", "SIZE"));
    List<Component> two = new ArrayList<>(Sites.shop("2").components().asList());
    two.add(Sites.component("batch", "2", "db"));
    sites.publish(
        "2.0",
        sharing("2", "NEW", "SIZE").toBuilder().components(Keyed.copyOf(two)).build());
    return sites;
  }

  /** A shop whose components share config items, of which one stays and one does not. */
  private static AppSpec sharing(String version, String... names) {
    return Sites.shop(version).toBuilder()
        .configGroups(Keyed.of(new ConfigGroup("common", "env", true)))
        .configItems(Arrays.stream(names)
            .map(name -> new ConfigItem("common", name, Setting.plain(version)))
            .collect(Keyed.collector()))
        .build();
  }

  private static void installed(Sites sites) {
    sites.site.apps().install(SHOP, VersionRef.parse("shop@1.0"));
  }

  private static void failing(Sites sites) {
    installed(sites);
    sites.backend.neverHealthyImage("api:2");
  }

  private static void upgraded(Sites sites) {
    installed(sites);
    sites.site.apps().upgrade(SHOP, VersionRef.parse("shop@2.0"));
  }

  private static ExecutionOptions.Builder plain(Apps other) {
    return ExecutionOptions.builder();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import static dev.switchback.core.Sites.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.core.ExecutionOptions.OnFailure;
import dev.switchback.deploy.Observation;
import dev.switchback.model.Keyed;
import dev.switchback.model.SwitchbackException;
import dev.switchback.model.VersionRef;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.app.RecordStatus;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.plan.Plan;
import dev.switchback.plan.UpgradeRequest;
import dev.switchback.storage.PageRequest;
import dev.switchback.testkit.faults.Fault;
import dev.switchback.testkit.faults.FaultPlan;
import dev.switchback.testkit.faults.Faults;
import dev.switchback.testkit.faults.SimulatedCrash;
import java.time.Duration;
import java.util.ArrayList;
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

  /** An operation on a site that has 1.0 installed and 2.0 in its library. */
  private record Scene(String name, Consumer<Sites> prelude, Function<Switchback, Plan> plan) {}

  private static final ExecutionOptions UNDOING =
      ExecutionOptions.builder().onFailure(OnFailure.ROLL_BACK).build();

  private static final List<Scene> SCENES = List.of(
      new Scene("install", sites -> {}, site -> plan(site, "1.0")),
      new Scene("upgrade", CrashTest::installed, site -> plan(site, "2.0")),
      new Scene("rollback", CrashTest::upgraded, site -> {
        OperationRecord latest =
            site.apps().records(SHOP, PageRequest.first(1)).items().get(0);
        return site.apps().planRollback(latest.id());
      }));

  @Test
  void crash_atEveryCall_isRecoveredFrom() {
    int schedules = 0;
    for (Scene scene : SCENES) {
      for (ExecutionOptions options : List.of(ExecutionOptions.defaults(), UNDOING)) {
        int calls = count(scene, options);
        for (int number = 1; number <= calls; number++) {
          for (Fault fault : Fault.values()) {
            check(scene, options, FaultPlan.at(number, fault), FaultPlan.none());
            schedules++;
          }
        }
      }
    }
    System.out.println("Crash proof: " + schedules + " schedules with one fault");
    assertThat(schedules).isGreaterThan(300);
  }

  @Test
  void crash_duringRecovery_isRecoveredFrom() {
    int schedules = 0;
    for (Scene scene : SCENES) {
      int calls = count(scene, ExecutionOptions.defaults());
      for (int first = 1; first <= calls; first++) {
        for (int second = 1; second <= calls + 10; second++) {
          for (Fault fault : List.of(Fault.CRASH_BEFORE, Fault.CRASH_AFTER)) {
            check(
                scene,
                ExecutionOptions.defaults(),
                FaultPlan.at(first, Fault.CRASH_AFTER),
                FaultPlan.at(second, fault));
            schedules++;
          }
        }
      }
    }
    System.out.println("Crash proof: " + schedules + " schedules with a crash during recovery");
    assertThat(schedules).isGreaterThan(1000);
  }

  @Test
  void crash_ofAnUpgradeThatFails_isRecoveredFrom() {
    int schedules = 0;
    Scene scene = new Scene(
        "failing upgrade",
        sites -> {
          installed(sites);
          sites.backend.neverHealthyImage("api:2");
        },
        site -> plan(site, "2.0"));
    for (ExecutionOptions options : List.of(ExecutionOptions.defaults(), UNDOING)) {
      int calls = count(scene, options);
      for (int number = 1; number <= calls; number++) {
        for (Fault fault : List.of(Fault.CRASH_BEFORE, Fault.CRASH_AFTER)) {
          check(scene, options, FaultPlan.at(number, fault), FaultPlan.none());
          schedules++;
        }
      }
    }
    System.out.println("Crash proof: " + schedules + " schedules of an upgrade that fails");
    assertThat(schedules).isGreaterThan(50);
  }

  private static int count(Scene scene, ExecutionOptions options) {
    try (Sites sites = new Sites()) {
      scene.prelude().accept(publish(sites));
      Faults faults = new Faults(FaultPlan.none());
      run(scene, sites, faults, options);
      return faults.calls().size();
    }
  }

  private static void check(
      Scene scene, ExecutionOptions options, FaultPlan first, FaultPlan second) {
    try (Sites sites = new Sites()) {
      scene.prelude().accept(publish(sites));
      run(scene, sites, new Faults(first), options);
      sites.clock.advance(Duration.ofMinutes(2));
      Faults again = new Faults(second);
      recover(sites, again, options);
      sites.clock.advance(Duration.ofMinutes(2));
      recover(sites, new Faults(FaultPlan.none()), options);
      String schedule = scene.name() + " " + options.onFailure() + " " + first + " " + second;
      checkInvariants(sites, schedule);
      assertThat(sites.open("node-4").apps().recover(options)).as(schedule).isEmpty();
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

  private static void run(Scene scene, Sites sites, Faults faults, ExecutionOptions options) {
    Plan plan = scene.plan().apply(sites.site);
    try {
      sites.open("node-2", faults).apps().execute(plan, options);
    } catch (SimulatedCrash | SwitchbackException e) {
      // What is left behind is looked at afterwards.
    }
  }

  private static void recover(Sites sites, Faults faults, ExecutionOptions options) {
    try {
      sites.open("node-3", faults).apps().recover(options);
    } catch (SimulatedCrash | SwitchbackException e) {
      // The next recovery goes on.
    }
  }

  private static Plan plan(Switchback site, String version) {
    VersionRef target = VersionRef.parse("shop@" + version);
    return version.equals("1.0")
        ? site.apps().plan(SHOP, new dev.switchback.plan.InstallRequest(target))
        : site.apps().plan(SHOP, UpgradeRequest.to(target));
  }

  private static Sites publish(Sites sites) {
    sites.publish("1.0", Sites.shop("1"));
    List<Component> two = new ArrayList<>(Sites.shop("2").components().asList());
    two.add(Sites.component("batch", "2", "db"));
    sites.publish(
        "2.0", Sites.shop("2").toBuilder().components(Keyed.copyOf(two)).build());
    return sites;
  }

  private static void installed(Sites sites) {
    sites.site.apps().install(SHOP, VersionRef.parse("shop@1.0"));
  }

  private static void upgraded(Sites sites) {
    installed(sites);
    sites.site.apps().upgrade(SHOP, VersionRef.parse("shop@2.0"));
  }
}

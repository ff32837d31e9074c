// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import static dev.switchback.core.Sites.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.deploy.DeploymentException.Reason;
import dev.switchback.deploy.Observation.Health;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.VersionRef;
import dev.switchback.model.app.ComponentResult;
import dev.switchback.model.app.ComponentResult.Outcome;
import dev.switchback.model.app.OnFailure;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.app.RecordStatus;
import dev.switchback.plan.InstallRequest;
import dev.switchback.plan.UpgradeRequest;
import dev.switchback.testkit.faults.Fault;
import dev.switchback.testkit.faults.FaultPlan;
import dev.switchback.testkit.faults.Faults;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is tried again and what is not, and what time being up means. */
final class RetryTest {

  private static final ComponentKey API = new ComponentKey("api");

  private final Sites sites = new Sites();
  private final Apps apps = sites.site.apps();
  private final VersionRef one = sites.publish("1.0", Sites.shop("1"));

  @AfterEach
  void close() {
    sites.close();
  }

  @Test
  void backendThatDoesNotAnswer_isAskedAgain() {
    sites.backend.unreachable(3);
    Instant start = sites.clock.instant();

    assertThat(apps.install(SHOP, one).status()).isEqualTo(RecordStatus.SUCCEEDED);
    assertThat(Duration.between(start, sites.clock.instant()))
        .isGreaterThan(Duration.ofMillis(300));
  }

  @Test
  void backendThatNeverAnswers_failsInTheEnd() {
    sites.backend.failOn(API, Reason.UNREACHABLE);

    OperationRecord record = apps.install(SHOP, one);

    assertThat(record.status()).isEqualTo(RecordStatus.PARTLY_SUCCEEDED);
    assertThat(record.results().get(1).evidence())
        .anySatisfy(text -> assertThat(text).startsWith("deployment-unreachable"));
  }

  @Test
  void backendThatRefuses_isNotAskedAgain() {
    sites.backend.failOn(API, Reason.REFUSED);

    apps.install(SHOP, one);

    assertThat(sites.backend.calls())
        .filteredOn(call -> API.equals(call.component()))
        .hasSize(1);
  }

  @Test
  void storageThatFailsOrLosesAnswers_isAskedAgain() {
    List<String> calls = callsOfAnInstall();
    for (int number = 1; number <= calls.size(); number++) {
      if (calls.get(number - 1).equals("Storage.commit")) {
        for (Fault fault : List.of(Fault.FAIL, Fault.LOSE_REQUEST, Fault.LOSE_ANSWER)) {
          try (Sites again = new Sites()) {
            again.publish("1.0", Sites.shop("1"));
            Apps node =
                again.open("node-2", new Faults(FaultPlan.at(number, fault))).apps();

            assertThat(node.install(SHOP, one).status())
                .as(fault + " at " + number)
                .isEqualTo(RecordStatus.SUCCEEDED);
            assertThat(again.storage.leases().find(SHOP)).isEmpty();
          }
        }
      }
    }
  }

  /** What an operation of one component writes: the lease, its begin, its end. */
  @Test
  void operation_ofOneComponent_costsThreeWrites() {
    sites.publish(
        "2.0",
        dev.switchback.model.spec.AppSpec.builder()
            .components(dev.switchback.model.Keyed.of(Sites.component("only", "1")))
            .build());
    Faults faults = new Faults(FaultPlan.none());
    Apps node = sites.open("node-2", faults).apps();

    node.install(SHOP, VersionRef.parse("shop@2.0"));

    assertThat(faults.calls())
        .filteredOn(call -> call.equals("Storage.commit")
            || (call.startsWith("LeaseStore.") && !call.endsWith("find")))
        .containsExactly("LeaseStore.acquire", "Storage.commit", "Storage.commit");
  }

  @Test
  void deadline_isAFailure() {
    apps.install(SHOP, one);
    sites.backend.neverHealthy(API, Health.PROGRESSING);
    VersionRef two = sites.publish("2.0", Sites.shop("2"));
    Instant start = sites.clock.instant();

    OperationRecord record = apps.execute(
        apps.plan(SHOP, UpgradeRequest.to(two)),
        ExecutionOptions.builder()
            .deadline(Duration.ofSeconds(30))
            .onFailure(OnFailure.CONTINUE)
            .build());

    assertThat(record.status()).isEqualTo(RecordStatus.PARTLY_SUCCEEDED);
    assertThat(record.message()).contains("time was up", "not done in time");
    assertThat(record.results())
        .extracting(ComponentResult::outcome)
        .containsExactly(Outcome.DONE, Outcome.FAILED, Outcome.PENDING);
    assertThat(Duration.between(start, sites.clock.instant())).isLessThan(Duration.ofSeconds(35));
  }

  @Test
  void deadline_withRollback_takesBack() {
    apps.install(SHOP, one);
    sites.backend.neverHealthyImage("api:2");
    sites.backend.neverHealthy(API, Health.PROGRESSING);
    VersionRef two = sites.publish("2.0", Sites.shop("2"));

    OperationRecord record = apps.execute(
        apps.plan(SHOP, UpgradeRequest.to(two)),
        ExecutionOptions.builder()
            .deadline(Duration.ofSeconds(30))
            .onFailure(OnFailure.ROLL_BACK)
            .listener(event -> {
              if (event.kind() == ProgressEvent.Kind.STEP_FAILED) {
                sites.backend.heal();
              }
            })
            .build());

    assertThat(record.status()).isEqualTo(RecordStatus.UNDONE);
    assertThat(sites.running("db")).contains("db:1");
  }

  private List<String> callsOfAnInstall() {
    Faults faults = new Faults(FaultPlan.none());
    try (Sites dry = new Sites()) {
      dry.publish("1.0", Sites.shop("1"));
      Apps node = dry.open("node-2", faults).apps();
      node.execute(node.plan(SHOP, new InstallRequest(one)), ExecutionOptions.defaults());
    }
    return faults.calls();
  }
}

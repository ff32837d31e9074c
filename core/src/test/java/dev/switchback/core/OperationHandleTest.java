// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import static dev.switchback.core.Sites.SHOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchback.model.RefusedException;
import dev.switchback.model.VersionRef;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.app.RecordStatus;
import dev.switchback.plan.InstallRequest;
import dev.switchback.plan.Plan;
import dev.switchback.storage.FencedOffException;
import dev.switchback.storage.PageRequest;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An operation on a thread of its own, and who holds on to it. */
final class OperationHandleTest {

  private final Sites sites = new Sites();
  private final Apps apps = sites.site.apps();
  private final VersionRef one = sites.publish("1.0", Sites.shop("1"));

  @AfterEach
  void close() {
    sites.close();
  }

  @Test
  void start_returnsWhenTheRecordIsThere() throws InterruptedException {
    CountDownLatch goOn = new CountDownLatch(1);
    Operation operation = apps.start(plan(), heldAtStart(goOn));

    assertThat(operation.app()).isEqualTo(SHOP);
    assertThat(apps.record(operation.id()))
        .hasValueSatisfying(record -> assertThat(record.status()).isEqualTo(RecordStatus.RUNNING));
    assertThat(operation.await(Duration.ofMillis(1))).isEmpty();
    assertThat(operation.isDone()).isFalse();

    goOn.countDown();
    OperationRecord record = operation.await();
    assertThat(record.status()).isEqualTo(RecordStatus.SUCCEEDED);
    assertThat(apps.record(operation.id())).contains(record);
    assertThat(operation.await(Duration.ofSeconds(1))).contains(record);
    assertThat(operation.isDone()).isTrue();
  }

  @Test
  void events_areKeptInOrder() throws InterruptedException {
    Operation operation = apps.start(plan(), ExecutionOptions.defaults());
    operation.await();

    assertThat(operation.events())
        .extracting(ProgressEvent::kind)
        .startsWith(ProgressEvent.Kind.STARTED, ProgressEvent.Kind.STEP_STARTED)
        .endsWith(ProgressEvent.Kind.STEP_DONE, ProgressEvent.Kind.FINISHED)
        .hasSize(8);
  }

  @Test
  void cancel_beforeTheFirstStep_changesNothing() throws InterruptedException {
    CountDownLatch goOn = new CountDownLatch(1);
    Operation operation = apps.start(plan(), heldAtStart(goOn));
    operation.cancel();
    goOn.countDown();

    OperationRecord record = operation.await();

    assertThat(record.status()).isEqualTo(RecordStatus.CANCELLED);
    assertThat(record.message()).contains("cancelled");
    assertThat(sites.backend.changes()).isEmpty();
    assertThat(apps.find(SHOP)).isEmpty();
    assertThat(sites.storage.leases().find(SHOP)).isEmpty();
  }

  @Test
  void pause_ofAnEndedOperation_doesNothing() throws InterruptedException {
    Operation operation = apps.start(plan(), ExecutionOptions.defaults());
    OperationRecord record = operation.await();

    operation.pause();

    assertThat(apps.record(record.id())).contains(record);
    assertThatThrownBy(() -> apps.pause(record.id(), "ops"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("has ended");
  }

  @Test
  void start_ofWhatIsRefused_throwsAtOnce() {
    apps.install(SHOP, one);

    assertThatThrownBy(() -> apps.start(plan(), ExecutionOptions.defaults()))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("installed already");
    assertThat(sites.storage.leases().find(SHOP)).isEmpty();
  }

  /** A node that was away for longer than its lease writes nothing once it is back. */
  @Test
  void operation_thatWasTakenOver_isFencedOff() throws InterruptedException {
    CountDownLatch goOn = new CountDownLatch(1);
    Operation operation = apps.start(plan(), heldAtStart(goOn));
    sites.clock.advance(Duration.ofMinutes(2));
    OperationRecord finished =
        sites.open("node-2").apps().recover(ExecutionOptions.defaults()).get(0);
    int changes = sites.backend.changes().size();
    goOn.countDown();

    assertThatThrownBy(operation::await).isInstanceOf(FencedOffException.class);

    assertThat(finished.status()).isEqualTo(RecordStatus.SUCCEEDED);
    assertThat(apps.records(SHOP, PageRequest.first(10)).items()).containsExactly(finished);
    assertThat(sites.backend.changes()).hasSize(changes);
  }

  private Plan plan() {
    return apps.plan(SHOP, new InstallRequest(one));
  }

  private static ExecutionOptions heldAtStart(CountDownLatch goOn) {
    return ExecutionOptions.builder()
        .listener(event -> {
          if (event.kind() == ProgressEvent.Kind.STARTED) {
            await(goOn);
          }
        })
        .build();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}

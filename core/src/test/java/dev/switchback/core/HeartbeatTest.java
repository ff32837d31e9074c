// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import static dev.switchback.core.Sites.SHOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchback.deploy.DeploymentBackend;
import dev.switchback.model.VersionRef;
import dev.switchback.model.app.JournalEntry;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.app.RecordStatus;
import dev.switchback.storage.FencedOffException;
import dev.switchback.storage.LeaseHeldException;
import dev.switchback.storage.PageRequest;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Leases while calls take their time, and what is left behind when nobody keeps them. */
@Timeout(60)
final class HeartbeatTest {

  private final Sites sites = new Sites();
  private final VersionRef one = sites.publish("1.0", Sites.shop("1"));
  private final Apps other = sites.open("node-2").apps();
  private Runnable beat = () -> {};
  private boolean stopped;
  private Runnable duringCall = () -> {};

  @AfterEach
  void close() {
    sites.close();
  }

  @Test
  void lease_isKeptWhileACallTakesItsTime() {
    duringCall = () -> {
      for (int i = 0; i < 10; i++) {
        sites.clock.advance(Duration.ofSeconds(20));
        beat.run();
      }
      assertThatThrownBy(() -> other.install(SHOP, one)).isInstanceOf(LeaseHeldException.class);
    };

    assertThat(beating().install(SHOP, one).status()).isEqualTo(RecordStatus.SUCCEEDED);
    assertThat(stopped).isTrue();
    assertThat(sites.storage.leases().find(SHOP)).isEmpty();
  }

  @Test
  void node_thatWasAway_isFencedOffAndWritesNothing() {
    int[] changes = {0};
    duringCall = () -> {
      duringCall = () -> {};
      sites.clock.advance(Duration.ofMinutes(2));
      assertThat(other.recover(ExecutionOptions.defaults()))
          .extracting(OperationRecord::status)
          .containsExactly(RecordStatus.SUCCEEDED);
      changes[0] = sites.backend.changes().size();
      beat.run();
    };

    assertThatThrownBy(() -> beating().install(SHOP, one)).isInstanceOf(FencedOffException.class);

    OperationRecord record = other.records(SHOP, PageRequest.first(10)).items().get(0);
    List<JournalEntry> journal = sites.storage.journals().read(record.id());
    assertThat(record.status()).isEqualTo(RecordStatus.SUCCEEDED);
    assertThat(journal).hasSize(6);
    assertThat(sites.backend.changes()).hasSize(changes[0]);
  }

  /** A process that died with the lease: the next one to open waits for it, and goes on by itself. */
  @Test
  void recoverOnOpen_finishesWhatAnotherProcessLeft() throws InterruptedException {
    duringCall = () -> {
      throw new AssertionError("the process died");
    };
    assertThatThrownBy(() -> beating().install(SHOP, one)).isInstanceOf(AssertionError.class);
    sites.storage.leases().acquire(SHOP, "dead", Duration.ofSeconds(30));
    CountDownLatch finished = new CountDownLatch(1);

    Switchback reopened = Switchback.builder()
        .storage(sites.storage)
        .blobs(sites.blobs)
        .backend(sites.backend)
        .clock(sites.clock)
        .pause(sites.clock::advance)
        .recoverOnOpen(ExecutionOptions.builder()
            .listener(event -> {
              if (event.kind() == ProgressEvent.Kind.FINISHED) {
                finished.countDown();
              }
            })
            .build())
        .open();
    finished.await();
    reopened.close();

    assertThat(other.records(SHOP, PageRequest.first(10)).items())
        .extracting(OperationRecord::status)
        .containsExactly(RecordStatus.SUCCEEDED);
    assertThat(sites.running("web")).contains("web:1");
  }

  /** A node whose heartbeat beats when the test says so. */
  private Apps beating() {
    Heartbeats heartbeats = (interval, beats) -> {
      beat = beats;
      return () -> stopped = true;
    };
    return new Apps(new Site(
        sites.storage,
        sites.blobs,
        calling(),
        sites.clock,
        new Random(8),
        sites.clock::advance,
        heartbeats,
        Authorizer.allowAll(),
        ApprovalRule.none(),
        "node-1",
        Duration.ofSeconds(30),
        Duration.ofDays(1)));
  }

  private DeploymentBackend calling() {
    return (DeploymentBackend) Proxy.newProxyInstance(
        getClass().getClassLoader(),
        new Class<?>[] {DeploymentBackend.class},
        (proxy, method, arguments) -> {
          if (method.getName().equals("apply")) {
            duringCall.run();
          }
          try {
            return method.invoke(sites.backend, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        });
  }
}

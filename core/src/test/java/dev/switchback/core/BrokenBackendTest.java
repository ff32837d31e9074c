// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import static dev.switchback.core.Sites.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.deploy.AppTarget;
import dev.switchback.deploy.ComponentTarget;
import dev.switchback.deploy.DeploymentBackend;
import dev.switchback.deploy.Observation;
import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.VersionRef;
import dev.switchback.model.app.ComponentResult;
import dev.switchback.model.app.ComponentResult.Outcome;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.app.RecordStatus;
import dev.switchback.model.app.StepId;
import dev.switchback.plan.InstallRequest;
import dev.switchback.testkit.faults.FaultPlan;
import dev.switchback.testkit.faults.Faults;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Backends in languages without checked exceptions throw those undeclared. */
@Timeout(60)
final class BrokenBackendTest {

  private static final String SECRET = "hunter2";

  private final Sites sites = new Sites();
  private final VersionRef one = sites.publish("1.0", Sites.shop("1"));

  @AfterEach
  void close() {
    sites.close();
  }

  @Test
  void execute_whereApplyThrowsUndeclared_closesTheRecordWithoutItsWords() {
    try (Switchback site = siteThatBreaks(true, false)) {
      assertBroken(execute(site.apps(), ExecutionOptions.defaults()));
    }
  }

  @Test
  void execute_whereObserveThrowsUndeclared_closesTheRecordWithoutItsWords() {
    try (Switchback site = siteThatBreaks(false, true)) {
      assertBroken(execute(site.apps(), ExecutionOptions.defaults()));
    }
  }

  @Test
  void execute_onAPoolWhereApplyThrowsUndeclared_closesTheRecordWithoutItsWords() {
    ExecutorService pool = Executors.newFixedThreadPool(2);
    ExecutionOptions options =
        ExecutionOptions.builder().executor(pool).maxParallel(3).build();
    try (Switchback site = siteThatBreaks(true, false)) {
      assertBroken(execute(site.apps(), options));
    }
    pool.shutdown();
  }

  @Test
  void start_whereApplyThrowsUndeclared_ends() throws InterruptedException {
    try (Switchback site = siteThatBreaks(true, false)) {
      Operation operation = site.apps()
          .start(site.apps().plan(SHOP, new InstallRequest(one)), ExecutionOptions.defaults());

      assertBroken(operation.await());
    }
  }

  @Test
  void execute_whereTheListenerThrowsUndeclared_goesOn() {
    ExecutionOptions options = ExecutionOptions.builder()
        .listener(event -> throwUndeclared(new IOException(SECRET)))
        .build();

    assertThat(execute(sites.site.apps(), options).status()).isEqualTo(RecordStatus.SUCCEEDED);
  }

  private OperationRecord execute(Apps apps, ExecutionOptions options) {
    return apps.execute(apps.plan(SHOP, new InstallRequest(one)), options);
  }

  private static void assertBroken(OperationRecord record) {
    assertThat(record.status().isTerminal()).isTrue();
    assertThat(record.status()).isNotEqualTo(RecordStatus.SUCCEEDED);
    assertThat(record.results())
        .extracting(ComponentResult::outcome)
        .contains(Outcome.FAILED)
        .doesNotContain(Outcome.DONE);
    assertThat(record.toString() + record.results() + record.message())
        .contains("the backend broke with java.io.IOException")
        .doesNotContain(SECRET);
  }

  private Switchback siteThatBreaks(boolean onApply, boolean onObserve) {
    return sites
        .builder("node-2", new Faults(FaultPlan.none()))
        .backend(new Broken(sites.backend, onApply, onObserve))
        .open();
  }

  private record Broken(DeploymentBackend backend, boolean onApply, boolean onObserve)
      implements DeploymentBackend {

    @Override
    public List<Observation> observe(AppId app) {
      if (onObserve) {
        throwUndeclared(new IOException(SECRET));
      }
      return backend.observe(app);
    }

    @Override
    public void apply(StepId step, ComponentTarget target) {
      if (onApply) {
        throwUndeclared(new IOException(SECRET));
      }
      backend.apply(step, target);
    }

    @Override
    public void remove(StepId step, AppId app, ComponentKey component) {
      backend.remove(step, app, component);
    }

    @Override
    public void applyShared(StepId step, AppTarget target) {
      backend.applyShared(step, target);
    }

    @Override
    public void close() {
      backend.close();
    }
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Throwable> void throwUndeclared(Throwable thrown) throws E {
    throw (E) thrown;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import static dev.switchback.core.Sites.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.model.ComponentKey;
import dev.switchback.model.Digest;
import dev.switchback.model.Keyed;
import dev.switchback.model.VersionRef;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.Build;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.Image;
import dev.switchback.plan.Edit;
import dev.switchback.plan.EditRequest;
import dev.switchback.plan.Plan;
import dev.switchback.plan.PlanRequest;
import dev.switchback.plan.RollbackRequest;
import dev.switchback.plan.UpgradeRequest;
import dev.switchback.storage.PageRequest;
import dev.switchback.storage.RecordQuery;
import dev.switchback.storage.StoredOperation;
import dev.switchback.testkit.faults.Fault;
import dev.switchback.testkit.faults.FaultPlan;
import dev.switchback.testkit.faults.Faults;
import dev.switchback.testkit.faults.SimulatedCrash;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** Whatever happened before, retention never lets go of what is needed. */
final class RetentionLaws {

  private static final ComponentKey WEB = new ComponentKey("web");

  /** What can happen at a site. */
  enum Act {
    EDIT,
    UPGRADE,
    ROLL_BACK,
    REPORT_GOOD_BUILD,
    REPORT_BAD_BUILD,
    CUT_SHORT,
    RECOVER,
    WAIT,
    COLLECT
  }

  /** Something that happens, and a number that says how. */
  record Event(Act act, int number) {}

  @Provide
  Arbitrary<List<Event>> histories() {
    return Combinators.combine(Arbitraries.of(Act.class), Arbitraries.integers().between(0, 1000))
        .as(Event::new)
        .list()
        .ofMinSize(5)
        .ofMaxSize(30);
  }

  @Property(tries = 80, shrinking = ShrinkingMode.BOUNDED)
  void collect_afterAnyHistory_keepsWhatIsNeeded(@ForAll("histories") List<Event> events) {
    try (History history = new History()) {
      events.forEach(history::happen);
      history.collect(0);
      history.settle();
    }
  }

  /** A site, and what happened there. */
  private static final class History implements AutoCloseable {

    private final Sites sites = new Sites();
    private final Apps apps = sites.site.apps();
    private final Map<String, VersionRef> published = new HashMap<>();
    private int number;

    History() {
      apps.install(SHOP, publish());
    }

    void happen(Event event) {
      number++;
      switch (event.act()) {
        case EDIT -> run(edit());
        case UPGRADE -> run(UpgradeRequest.to(publish()));
        case ROLL_BACK -> run(RollbackRequest.revision(revision(event.number())).build());
        case REPORT_GOOD_BUILD -> report(Build.Status.SUCCESS);
        case REPORT_BAD_BUILD -> report(Build.Status.FAILURE);
        case CUT_SHORT -> cutShort(1 + event.number() % 40);
        case RECOVER -> apps.recover(ExecutionOptions.defaults());
        case WAIT -> sites.clock.advance(Duration.ofHours(event.number() % 200));
        case COLLECT -> collect(event.number());
      }
    }

    private VersionRef publish() {
      String version = "1." + number;
      return published.computeIfAbsent(version, unused -> {
        AppSpec spec = AppSpec.builder()
            .components(Keyed.of(
                Sites.component("web", "v", "db").toBuilder().image(image("v")).build(),
                Sites.component("db", "v").toBuilder().image(image("d")).build()))
            .build();
        return sites.publish(version, spec);
      });
    }

    private Image image(String kind) {
      String name = kind + number;
      Digest layer = put("layer of " + name);
      return new Image("image:" + name, put("{\"layer\":\"" + layer + "\"}"), name);
    }

    private Digest put(String content) {
      byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
      sites.blobs.put(Digest.of(bytes), new ByteArrayInputStream(bytes));
      return Digest.of(bytes);
    }

    private PlanRequest edit() {
      return EditRequest.of(new Edit.SetImage(WEB, image("e")));
    }

    private long revision(int choice) {
      List<AppState> revisions =
          sites.storage.apps().revisions(SHOP, PageRequest.first(1000)).items();
      return revisions.get(choice % revisions.size()).generation();
    }

    private void run(PlanRequest request) {
      Plan plan = apps.plan(SHOP, request);
      if (plan.isExecutable() && open().isEmpty()) {
        apps.execute(plan, ExecutionOptions.defaults());
      }
    }

    private void report(Build.Status status) {
      Image image = image("b");
      apps.reportBuild(SHOP, WEB, new ReportedBuild("b" + number, status, image, ""), "ci");
    }

    private void cutShort(int call) {
      if (!open().isEmpty()) {
        return;
      }
      Plan plan = apps.plan(SHOP, edit());
      Faults faults = new Faults(FaultPlan.at(call, Fault.CRASH_BEFORE));
      try (Switchback node = sites.open("node-2", faults)) {
        node.apps().execute(plan, ExecutionOptions.defaults());
      } catch (SimulatedCrash e) {
        sites.clock.advance(Duration.ofMinutes(1)); // its lease runs out
      }
    }

    private List<OperationRecord> open() {
      return sites
          .storage
          .records()
          .list(RecordQuery.all().unfinished(), PageRequest.first(10))
          .items();
    }

    void collect(int choice) {
      RetentionPolicy policy = RetentionPolicy.builder()
          .revisions(1 + choice % 3)
          .builds(1 + choice % 2)
          .operations(choice % 4)
          .age(Duration.ofHours(choice % 5 * 24L))
          .grace(Duration.ofHours(choice % 2))
          .build();
      sites.clock.advance(Duration.ofSeconds(1));
      AppState before = apps.find(SHOP).orElseThrow();
      List<OperationRecord> records = records();
      RetentionReport preview = sites.site.retention().preview(policy);

      RetentionReport report = sites.site.retention().collect(policy, "");

      assertThat(report.going()).isEqualTo(preview.going());
      assertThat(sites.site.retention().collect(policy, "").going()).isEmpty();
      assertThat(apps.find(SHOP)).contains(before);
      assertThat(records()).isEqualTo(records);
      assertThat(sites.site.audit().verify(SHOP).isIntact()).isTrue();
      published
          .values()
          .forEach(ref -> needs(sites.site.library().find(ref).orElseThrow().spec()));
      open().forEach(this::canGoOn);
      sites
          .storage
          .apps()
          .revisions(SHOP, PageRequest.first(1000))
          .items()
          .forEach(this::canBeGoneBackTo);
      apps.builds(SHOP, WEB, PageRequest.first(1000))
          .items()
          .forEach(build -> needs(build.image()));
    }

    private List<OperationRecord> records() {
      return apps.records(SHOP, PageRequest.first(1000)).items();
    }

    private void canGoOn(OperationRecord record) {
      StoredOperation operation = sites.storage.records().find(record.id()).orElseThrow();
      needs(operation.wanted().spec());
      assertThat(sites.storage.apps().findRevision(SHOP, record.baseGeneration()))
          .isPresent();
      assertThat(sites.storage.journals().read(record.id())).isNotEmpty();
      assertThat(sites.blobs.digests()).contains(record.plan().orElseThrow());
    }

    private void canBeGoneBackTo(AppState revision) {
      needs(revision.spec());
      Component web = revision.spec().component(WEB).orElseThrow();
      assertThat(apps.builds(SHOP, WEB, PageRequest.first(1000)).items())
          .anyMatch(build -> build.image().equals(web.image()));
      Plan plan =
          apps.plan(SHOP, RollbackRequest.revision(revision.generation()).build());
      assertThat(plan.obstacles())
          .extracting("code")
          .doesNotContain("revision-unknown", "artifact-missing");
    }

    private void needs(AppSpec spec) {
      spec.components().forEach(component -> needs(component.image()));
    }

    private void needs(Image image) {
      Optional<Digest> digest = Optional.ofNullable(image.digest());
      Digest layer = Digest.of("layer of " + image.buildVersion());
      assertThat(sites.blobs.digests()).contains(digest.orElseThrow(), layer);
    }

    /** What was cut short can still be finished. */
    void settle() {
      apps.recover(ExecutionOptions.defaults());
      assertThat(open()).isEmpty();
    }

    @Override
    public void close() {
      sites.close();
    }
  }
}

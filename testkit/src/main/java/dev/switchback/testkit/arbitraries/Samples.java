// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.arbitraries;

import dev.switchback.model.ComponentKey;
import dev.switchback.model.Digest;
import dev.switchback.model.Setting;
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
import dev.switchback.model.template.Stage;
import dev.switchback.model.template.TemplateVersion;
import dev.switchback.model.template.UpgradeRules;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Model values by number, without a property-test framework: the same number, the same value. They
 * are as varied as those of {@link Specs}, for loops over many numbers, contract tests and benchmarks.
 */
public final class Samples {

  private static final int COMPONENTS = 5;
  private static final int CHANGES = 40;
  private static final int EDITS = 16;

  private Samples() {}

  /** Makes a spec of no to about five components. */
  public static AppSpec appSpec(int seed) {
    Dice d = new Dice(seed);
    AppSpec spec = AppSpec.empty();
    for (int i = d.below(COMPONENTS + 1); i > 0; i--) {
      spec = AppFeature.ADD_COMPONENT.applyTo(spec, d);
    }
    return changed(spec, d, d.below(CHANGES));
  }

  /** Makes a component. */
  public static Component component(int seed) {
    Dice d = new Dice(seed);
    Component component = AppFeature.component(d.key(), d, AppSpec.empty());
    for (int i = d.below(CHANGES); i > 0; i--) {
      component = d.pick(ComponentFeature.class).apply(component, d, AppSpec.empty());
    }
    return component;
  }

  /** Makes a template version; see {@link Specs#templateVersion()} for its spec digest. */
  public static TemplateVersion templateVersion(int seed) {
    return templateVersion(new Dice(seed), appSpec(seed), Samples::standInDigest);
  }

  /** Makes a state of an app. */
  public static AppState appState(int seed) {
    Dice d = new Dice(seed);
    AppSpec base = appSpec(seed);
    return appState(d, base, changed(base, d, d.below(EDITS)));
  }

  /** Makes a record of an operation. */
  public static OperationRecord operationRecord(int seed) {
    return operationRecord(new Dice(seed));
  }

  /** Makes a journal entry; for a journal give it a record and a sequence number. */
  public static JournalEntry journalEntry(int seed) {
    return journalEntry(new Dice(seed));
  }

  /** Makes a build. */
  public static Build build(int seed) {
    return build(new Dice(seed));
  }

  /** Equal for equal specs: all that a store or a planner may rely on. */
  static Digest standInDigest(AppSpec spec) {
    return Digest.of("spec " + spec.hashCode());
  }

  private static AppSpec changed(AppSpec spec, Dice d, int times) {
    AppSpec result = spec;
    for (int i = times; i > 0; i--) {
      result = d.pick(Mutation.FEATURES).applyTo(result, d);
    }
    return result;
  }

  static TemplateVersion templateVersion(Dice d, AppSpec spec, Function<AppSpec, Digest> digest) {
    SortedMap<String, String> annotations = new TreeMap<>();
    for (int i = d.below(4); i > 1; i--) {
      annotations.put(d.name(), d.text());
    }
    return TemplateVersion.builder(d.versionRef(), spec, digest.apply(spec))
        .name(d.text())
        .alias(d.text())
        .notes(d.text())
        .stage(d.pick(Stage.class))
        .upgradeRules(
            new UpgradeRules(list(d, () -> d.word(">=1.0 <2.0", ">=1.4", "*")), d.flip(), d.flip()))
        .annotations(annotations)
        .ramDigest(d.maybe(d::digest))
        .build();
  }

  static AppState appState(Dice d, AppSpec base, AppSpec spec) {
    SortedMap<ComponentKey, Origin> origins = new TreeMap<>();
    spec.components()
        .forEach(component -> origins.put(
            component.id(), new Origin(d.versionRef(), d.oneIn(4) ? d.key() : component.id())));
    SortedMap<String, Setting> generated = new TreeMap<>();
    for (int i = d.below(3); i > 0; i--) {
      generated.put(d.word("db", "群", "api"), Setting.secret("generated-" + d.hex(4)));
    }
    SortedMap<String, String> hostNames = new TreeMap<>();
    for (int i = d.below(3); i > 0; i--) {
      hostNames.put(d.word("db", "mysql", "web"), "db-" + d.below(100));
    }
    return AppState.builder(d.appId(), d.versionRef())
        .generation(1 + d.count() / 2)
        .installed(!d.oneIn(6))
        .spec(spec)
        .base(base)
        .origins(origins)
        .generated(generated)
        .hostNames(hostNames)
        .unsettled(list(d, d::key))
        .record(d.maybe(d::recordId))
        .keptBase(d.oneIn(4) ? spec : null)
        .build();
  }

  static OperationRecord operationRecord(Dice d) {
    RecordStatus status = d.pick(RecordStatus.class);
    Instant startedAt = d.instant();
    return OperationRecord.builder(d.recordId(), d.appId(), d.pick(OperationKind.class))
        .status(status)
        .actor(d.text())
        .reason(d.text())
        .onFailure(d.pick(OnFailure.class))
        .from(d.maybe(d::versionRef))
        .to(d.maybe(d::versionRef))
        .baseGeneration(d.count())
        .resultGeneration(d.count())
        .plan(d.maybe(d::digest))
        .approvals(list(d, () -> new Approval(d.text(), d.text(), d.instant())))
        .parent(d.maybe(d::recordId))
        .fence(d.count())
        .startedAt(startedAt)
        .finishedAt(status.isTerminal() ? startedAt.plusMillis(d.number()) : null)
        .results(list(d, () -> result(d)))
        .followUps(list(d, () -> followUp(d)))
        .message(d.text())
        .previous(d.maybe(d::digest))
        .build();
  }

  private static ComponentResult result(Dice d) {
    StepAction action = d.pick(StepAction.class);
    return new ComponentResult(
        action.isShared() ? null : d.key(),
        action,
        d.pick(ComponentResult.Outcome.class),
        d.text(),
        list(d, d::text),
        d.maybe(d::instant),
        d.maybe(d::instant));
  }

  private static FollowUp followUp(Dice d) {
    return new FollowUp(
        "F" + d.below(100),
        d.word("env", "config-file", "volume"),
        d.maybe(d::key),
        d.text(),
        d.text(),
        d.text(),
        d.text());
  }

  static JournalEntry journalEntry(Dice d) {
    StepAction action = d.pick(StepAction.class);
    return new JournalEntry(
        d.recordId(),
        1 + d.count() / 2,
        d.pick(JournalEntry.Phase.class),
        step(d),
        action,
        action.isShared() ? null : d.key(),
        d.text(),
        list(d, d::text),
        d.instant());
  }

  static AuditEntry auditEntry(Dice d) {
    return new AuditEntry(
        d.appId(),
        1 + d.count() / 2,
        d.pick(AuditEntry.Act.class),
        d.text(),
        d.text(),
        d.text(),
        d.instant(),
        d.maybe(d::digest));
  }

  static StepId step(Dice d) {
    return d.oneIn(5) ? new StepId("步 " + d.hex(4)) : StepId.of(d.recordId(), d.below(12_000));
  }

  static Build build(Dice d) {
    return new Build(
        d.appId(),
        d.key(),
        d.word("20240501120000", "构建-1", d.hex(6)),
        1 + d.count() / 2,
        d.pick(Build.Status.class),
        d.image(),
        d.text(),
        d.instant());
  }

  static Lease lease(Dice d) {
    Instant acquired = d.instant();
    return new Lease(
        d.appId(),
        d.word("node-1", "节点 2", d.hex(8)),
        d.count(),
        acquired,
        acquired.plusMillis(1 + d.number() / 2));
  }

  private static <T> List<T> list(Dice d, Supplier<T> item) {
    List<T> list = new ArrayList<>();
    for (int i = d.below(4); i > 0; i--) {
      list.add(item.get());
    }
    return list;
  }
}

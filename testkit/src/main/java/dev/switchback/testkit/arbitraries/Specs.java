// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.arbitraries;

import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Digest;
import dev.switchback.model.RecordId;
import dev.switchback.model.Setting;
import dev.switchback.model.Version;
import dev.switchback.model.VersionRef;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.AuditEntry;
import dev.switchback.model.app.Build;
import dev.switchback.model.app.JournalEntry;
import dev.switchback.model.app.Lease;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.app.StepId;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.Image;
import dev.switchback.model.template.TemplateVersion;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;

/**
 * Generators of model values for jqwik properties.
 *
 * <p>Texts are empty, large, in many scripts and full of what formats have to escape, but never hold
 * half a surrogate pair, which no Unicode encoding can carry. Every property of the model takes other
 * values than its default. Numbers stay within what JSON can hold exactly. Dependencies, mounts and
 * routes usually, not always, lead to a component that is there; cycles occur.
 *
 * <p>A spec is made of small changes to the empty one, so a failing property shrinks to the few that
 * matter. Use one from a property class with a provider method:
 *
 * <pre>{@code
 * @Provide
 * Arbitrary<SpecPair> pairs() {
 *   return Specs.specPair();
 * }
 * }</pre>
 */
public final class Specs {

  private static final int COMPONENTS = 5;
  private static final int CHANGES = 40;
  private static final int EDITS = 16;

  private Specs() {}

  /** Generates texts of any content, often empty. */
  public static Arbitrary<String> text() {
    return drawn(Dice::text);
  }

  /** Generates plain, secret and generated settings. */
  public static Arbitrary<Setting> setting() {
    return drawn(Dice::setting);
  }

  /** Generates version texts as vendors write them. */
  public static Arbitrary<String> versionText() {
    return drawn(Dice::versionText);
  }

  /** Generates versions. */
  public static Arbitrary<Version> version() {
    return versionText().map(Version::parse);
  }

  /** Generates references to template versions. */
  public static Arbitrary<VersionRef> versionRef() {
    return drawn(Dice::versionRef);
  }

  /** Generates digests. */
  public static Arbitrary<Digest> digest() {
    return drawn(Dice::digest);
  }

  /** Generates images: by tag, by digest, with and without a build, and none. */
  public static Arbitrary<Image> image() {
    return drawn(Dice::image);
  }

  /** Generates ids of apps. */
  public static Arbitrary<AppId> appId() {
    return drawn(Dice::appId);
  }

  /** Generates keys of components. */
  public static Arbitrary<ComponentKey> componentKey() {
    return drawn(Dice::key);
  }

  /** Generates ids of records. */
  public static Arbitrary<RecordId> recordId() {
    return drawn(Dice::recordId);
  }

  /** Generates ids of steps. */
  public static Arbitrary<StepId> stepId() {
    return drawn(Samples::step);
  }

  /** Generates times between 1970 and 2099, to the second, the millisecond or the nanosecond. */
  public static Arbitrary<Instant> instant() {
    return drawn(Dice::instant);
  }

  /** Generates components, from bare ones to ones with dozens of items. */
  public static Arbitrary<Component> component() {
    Arbitrary<List<Mutation>> changes =
        mutation(List.of(ComponentFeature.values())).list().ofMaxSize(CHANGES);
    return Combinators.combine(seed(), changes).as((first, list) -> {
      Dice dice = new Dice(first);
      AppSpec alone =
          AppFeature.with(AppSpec.empty(), AppFeature.component(dice.key(), dice, AppSpec.empty()));
      return Mutation.applyAll(alone, list).components().get(0);
    });
  }

  /** Generates specs of no to about five components, with everything a spec can have. */
  public static Arbitrary<AppSpec> appSpec() {
    Arbitrary<List<Mutation>> components = seed()
        .map(seed -> new Mutation(AppFeature.ADD_COMPONENT, seed))
        .list()
        .ofMaxSize(COMPONENTS);
    return Combinators.combine(components, mutation().list().ofMaxSize(CHANGES))
        .as((first, rest) -> Mutation.applyAll(Mutation.applyAll(AppSpec.empty(), first), rest));
  }

  /**
   * Generates relatives of {@code spec}: up to sixteen items and components added, edited and
   * removed; now and then {@code spec} itself.
   */
  public static Arbitrary<AppSpec> edited(AppSpec spec) {
    return edits().map(edits -> Mutation.applyAll(spec, edits));
  }

  /** Generates a spec and an edited relative of it. */
  public static Arbitrary<SpecPair> specPair() {
    return Combinators.combine(appSpec(), edits())
        .as((older, edits) -> new SpecPair(older, Mutation.applyAll(older, edits)));
  }

  /** Generates a base and two relatives, with edits in common and edits of their own. */
  public static Arbitrary<SpecTriple> specTriple() {
    Arbitrary<List<Mutation>> common = mutation().list().ofMaxSize(2);
    return Combinators.combine(appSpec(), common, edits(), edits())
        .as((base, both, operator, vendor) -> {
          AppSpec start = Mutation.applyAll(base, both);
          return new SpecTriple(
              base, Mutation.applyAll(start, operator), Mutation.applyAll(start, vendor));
        });
  }

  /**
   * Generates template versions. Their spec digests stand in for the true ones: equal for equal
   * specs, but not the digests of a JSON document.
   */
  public static Arbitrary<TemplateVersion> templateVersion() {
    return templateVersion(Samples::standInDigest);
  }

  /** Generates template versions whose spec digests {@code digest} computes. */
  public static Arbitrary<TemplateVersion> templateVersion(Function<AppSpec, Digest> digest) {
    return Combinators.combine(seed(), appSpec())
        .as((seed, spec) -> Samples.templateVersion(new Dice(seed), spec, digest));
  }

  /** Generates states of apps at generation 1 or later, whose specs are edited from their bases. */
  public static Arbitrary<AppState> appState() {
    return Combinators.combine(seed(), specPair())
        .as((seed, pair) -> Samples.appState(new Dice(seed), pair.older(), pair.newer()));
  }

  /** Generates records of operations in every status. */
  public static Arbitrary<OperationRecord> operationRecord() {
    return drawn(Samples::operationRecord);
  }

  /** Generates single journal entries; for a journal give them a record and sequence numbers. */
  public static Arbitrary<JournalEntry> journalEntry() {
    return drawn(Samples::journalEntry);
  }

  /** Returns audit entries. */
  public static Arbitrary<AuditEntry> auditEntry() {
    return drawn(Samples::auditEntry);
  }

  /** Generates builds. */
  public static Arbitrary<Build> build() {
    return drawn(Samples::build);
  }

  /** Generates leases. */
  public static Arbitrary<Lease> lease() {
    return drawn(Samples::lease);
  }

  private static <T> Arbitrary<T> drawn(Function<Dice, T> draw) {
    return seed().map(seed -> draw.apply(new Dice(seed)));
  }

  private static Arbitrary<List<Mutation>> edits() {
    return mutation().list().ofMaxSize(EDITS);
  }

  private static Arbitrary<Mutation> mutation() {
    return mutation(Mutation.FEATURES);
  }

  private static Arbitrary<Mutation> mutation(List<? extends Mutation.Feature> features) {
    return Combinators.combine(Arbitraries.of(features), seed())
        .as((feature, seed) -> new Mutation(feature, seed))
        .withoutEdgeCases();
  }

  private static Arbitrary<Integer> seed() {
    return Arbitraries.integers()
        .between(0, Integer.MAX_VALUE)
        .withDistribution(RandomDistribution.uniform())
        .withoutEdgeCases();
  }
}

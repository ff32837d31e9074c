// SPDX-License-Identifier: Apache-2.0
package dev.switchback.diff;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.ComponentKey;
import dev.switchback.model.Keyed;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of an item under a rule.
 *
 * <p>An edited item can be resolved field by field: some are taken from the target, some are kept, some
 * conflict. Then {@link #applied}, {@link #kept} and {@link #conflicts} are all that differ between
 * recorded and target, each in one of the three. For an item that is added or removed as a whole, they
 * are empty and {@link #outcome} says it all.
 */
public final class Resolution {

  /** What becomes of the item as a whole. */
  public enum Outcome {
    /** The target's is taken, in full or in part. */
    APPLIED,
    /** The recorded one stays. */
    KEPT,
    /** Both sides changed it: somebody has to decide; until then the recorded one stays. */
    CONFLICT
  }

  private final Outcome outcome;
  private final Keyed.@Nullable Item item;
  private final List<Differing> applied;
  private final List<Differing> kept;
  private final List<Differing> conflicts;

  /** A field in which an edited item differs; its text is made when somebody asks for it. */
  private record Differing(
      String field, @Nullable Object recorded, @Nullable Object target) {}

  private Resolution(
      Outcome outcome,
      Keyed.@Nullable Item item,
      List<Differing> applied,
      List<Differing> kept,
      List<Differing> conflicts) {
    this.outcome = outcome;
    this.item = item;
    this.applied = applied;
    this.kept = kept;
    this.conflicts = conflicts;
  }

  static Resolution of(ThreeWay.Row row, Rule rule, Predicate<ComponentKey> inTemplate) {
    requireNonNull(rule, "rule");
    Optional<Change> pending = row.pending();
    if (pending.isEmpty()) {
      return whole(Outcome.KEPT, row.recorded().orElse(null));
    }
    Change change = pending.get();
    Answer answer = rule.answer(change, inTemplate);
    if (change.type() == ChangeType.EDITED) {
      return edited(row, rule, answer);
    }
    boolean applies =
        answer == Answer.APPLY || (answer == Answer.MERGE && row.changedBy() == ChangedBy.VENDOR);
    if (applies) {
      return whole(Outcome.APPLIED, row.target().orElse(null));
    }
    boolean conflict = answer == Answer.MERGE && row.changedBy() == ChangedBy.BOTH;
    return whole(conflict ? Outcome.CONFLICT : Outcome.KEPT, row.recorded().orElse(null));
  }

  private static Resolution whole(Outcome outcome, Keyed.@Nullable Item item) {
    return new Resolution(outcome, item, List.of(), List.of(), List.of());
  }

  private static Resolution edited(ThreeWay.Row row, Rule rule, Answer answer) {
    Keyed.Item recorded = row.recorded().orElseThrow();
    Keyed.Item target = row.target().orElseThrow();
    Keyed.Item base = row.base().orElse(null);
    List<Differing> applied = new ArrayList<>();
    List<Differing> kept = new ArrayList<>();
    List<Differing> conflicts = new ArrayList<>();
    Keyed.Item mixed = Items.mix(recorded, target, (field, is, wanted) -> {
      Outcome outcome = !rule.covers(field, is, wanted)
          ? Outcome.KEPT
          : row.place().property().isTakenWhole()
              ? field(answer, base, base, recorded, target)
              : field(answer, base == null ? null : Items.value(base, field), base, is, wanted);
      List<Differing> list = switch (outcome) {
        case APPLIED -> applied;
        case KEPT -> kept;
        case CONFLICT -> conflicts;
      };
      list.add(new Differing(field, is, wanted));
      return outcome == Outcome.APPLIED;
    });
    Outcome outcome = !conflicts.isEmpty()
        ? Outcome.CONFLICT
        : applied.isEmpty() ? Outcome.KEPT : Outcome.APPLIED;
    return new Resolution(outcome, mixed, applied, kept, conflicts);
  }

  private static Outcome field(
      Answer answer,
      @Nullable Object was,
      Keyed.@Nullable Item base,
      @Nullable Object is,
      @Nullable Object wanted) {
    return switch (answer) {
      case APPLY -> Outcome.APPLIED;
      case KEEP -> Outcome.KEPT;
      case MERGE -> {
        if (base == null) {
          yield Outcome.CONFLICT;
        }
        if (Objects.equals(was, is)) {
          yield Outcome.APPLIED;
        }
        yield Objects.equals(was, wanted) ? Outcome.KEPT : Outcome.CONFLICT;
      }
    };
  }

  /** Tells what becomes of the item as a whole; a conflict if any field conflicts. */
  public Outcome outcome() {
    return outcome;
  }

  /**
   * Returns the item that results; empty if there is none then. With conflicts, their fields have what
   * is recorded.
   */
  public Optional<Keyed.Item> item() {
    return Optional.ofNullable(item);
  }

  /** Returns the fields of an edited item that are taken from the target. */
  public List<FieldChange> applied() {
    return texts(applied);
  }

  /** Returns the fields of an edited item that stay as recorded although the target differs. */
  public List<FieldChange> kept() {
    return texts(kept);
  }

  /** Returns the fields of an edited item that both sides changed. */
  public List<FieldChange> conflicts() {
    return texts(conflicts);
  }

  private static List<FieldChange> texts(List<Differing> fields) {
    return fields.stream()
        .flatMap(each -> Texts.fieldChanges(each.field, each.recorded, each.target).stream())
        .toList();
  }

  /** Returns the outcome; no value, so no secret. */
  @Override
  public String toString() {
    return outcome.toString();
  }
}

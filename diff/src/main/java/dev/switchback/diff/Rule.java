// SPDX-License-Identifier: Apache-2.0
package dev.switchback.diff;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.ComponentKey;
import dev.switchback.model.Keyed;
import dev.switchback.model.spec.EnvVar;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a policy says about the changes of one kind of property: one answer each for items that the
 * target adds, edits and removes, and, for edits, which fields it is about.
 *
 * <p>A value: two rules are equal when they say the same. Start at {@link #keep()}, {@link #apply()}
 * or {@link #merge()} and change what should differ.
 */
public final class Rule {

  private static final Rule KEEP = all(Answer.KEEP);
  private static final Rule APPLY = all(Answer.APPLY);
  private static final Rule MERGE = all(Answer.MERGE);

  private final Answer added;
  private final Answer edited;
  private final Answer removed;
  private final List<String> fields;
  private final List<String> openOnly;
  private final boolean insideTemplate;
  private final boolean regeneratesDerived;

  private Rule(
      Answer added,
      Answer edited,
      Answer removed,
      List<String> fields,
      List<String> openOnly,
      boolean insideTemplate,
      boolean regeneratesDerived) {
    this.added = requireNonNull(added, "added");
    this.edited = requireNonNull(edited, "edited");
    this.removed = requireNonNull(removed, "removed");
    this.fields = fields;
    this.openOnly = openOnly;
    this.insideTemplate = insideTemplate;
    this.regeneratesDerived = regeneratesDerived;
  }

  private static Rule all(Answer answer) {
    return new Rule(answer, answer, answer, List.of(), List.of(), false, false);
  }

  /** Returns the rule that touches nothing. */
  public static Rule keep() {
    return KEEP;
  }

  /** Returns the rule that takes everything from the target, removals included. */
  public static Rule apply() {
    return APPLY;
  }

  /** Returns the three-way rule. */
  public static Rule merge() {
    return MERGE;
  }

  /** Returns a copy with another answer for items the target adds. */
  public Rule onAdded(Answer answer) {
    return new Rule(answer, edited, removed, fields, openOnly, insideTemplate, regeneratesDerived);
  }

  /** Returns a copy with another answer for items the target edits, whatever their field. */
  public Rule onEdited(Answer answer) {
    return new Rule(
        added, answer, removed, List.of(), List.of(), insideTemplate, regeneratesDerived);
  }

  /** Returns a copy with another answer for items the target removes. */
  public Rule onRemoved(Answer answer) {
    return new Rule(added, edited, answer, fields, openOnly, insideTemplate, regeneratesDerived);
  }

  /** Returns a copy whose answer for edited items is about these fields only; others are kept. */
  public Rule onlyFields(String... names) {
    return new Rule(
        added, edited, removed, sorted(names), openOnly, insideTemplate, regeneratesDerived);
  }

  /**
   * Returns a copy that takes these yes-or-no fields from the target too, but only from no to yes: what
   * is open is never closed.
   */
  public Rule openingOnly(String... names) {
    return new Rule(
        added, edited, removed, fields, sorted(names), insideTemplate, regeneratesDerived);
  }

  /** Returns a copy that removes an edge only if the components at both ends are in the target. */
  public Rule insideTemplate() {
    return new Rule(added, edited, removed, fields, openOnly, true, regeneratesDerived);
  }

  /** Returns a copy that always takes connection values derived from a port from the target. */
  public Rule regeneratingDerived() {
    return new Rule(added, edited, removed, fields, openOnly, insideTemplate, true);
  }

  private static List<String> sorted(String... names) {
    return List.copyOf(new TreeSet<>(List.of(names)));
  }

  /** Returns the answer for items the target adds. */
  public Answer added() {
    return added;
  }

  /** Returns the answer for items the target edits. */
  public Answer edited() {
    return edited;
  }

  /** Returns the answer for items the target removes. */
  public Answer removed() {
    return removed;
  }

  /** Returns the fields the answer for edited items is about, sorted; empty for all. */
  public List<String> fields() {
    return fields;
  }

  /** Returns the fields that are taken from no to yes only, sorted. */
  public List<String> openOnlyFields() {
    return openOnly;
  }

  /** Tells whether an edge is removed only if the components at both ends are in the target. */
  public boolean isInsideTemplate() {
    return insideTemplate;
  }

  /** Tells whether connection values derived from a port always follow the target. */
  public boolean isRegeneratingDerived() {
    return regeneratesDerived;
  }

  /**
   * Answers a change that would lead from the recorded state to the target.
   *
   * @param pending the change
   * @param inTemplate tells whether an installed component is one of the target's
   * @return the answer; for an edit, the one for the fields that {@link #covers} names
   */
  public Answer answer(Change pending, Predicate<ComponentKey> inTemplate) {
    return switch (pending.type()) {
      case ADDED -> isDerived(pending.afterItem()) ? Answer.APPLY : added;
      case EDITED -> isDerived(pending.afterItem()) ? Answer.APPLY : edited;
      case REMOVED ->
        removed != Answer.KEEP && insideTemplate && !bothEnds(pending, inTemplate)
            ? Answer.KEEP
            : removed;
    };
  }

  private boolean isDerived(Keyed.@Nullable Item item) {
    return regeneratesDerived && item instanceof EnvVar value && value.port() != 0;
  }

  private static boolean bothEnds(Change pending, Predicate<ComponentKey> inTemplate) {
    return pending.component().filter(inTemplate).isPresent()
        && Items.provider(pending.beforeItem()).filter(inTemplate).isPresent();
  }

  /**
   * Tells whether the answer for edited items is about a field. What it is not about is kept.
   *
   * @param field the name of the field
   * @param recorded its recorded value
   * @param target its value in the target
   */
  boolean covers(String field, @Nullable Object recorded, @Nullable Object target) {
    if (openOnly.contains(field)) {
      return Boolean.FALSE.equals(recorded) && Boolean.TRUE.equals(target);
    }
    return (fields.isEmpty() && openOnly.isEmpty()) || fields.contains(field);
  }

  /**
   * Returns the rule in words, such as {@code add, update protocol}.
   *
   * @param property the kind of property it is for; decides which answers can occur at all
   */
  public String words(PropertyKind property) {
    List<String> words = new ArrayList<>();
    if (added == edited && edited == removed && added == Answer.MERGE) {
      return "three-way";
    }
    if (!property.isAlwaysThere()) {
      phrase(words, added, "add", "");
    }
    if (property.canBeEdited()) {
      boolean some = !fields.isEmpty() || openOnly.isEmpty();
      if (some) {
        phrase(words, edited, "update", fields.isEmpty() ? "" : " " + listed(fields));
      }
      if (!openOnly.isEmpty()) {
        phrase(words, edited, "open", " " + listed(openOnly) + " but never close");
      }
    }
    if (!property.isAlwaysThere()) {
      phrase(words, removed, "delete", insideTemplate ? " between components of the template" : "");
    }
    if (regeneratesDerived) {
      words.add("regenerate what is derived from a port");
    }
    return words.isEmpty() ? "not touched" : String.join(", ", words);
  }

  private static void phrase(List<String> words, Answer answer, String verb, String about) {
    switch (answer) {
      case APPLY -> words.add(verb + about);
      case MERGE -> words.add(verb + about + " three-way");
      case KEEP -> {}
    }
  }

  private static String listed(List<String> names) {
    int last = names.size() - 1;
    return last < 1
        ? String.join("", names)
        : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Rule that
        && added == that.added
        && edited == that.edited
        && removed == that.removed
        && fields.equals(that.fields)
        && openOnly.equals(that.openOnly)
        && insideTemplate == that.insideTemplate
        && regeneratesDerived == that.regeneratesDerived;
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        added, edited, removed, fields, openOnly, insideTemplate, regeneratesDerived);
  }

  /** Returns the three answers and what they are limited to. */
  @Override
  public String toString() {
    return "added " + added
        + ", edited " + edited
        + (fields.isEmpty() ? "" : " " + fields)
        + (openOnly.isEmpty() ? "" : " opening only " + openOnly)
        + ", removed " + removed
        + (insideTemplate ? " inside the template" : "")
        + (regeneratesDerived ? ", derived ones regenerated" : "");
  }
}

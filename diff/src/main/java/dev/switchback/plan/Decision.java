// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import static java.util.Objects.requireNonNull;

import dev.switchback.diff.ChangeType;
import dev.switchback.diff.ChangedBy;
import dev.switchback.diff.ContentItem;
import dev.switchback.diff.FieldChange;
import dev.switchback.diff.Place;
import dev.switchback.diff.PropertyKind;
import dev.switchback.diff.internal.MadeLater;
import dev.switchback.model.ComponentKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a plan does with one difference between what is there and what is asked for, and why. Values
 * are masked, so a decision can be shown anywhere.
 *
 * @param property the kind of property
 * @param component the component by its key in the app; null if the item belongs to the app
 * @param item the key of the item; empty for an only child, the key of the component for a
 *     component as a whole
 * @param type how the difference would change what is there
 * @param verdict what the plan does with it
 * @param rule who said so: the policy and its rule, or the part of the request, in words
 * @param changedBy who made the difference; in a rollback {@link ChangedBy#VENDOR} stands for the
 *     operations taken back
 * @param before the value that is there; empty if there is none
 * @param after the value that the target has, whether it is taken or not; empty if it has none
 * @param fields the fields that would change, within an item of several; may be empty
 * @param content what is inside a component that comes or goes, or that somebody has to decide on;
 *     else empty
 */
public record Decision(
    PropertyKind property,
    @Nullable ComponentKey component,
    String item,
    ChangeType type,
    Verdict verdict,
    String rule,
    ChangedBy changedBy,
    String before,
    String after,
    List<FieldChange> fields,
    List<ContentItem> content) {

  /** Checks that nothing is missing and copies the lists. */
  public Decision {
    requireNonNull(property, "property");
    requireNonNull(item, "item");
    requireNonNull(type, "type");
    requireNonNull(verdict, "verdict");
    requireNonNull(rule, "rule");
    requireNonNull(changedBy, "changedBy");
    requireNonNull(before, "before");
    requireNonNull(after, "after");
    fields = List.copyOf(fields);
    content = MadeLater.copyOf(content);
  }

  /** Returns what this decision is about. */
  public Place place() {
    return new Place(property, component, item);
  }
}

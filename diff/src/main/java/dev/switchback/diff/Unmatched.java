// SPDX-License-Identifier: Apache-2.0
package dev.switchback.diff;

import dev.switchback.model.ComponentKey;
import dev.switchback.model.VersionRef;
import dev.switchback.model.app.Origin;
import dev.switchback.model.spec.Component;
import org.jspecify.annotations.Nullable;

/** A component that may still find its counterpart, and the ids it can be found by. */
final class Unmatched {

  // What components are asked about together that have no id.
  private static final String NAMED = "name:";
  private static final String NAMELESS = "nameless";

  private final Component component;
  private final @Nullable Origin origin;
  private String id = "";
  private boolean settled;

  Unmatched(Component component, @Nullable Origin origin) {
    this.component = component;
    this.origin = origin;
  }

  Component component() {
    return component;
  }

  ComponentKey key() {
    return component.id();
  }

  /** Returns what it goes by in the present round; empty if it takes no part. */
  String id() {
    return id;
  }

  void goBy(String roundId) {
    id = roundId;
  }

  /** Takes it out of later rounds. */
  void settle() {
    settled = true;
  }

  boolean isSettled() {
    return settled;
  }

  /** Returns its own key; empty if that was made up. */
  String realKey() {
    return real(key());
  }

  /** Returns the key in the template it came from; empty if it came from none or it was made up. */
  String originKey() {
    return origin == null ? "" : real(origin.templateKey());
  }

  /** Tells whether it has the key of its template, and that was not made up. */
  boolean isUnmoved() {
    return origin != null && origin.templateKey().equals(key()) && !key().isMadeUp();
  }

  /** Tells whether its key comes before another one's. */
  @SuppressWarnings("ReferenceEquality") // a shortcut: the same component has the same key
  boolean isBefore(Unmatched other) {
    return component != other.component && key().compareTo(other.key()) < 0;
  }

  /** Returns its own key if it came from no template; else empty, as if that was made up. */
  String ownKey() {
    return origin == null ? realKey() : "";
  }

  /** Returns a key that was made up within {@code version}, where it is as good as any; or empty. */
  String keyMadeUpIn(@Nullable VersionRef version) {
    return origin != null && origin.templateKey().isMadeUp() && origin.version().equals(version)
        ? origin.templateKey().value()
        : "";
  }

  /** Returns the key in the template it came from; its own if it came from none. */
  ComponentKey templateKey() {
    return origin == null ? key() : origin.templateKey();
  }

  /** Returns by what a person would guess which component it is; empty if by nothing. */
  String guess() {
    ComponentKey key = templateKey();
    if (key.isMadeUp()) {
      return key.value().startsWith(NAMED) ? key.value() : NAMELESS;
    }
    return component.name().isBlank() ? "" : NAMED + component.name();
  }

  private static String real(ComponentKey key) {
    return key.isMadeUp() ? "" : key.value();
  }

  /** Returns its share uuid; may be blank. */
  String shareUuid() {
    return component.shareUuid();
  }

  /** Returns Y of a share uuid "X+Y"; empty if it has another form or a half is missing. */
  String source() {
    String uuid = shareUuid();
    int plus = uuid.indexOf('+');
    boolean halves = plus > 0 && plus == uuid.lastIndexOf('+') && plus < uuid.length() - 1;
    return halves ? uuid.substring(plus + 1) : "";
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import dev.switchback.diff.Matching;
import dev.switchback.diff.internal.InOrder;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.app.AppState;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Says where somebody should look whether components were matched as the vendor means it. */
final class MatchWarnings {

  private MatchWarnings() {}

  /**
   * Warns of components that may be meant to be the same, of those that another id than the key says are
   * the same, and of those whose ids do not agree.
   *
   * @param offered the version with the app's keys
   */
  static void warn(Draft draft, AppState state, Matching matching, AppSpec offered) {
    for (Matching.Suggestion suggestion : matching.suggestions()) {
      draft.warning(
          "same-name",
          suggestion.name(),
          "Installed " + keys(suggestion.installed()) + " and, in the new version, "
              + keys(suggestion.template())
              + " have the same name; map one to the other if they are the same");
    }
    for (Matching.Pair pair : matching.byShareUuid()) {
      draft.warning(
          "matched-by-share-uuid",
          pair.installed().value(),
          "It is taken for " + pair.template() + " of the new version, which has the same "
              + (pair.by() == Matching.By.SOURCE ? "second half of the " : "")
              + "share uuid; map it to another one if it is not the same");
    }
    if (matching.isCertain()) {
      warnOfOtherIds(draft, state, matching, offered);
    }
  }

  /** A component may have the key of one that is there and the share uuid of another one. */
  @SuppressWarnings("ReferenceEquality") // a shortcut: the same component has the same ids
  private static void warnOfOtherIds(
      Draft draft, AppState state, Matching matching, AppSpec offered) {
    Map<String, ComponentKey> byUuid = null; // to look up only
    InOrder<Component> present = new InOrder<>(state.spec().components());
    for (Component component : offered.components()) {
      Component installed = present.find(component);
      String uuid = component.shareUuid();
      if (installed == component
          || uuid.isBlank()
          || (installed != null && installed.shareUuid().equals(uuid))) {
        continue;
      }
      if (byUuid == null) {
        byUuid = byShareUuid(state.spec());
      }
      ComponentKey other = byUuid.get(uuid);
      if (other != null && !isSaid(matching, component.id()) && !isSaid(matching, other)) {
        draft.warning(
            "ids-disagree",
            component.key(),
            "The new version's " + draft.names().of(component.id()) + " has the share uuid of "
                + draft.names().of(other) + ", and not its key; map " + other
                + " to it if that is the same");
      }
    }
  }

  /** Tells whether the operator said which component it is. */
  private static boolean isSaid(Matching matching, ComponentKey installed) {
    Matching.Pair pair = matching.pairs().get(installed);
    return pair != null && pair.by() == Matching.By.MAP;
  }

  private static Map<String, ComponentKey> byShareUuid(AppSpec spec) {
    Map<String, ComponentKey> keys = new HashMap<>();
    for (Component component : spec.components()) {
      keys.putIfAbsent(component.shareUuid(), component.id());
    }
    return keys;
  }

  private static String keys(List<ComponentKey> keys) {
    return String.join(", ", keys.stream().map(ComponentKey::value).toList());
  }
}

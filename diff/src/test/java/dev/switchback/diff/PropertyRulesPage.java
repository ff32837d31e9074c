// SPDX-License-Identifier: Apache-2.0
package dev.switchback.diff;

import dev.switchback.diff.internal.Display;
import java.util.Locale;

/** Writes {@code docs/property-rules.md} from the property table. */
final class PropertyRulesPage {

  private PropertyRulesPage() {}

  static String write() {
    StringBuilder page = new StringBuilder();
    page.append("""
        # What can change, what it costs, and what a policy does about it

        <!-- Generated from the property table, PropertyKind. To change it, change the table, then run
             mvn test -pl diff -am -Dtest=PropertyRulesPageTest -Dsurefire.failIfNoSpecifiedTests=false -Dswitchback.regenerate=true -->

        Every difference between two specs is of one of these kinds. A policy answers per kind what
        becomes of items that the target adds, edits and removes. What it does not apply is still in the
        plan, with the rule that said so.

        - `preserve-environment` is the default: existing environment values, config-file content and
          storage are never touched, new ones are added.
        - `rainbond` is the table that Rainbond publishes. What that table leaves out is not touched,
          except for what nothing at run time depends on. That a volume falls back to shared storage where
          its driver is missing is up to the backend.
        - `merge` is three-way in every row: what only the vendor changed is taken, what only the
          operator changed is kept, what both changed differently is a conflict to decide.
        - `exact` takes the target in every row, removals included.

        Costs: *nothing* changes the recorded state only, *update* is a rolling restart of what the
        change reaches, *build* is another artifact.
        """);
    for (Level level : Level.values()) {
      page.append(level == Level.APP ? "\n## The app\n\n" : "\n## Its components\n\n")
          .append("| kind | what | an item is known by | cost | reaches |")
          .append(" preserve-environment | rainbond |\n")
          .append("| --- | --- | --- | --- | --- | --- | --- |\n");
      for (PropertyKind kind : PropertyKind.values()) {
        if (kind.level() == level) {
          page.append(row(kind));
        }
      }
    }
    return page.toString();
  }

  private static String row(PropertyKind kind) {
    return "| `" + kind.code() + "` | "
        + String.join(
            " | ",
            Display.markdown(kind.title()),
            Display.markdown(kind.identity()),
            kind.cost().name().toLowerCase(Locale.ROOT),
            kind.reach().name().toLowerCase(Locale.ROOT).replace('_', ' '),
            kind.rule(Preset.PRESERVE_ENVIRONMENT).words(kind),
            kind.rule(Preset.RAINBOND).words(kind))
        + " |\n";
  }
}

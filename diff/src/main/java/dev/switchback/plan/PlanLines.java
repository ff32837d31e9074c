// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import dev.switchback.diff.ChangeType;
import dev.switchback.diff.ChangedBy;
import dev.switchback.diff.FieldChange;
import dev.switchback.diff.PropertyKind;
import dev.switchback.diff.Scalar;
import dev.switchback.diff.internal.Display;
import dev.switchback.diff.internal.InnerRows;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.app.OperationKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What text and Markdown say about a plan, in the same words. */
final class PlanLines {

  static final String NONE = "(none)";

  /** Image references and addresses are shown whole, but for monstrous ones. */
  static final int LONGEST = 160;

  private PlanLines() {}

  /**
   * One line about a decision.
   *
   * @param note the rule that decided, and who made the change, on the first line of a decision
   * @param content what is inside a component that comes or goes; stands below it
   */
  record Line(
      String group,
      String symbol,
      String property,
      String item,
      String field,
      String before,
      String after,
      ChangeType type,
      String note,
      List<InnerRows.Row> content) {

    boolean isComponent() {
      return property.equals(PropertyKind.COMPONENT.code());
    }

    boolean isFirst() {
      return !symbol.isBlank();
    }

    String shownBefore(int columns) {
      return Display.differing(before, after, columns);
    }

    String shownAfter(int columns) {
      return Display.differing(after, before, columns);
    }
  }

  static String title(Plan plan) {
    String operation = lower(plan.operation().name());
    String verb = Character.toUpperCase(operation.charAt(0)) + operation.substring(1);
    String from = plan.from().map(Object::toString).orElse("");
    String to = plan.to().map(Object::toString).orElse("");
    String versions = from.isEmpty() || to.isEmpty() || from.equals(to)
        ? from.isEmpty() ? to : from
        : from + " → " + to;
    return verb + " of " + plan.app() + (versions.isEmpty() ? "" : ": " + versions);
  }

  /** Returns the facts under the title: a name and a text each. */
  static List<List<String>> head(Plan plan) {
    List<List<String>> head = new ArrayList<>();
    if (plan.request() instanceof InstallRequest install && !install.hostNames().isEmpty()) {
      head.add(List.of("names", names(install.hostNames())));
    }
    if (plan.request() instanceof UpgradeRequest upgrade) {
      head.add(List.of("policy", policy(upgrade.policy())));
      if (!upgrade.components().isEmpty()) {
        head.add(List.of("only", keys(plan, upgrade.components())));
      }
      if (!upgrade.hostNames().isEmpty()) {
        head.add(List.of("names", names(upgrade.hostNames())));
      }
    }
    if (plan.request() instanceof RollbackRequest rollback) {
      head.add(List.of("back to", target(rollback.target())));
      if (rollback.target().kind() != RollbackTarget.Kind.BUILDS) {
        head.add(List.of("options", options(rollback)));
      }
    }
    if (plan.baseGeneration() > 0) {
      head.add(List.of(
          "base",
          "generation "
              + plan.baseGeneration()
              + plan.baseDigest().map(digest -> ", " + digest.shortText()).orElse("")));
    }
    head.add(List.of("made", plan.createdAt() + ", valid until " + plan.expiresAt()));
    head.add(List.of("result", result(plan)));
    return head;
  }

  /** A policy with rules of its own may still bear the name of the preset it was made from. */
  private static String policy(Policy policy) {
    boolean hidden =
        !policy.overrides().isEmpty() && policy.name().equals(policy.preset().code());
    return Display.clean(policy.name()) + (hidden ? ", altered" : "");
  }

  private static String names(SortedMap<String, String> hostNames) {
    return hostNames.entrySet().stream()
        .map(each -> Display.clean(each.getKey()) + " is " + each.getValue() + " here")
        .collect(Collectors.joining(", "));
  }

  private static String target(RollbackTarget target) {
    return switch (target.kind()) {
      case BEFORE_RECORD -> {
        RollbackTarget.BeforeRecord before = (RollbackTarget.BeforeRecord) target;
        yield "before " + before.record() + ", generation " + before.generation();
      }
      case REVISION -> "generation " + ((RollbackTarget.ToRevision) target).generation();
      case BUILDS -> "builds " + ((RollbackTarget.ToBuilds) target).builds();
    };
  }

  private static String options(RollbackRequest request) {
    return (request.removeAdded() ? "added components go" : "added components stay")
        + ", "
        + (request.recreateRemoved() ? "removed ones come back" : "removed ones stay away")
        + ", edits made since: "
        + lower(request.operatorEdits().name());
  }

  private static String result(Plan plan) {
    if (!plan.isExecutable()) {
      return "cannot be executed: " + Display.count(plan.obstacles().size(), "obstacle");
    }
    if (plan.isEmpty()) {
      return "nothing to do";
    }
    int applied = plan.decisions(Verdict.APPLY).size();
    int kept = plan.decisions(Verdict.KEEP).size();
    return Display.count(applied, "change")
        + " applied, "
        + kept
        + " not, "
        + (plan.waves().isEmpty()
            ? "no steps: only the record changes"
            : Display.count(plan.steps().size(), "step")
                + " in "
                + Display.count(plan.waves().size(), "wave"))
        + ", "
        + Display.count(plan.followUps().size(), "follow-up");
  }

  static String heading(Verdict verdict, int count) {
    return switch (verdict) {
          case APPLY -> "Will be applied";
          case KEEP -> "Will not be applied";
          case CONFLICT -> "To be decided";
        }
        + " (" + count + ")";
  }

  /** Returns the lines of the decisions with a verdict, one a field for edited items. */
  static List<Line> lines(Plan plan, Verdict verdict) {
    List<Line> lines = new ArrayList<>();
    Names names = Names.of(plan);
    for (Decision decision : plan.decisions(verdict)) {
      String note = note(plan, decision);
      String group = group(plan, decision.component());
      String item =
          decision.property() == PropertyKind.COMPONENT ? "" : Display.clean(decision.item());
      String symbol = symbol(decision.type());
      String property = decision.property().code();
      if (decision.type() != ChangeType.EDITED) {
        lines.add(new Line(
            group,
            symbol,
            property,
            item,
            "",
            whole(names, decision, false),
            whole(names, decision, true),
            decision.type(),
            note,
            content(names, decision)));
        continue;
      }
      for (FieldChange field : decision.fields()) {
        String name =
            decision.property().itemType() == Scalar.class ? "" : Display.clean(field.field());
        lines.add(new Line(
            group,
            symbol,
            property,
            item,
            name,
            field.before().isEmpty() ? NONE : field.before(),
            field.after().isEmpty() ? NONE : field.after(),
            decision.type(),
            note,
            List.of()));
        symbol = " ";
        property = "";
        item = "";
        note = "";
      }
    }
    return lines;
  }

  /** Says what is added or removed: a component by name and image, an item by whom it is about. */
  private static String whole(Names names, Decision decision, boolean after) {
    if ((decision.type() == ChangeType.ADDED) != after) {
      return "";
    }
    if (decision.property() == PropertyKind.COMPONENT) {
      return decision.fields().stream()
          .map(field -> (field.field().equals("name") ? "" : field.field() + " ")
              + (after ? field.after() : field.before()))
          .collect(Collectors.joining(", "));
    }
    return named(
        names, decision.property(), decision.item(), after ? decision.after() : decision.before());
  }

  private static String named(Names names, PropertyKind property, String item, String value) {
    String named = names.inItem(property, item);
    return named.isEmpty() || value.isEmpty() ? named + value : named + ": " + value;
  }

  private static List<InnerRows.Row> content(Names names, Decision decision) {
    return decision.content().stream()
        .map(each -> new InnerRows.Row(
            each.property().code(),
            Display.clean(each.item()),
            named(names, each.property(), each.item(), each.value())))
        .toList();
  }

  private static String note(Plan plan, Decision decision) {
    if (decision.verdict() != Verdict.APPLY) {
      String rule = Display.clean(decision.rule());
      // The policy stands above the table already.
      String policy = plan.request() instanceof UpgradeRequest upgrade
          ? Display.clean(upgrade.policy().name()) + ": "
          : "";
      return rule.startsWith(policy) ? rule.substring(policy.length()) : rule;
    }
    boolean asked = plan.operation() == OperationKind.EDIT
        || plan.operation() == OperationKind.UNINSTALL
        || (plan.request() instanceof RollbackRequest rollback
            && rollback.target().kind() == RollbackTarget.Kind.BUILDS);
    boolean overwrites = decision.changedBy() != ChangedBy.VENDOR && !asked;
    return overwrites ? "overwrites the operator's" : "";
  }

  private static String symbol(ChangeType type) {
    return switch (type) {
      case ADDED -> "+";
      case EDITED -> "~";
      case REMOVED -> "-";
    };
  }

  private static String group(Plan plan, @Nullable ComponentKey component) {
    return component == null
        ? "The app"
        : "Component " + Display.clean(plan.componentName(component));
  }

  private static String keys(Plan plan, List<ComponentKey> keys) {
    return Display.clean(
        String.join(", ", keys.stream().map(plan::componentName).toList()));
  }

  /** Returns the component of a step. */
  static String component(Plan plan, Step step) {
    ComponentKey component = step.component();
    return component == null ? "(the app)" : Display.clean(plan.componentName(component));
  }

  /** Returns what an artifact is for: names of components without their keys; else empty. */
  static String users(Plan plan, Artifact artifact) {
    Names names = Names.of(plan);
    return Display.clean(
        String.join(", ", artifact.components().stream().map(names::shortly).toList()));
  }

  /** Returns the place of a warning in words, if it is that of a component or item. */
  static String place(Names names, Warning warning) {
    String component = names.ofText(warning.place());
    return component == null
        ? PlaceText.find(warning.place()).map(names::of).orElse(warning.place())
        : component;
  }

  static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  static String presence(Presence presence) {
    return switch (presence) {
      case PRESENT -> "present";
      case MISSING -> "MISSING";
      case UNKNOWN -> "not checked";
    };
  }
}

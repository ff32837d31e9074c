// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import dev.switchback.diff.Change;
import dev.switchback.diff.ChangedBy;
import dev.switchback.diff.Diff;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Keyed;
import dev.switchback.model.app.AppState;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.ConfigFile;
import dev.switchback.model.spec.ConfigItem;
import dev.switchback.model.spec.EnvVar;
import dev.switchback.model.spec.Label;
import dev.switchback.model.spec.Port;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Plans changes by the operator. */
final class EditPlanner {

  private final Draft draft;
  private final AppSpec start;
  private final Map<ComponentKey, Component> changed = new HashMap<>();
  private Keyed<ConfigItem> configItems;

  private EditPlanner(Draft draft, AppSpec start) {
    this.draft = draft;
    this.start = start;
    this.configItems = start.configItems();
  }

  static PlannedOperation plan(Draft draft, EditRequest request) {
    AppState state = draft.installed();
    if (state == null) {
      return draft.refuseAbsent();
    }
    draft.versions(state.version(), state.version());
    if (request.edits().isEmpty()) {
      draft.obstacle(
          "no-edit", "", "Cannot change " + state.app() + ": no change was asked for", "");
      return draft.finish(null);
    }
    EditPlanner planner = new EditPlanner(draft, state.spec());
    request.edits().forEach(planner::apply);
    AppSpec wanted = planner.finish();
    for (Change change : Diff.between(state.spec(), wanted).changes()) {
      draft.decide(change, Verdict.APPLY, "edit: asked for", ChangedBy.OPERATOR);
    }
    return draft.finish(state.toBuilder().spec(wanted).build());
  }

  private AppSpec finish() {
    return start.toBuilder()
        .components(start.components().stream()
            .map(component -> changed.getOrDefault(component.id(), component))
            .collect(Keyed.collector()))
        .configItems(configItems)
        .build();
  }

  private void apply(Edit edit) {
    switch (edit.kind()) {
      case SET_IMAGE -> {
        Edit.SetImage to = (Edit.SetImage) edit;
        edit(
            to.component(), component -> component.toBuilder().image(to.image()).build());
      }
      case SET_COMMAND -> {
        Edit.SetCommand to = (Edit.SetCommand) edit;
        edit(
            to.component(),
            component -> component.toBuilder().command(to.command()).build());
      }
      case SET_ENV -> setEnv((Edit.SetEnv) edit);
      case REMOVE_ENV -> removeEnv((Edit.RemoveEnv) edit);
      case SET_REPLICAS -> {
        Edit.SetReplicas to = (Edit.SetReplicas) edit;
        edit(
            to.component(),
            component -> component.toBuilder()
                .scaling(component.scaling().withMinReplicas(to.replicas()))
                .build());
      }
      case SET_MEMORY -> {
        Edit.SetMemory to = (Edit.SetMemory) edit;
        edit(
            to.component(),
            component -> component.toBuilder().memoryMb(to.memoryMb()).build());
      }
      case SET_CPU -> {
        Edit.SetCpu to = (Edit.SetCpu) edit;
        edit(
            to.component(),
            component -> component.toBuilder().cpuMillis(to.cpuMillis()).build());
      }
      case SET_CONFIG_FILE -> setConfigFile((Edit.SetConfigFile) edit);
      case SET_PORT -> setPort((Edit.SetPort) edit);
      case SET_PROBE -> {
        Edit.SetProbe to = (Edit.SetProbe) edit;
        edit(
            to.component(),
            component -> component.toBuilder()
                .probes(component.probes().with(to.probe()))
                .build());
      }
      case SET_LABEL -> {
        Edit.SetLabel to = (Edit.SetLabel) edit;
        Label label = new Label(to.name(), to.value());
        edit(
            to.component(),
            component ->
                component.toBuilder().labels(component.labels().with(label)).build());
      }
      case REMOVE_LABEL -> removeLabel((Edit.RemoveLabel) edit);
      case SET_CONFIG_ITEM -> setConfigItem((Edit.SetConfigItem) edit);
    }
  }

  private void setEnv(Edit.SetEnv to) {
    edit(to.component(), component -> {
      EnvVar env = component
          .env()
          .find(to.name())
          .map(old -> new EnvVar(old.name(), to.value(), old.label(), old.changeable(), old.port()))
          .orElse(new EnvVar(to.name(), to.value(), "", true, 0));
      return component.toBuilder().env(component.env().with(env)).build();
    });
  }

  private void removeEnv(Edit.RemoveEnv to) {
    edit(to.component(), component -> {
      if (!component.env().contains(to.name())) {
        return missing(component, "env", to.name(), component.env());
      }
      return component.toBuilder().env(component.env().without(to.name())).build();
    });
  }

  private void setConfigFile(Edit.SetConfigFile to) {
    edit(to.component(), component -> {
      ConfigFile old = component.configFiles().find(to.path()).orElse(null);
      if (old == null) {
        return missing(component, "config-file", to.path(), component.configFiles());
      }
      ConfigFile file = new ConfigFile(old.path(), old.name(), to.content(), old.mode());
      return component.toBuilder()
          .configFiles(component.configFiles().with(file))
          .build();
    });
  }

  private void setPort(Edit.SetPort to) {
    edit(to.component(), component -> {
      Port old = component.ports().find(to.port()).orElse(null);
      if (old == null) {
        return missing(component, "port", to.port(), component.ports());
      }
      Port port = new Port(
          old.number(),
          old.protocol(),
          old.alias(),
          to.inner(),
          to.outer(),
          old.kubernetesName(),
          old.name());
      return component.toBuilder().ports(component.ports().with(port)).build();
    });
  }

  private void removeLabel(Edit.RemoveLabel to) {
    edit(to.component(), component -> {
      if (!component.labels().contains(to.name())) {
        return missing(component, "label", to.name(), component.labels());
      }
      return component.toBuilder().labels(component.labels().without(to.name())).build();
    });
  }

  private void setConfigItem(Edit.SetConfigItem to) {
    if (start.configGroups().contains(to.group())) {
      configItems = configItems.with(new ConfigItem(to.group(), to.name(), to.value()));
    } else {
      draft.obstacle(
          "unknown-item",
          to.group(),
          "Cannot change config item " + to.name() + ": there is no config group " + to.group(),
          choices(start.configGroups()));
    }
  }

  private void edit(ComponentKey key, UnaryOperator<Component> change) {
    Component present = changed.get(key);
    if (present == null) {
      present = start.component(key).orElse(null);
    }
    if (present == null) {
      draft.obstacle(
          "unknown-component",
          key.value(),
          "Cannot change component " + key + ": the app has no such component",
          choices(start.components()));
    } else {
      changed.put(key, change.apply(present));
    }
  }

  private Component missing(
      Component component, String what, String key, Keyed<? extends Keyed.Item> present) {
    draft.obstacle(
        "unknown-item",
        component.key(),
        "Cannot change " + what + " " + key + " of " + component.key() + ": there is none",
        choices(present));
    return component;
  }

  private static String choices(Keyed<? extends Keyed.Item> present) {
    return present.isEmpty()
        ? ""
        : "choose among "
            + present.stream().map(Keyed.Item::key).limit(20).collect(Collectors.joining(", "));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import dev.switchback.diff.Change;
import dev.switchback.diff.Level;
import dev.switchback.diff.Place;
import dev.switchback.diff.PropertyKind;
import dev.switchback.diff.SpecEditor;
import dev.switchback.diff.internal.InOrder;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Keyed;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.ConfigItem;
import dev.switchback.model.spec.ConfigMember;
import dev.switchback.model.spec.Dependency;
import dev.switchback.model.spec.HttpRoute;
import dev.switchback.model.spec.Mount;
import dev.switchback.model.spec.PluginUse;
import dev.switchback.model.spec.StreamRoute;
import dev.switchback.model.spec.Volume;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Sees to what points to components, ports and volumes that are not, or no longer, there. */
final class LooseEnds {

  private final Draft draft;
  private final AppSpec before;
  private final AppSpec wanted;

  LooseEnds(Draft draft, AppSpec before, AppSpec wanted) {
    this.draft = draft;
    this.before = before;
    this.wanted = wanted;
  }

  /**
   * Takes along what points to components that go: routes and memberships of theirs, and what others
   * had of them. What the goal itself has stays as the goal has it, and so does a conflict.
   *
   * @param goal the spec that the operation leads to
   * @return the wanted spec without them
   */
  AppSpec dropped(AppSpec goal) {
    Set<ComponentKey> gone = new HashSet<>();
    gone().forEach(component -> gone.add(component.id()));
    if (gone.isEmpty()) {
      return wanted;
    }
    SpecEditor editor = SpecEditor.of(wanted);
    for (PropertyKind kind : PropertyKind.values()) {
      if (Owners.pointsToComponent(kind) && kind.level() == Level.APP) {
        kind.items(wanted).forEach(item -> drop(kind, null, item, gone, goal, editor));
      } else if (Owners.pointsToComponent(kind)) {
        wanted
            .components()
            .forEach(component -> kind.items(component)
                .forEach(item -> drop(kind, component.id(), item, gone, goal, editor)));
      }
    }
    return editor.finish();
  }

  private void drop(
      PropertyKind kind,
      @Nullable ComponentKey owner,
      Keyed.Item item,
      Set<ComponentKey> gone,
      AppSpec goal,
      SpecEditor editor) {
    ComponentKey end = Owners.provider(item).or(() -> Owners.component(item)).orElseThrow();
    if (!gone.contains(end)) {
      return;
    }
    Place place = new Place(kind, owner, item.key());
    if (find(goal, place).isEmpty()
        && draft.overrule(new Change.Removed(place, item), "goes with component " + end)) {
      editor.remove(place);
    }
  }

  /** Returns the components that were there and are not wanted, in key order. */
  private List<Component> gone() {
    List<Component> gone = new ArrayList<>();
    InOrder<Component> present = new InOrder<>(wanted.components());
    for (Component component : before.components()) {
      if (present.find(component) == null) {
        gone.add(component);
      }
    }
    return gone;
  }

  /** Finds the item at a place of a spec. */
  static Optional<Keyed.Item> find(AppSpec spec, Place place) {
    ComponentKey owner = place.owner();
    return owner == null || place.property() == PropertyKind.COMPONENT
        ? place.property().items(spec).find(place.item()).map(Keyed.Item.class::cast)
        : spec.component(owner)
            .flatMap(component -> place.property().items(component).find(place.item()))
            .map(Keyed.Item.class::cast);
  }

  /**
   * Warns of what points nowhere in the wanted state, and of what becomes of data.
   *
   * @param touched the components that get a step; others are as they were, but may lose one that
   *     they need
   * @param graph of the wanted state; null if it was not made yet
   */
  void warn(Set<ComponentKey> touched, @Nullable ComponentGraph graph) {
    List<Component> gone = gone();
    if (!touched.isEmpty() || !gone.isEmpty()) {
      warnOfComponents(touched, gone, graph == null ? ComponentGraph.of(wanted) : graph);
    }
    for (PropertyKind kind : PropertyKind.values()) {
      if (kind.level() == Level.APP && Owners.pointsToComponent(kind)) {
        kind.items(wanted).forEach(item -> warnOfEnd(kind, item));
      }
    }
    warnOfGroups();
    if (wanted.components().isEmpty()) {
      return; // an uninstall has a follow-up for it
    }
    for (Component component : gone) {
      if (!component.volumes().isEmpty()) {
        draft.warning(
            "volumes-stay",
            component.key(),
            "It goes, its volumes stay: "
                + component.volumes().stream().map(Volume::path).collect(Collectors.joining(", "))
                + "; delete them by hand once their data is no longer needed");
      }
    }
  }

  private void warnOfGroups() {
    SortedMap<String, List<String>> groups = new TreeMap<>();
    for (ConfigItem item : wanted.configItems()) {
      groups.computeIfAbsent(item.group(), unused -> new ArrayList<>()).add(item.name());
    }
    for (ConfigMember member : wanted.configMembers()) {
      groups
          .computeIfAbsent(member.group(), unused -> new ArrayList<>())
          .add(draft.names().of(member.component()));
    }
    groups.forEach((group, users) -> {
      boolean comesOrGoes = before.configGroups().contains(group)
          || !before.configItems().equals(wanted.configItems())
          || !before.configMembers().equals(wanted.configMembers());
      if (comesOrGoes && !wanted.configGroups().contains(group)) {
        draft.warning(
            "config-group-missing",
            group,
            "The app has no such config group, but what belongs to it: "
                + String.join(", ", users));
      }
    });
  }

  private void warnOfComponents(
      Set<ComponentKey> touched, List<Component> gone, ComponentGraph graph) {
    Set<ComponentKey> concerned = concerned(touched, gone, graph);
    InOrder<Component> earlier = new InOrder<>(before.components());
    StorageWarnings storage = new StorageWarnings(draft);
    for (Component component : wanted.components()) {
      if (!concerned.contains(component.id())) {
        continue;
      }
      if (graph.dangling().contains(component.id())) {
        warnOfDependencies(component);
      }
      warnOfMounts(component);
      warnOfPlugins(component);
      storage.warn(earlier.find(component), component);
    }
  }

  /**
   * Returns the components that get a step, and those that keep an edge to one that goes, or a mount
   * of what another one loses; to look up only.
   */
  private Set<ComponentKey> concerned(
      Set<ComponentKey> touched, List<Component> gone, ComponentGraph graph) {
    Set<ComponentKey> concerned = new HashSet<>(touched);
    Set<ComponentKey> ends = new HashSet<>();
    gone.forEach(component -> ends.add(component.id()));
    for (ComponentKey key : graph.dangling()) {
      wanted
          .component(key)
          .filter(component -> needs(component, ends))
          .ifPresent(component -> concerned.add(key));
    }
    Set<ComponentKey> losing = losing();
    if (!losing.isEmpty()) {
      for (Component component : wanted.components()) {
        if (component.mounts().stream().anyMatch(edge -> losing.contains(edge.provider()))) {
          concerned.add(component.id());
        }
      }
    }
    return concerned;
  }

  private static boolean needs(Component component, Set<ComponentKey> providers) {
    return component.dependencies().stream().anyMatch(edge -> providers.contains(edge.provider()))
        || component.mounts().stream().anyMatch(edge -> providers.contains(edge.provider()));
  }

  /** Returns the components that stay and lose a volume or file that others may mount. */
  @SuppressWarnings("ReferenceEquality") // a shortcut: the same component has lost nothing
  private Set<ComponentKey> losing() {
    Set<ComponentKey> losing = new HashSet<>();
    InOrder<Component> earlier = new InOrder<>(before.components());
    for (Component is : wanted.components()) {
      Component was = earlier.find(is);
      if (was != null && was != is && losesStorage(was, is)) {
        losing.add(is.id());
      }
    }
    return losing;
  }

  private static boolean losesStorage(Component was, Component is) {
    boolean same = was.volumes().equals(is.volumes()) && was.configFiles().equals(is.configFiles());
    return !same
        && (was.volumes().stream().anyMatch(volume -> !has(is, volume.name()))
            || was.configFiles().stream().anyMatch(file -> !has(is, file.name())));
  }

  private void warnOfDependencies(Component component) {
    for (Dependency dependency : component.dependencies()) {
      if (wanted.component(dependency.provider()).isEmpty()) {
        draft.warning(
            "dependency-missing",
            component.key(),
            "It needs " + draft.names().of(dependency.provider()) + ", which is not in the app");
      }
    }
  }

  private void warnOfMounts(Component component) {
    for (Mount mount : component.mounts()) {
      Component provider = wanted.component(mount.provider()).orElse(null);
      if (provider == null) {
        draft.warning(
            "mount-missing",
            component.key(),
            "It mounts " + mount.volumeName() + " of " + draft.names().of(mount.provider())
                + ", which is not in the app");
      } else if (!has(provider, mount.volumeName())) {
        draft.warning(
            "mount-missing",
            component.key(),
            "It mounts " + mount.volumeName() + " of " + draft.names().of(mount.provider())
                + ", which has no volume or file of that name");
      }
    }
  }

  private void warnOfPlugins(Component component) {
    for (PluginUse use : component.plugins()) {
      if (!wanted.plugins().contains(use.plugin())) {
        draft.warning(
            "plugin-missing",
            component.key(),
            "It uses plugin " + use.plugin() + ", which is not in the app");
      }
    }
  }

  private static boolean has(Component provider, String name) {
    return provider.volumes().stream().anyMatch(volume -> volume.name().equals(name))
        || provider.configFiles().stream().anyMatch(file -> file.name().equals(name));
  }

  private void warnOfEnd(PropertyKind kind, Keyed.Item item) {
    Place place = Place.ofApp(kind, item.key());
    if (find(before, place).filter(item::equals).isPresent()
        && before.components().equals(wanted.components())) {
      return;
    }
    ComponentKey key = Owners.component(item).orElseThrow();
    Component component = wanted.component(key).orElse(null);
    if (component == null) {
      draft.warning(
          "component-missing",
          PlaceText.of(place),
          "It is for " + draft.names().of(key) + ", which is not in the app");
    } else if (!hasPort(component, item)) {
      draft.warning(
          "port-missing",
          PlaceText.of(place),
          "It leads to a port that " + draft.names().of(key) + " does not have");
    }
  }

  private static boolean hasPort(Component component, Keyed.Item route) {
    int number = route instanceof HttpRoute http
        ? http.port()
        : route instanceof StreamRoute stream ? stream.port() : 0;
    return number == 0 || component.ports().stream().anyMatch(port -> port.number() == number);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import static java.util.Objects.requireNonNull;

import dev.switchback.diff.Place;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.VersionRef;
import dev.switchback.model.app.OperationKind;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Asks to go to another template version. Only the target is needed; the rest narrows or decides.
 *
 * <p>Two requests with the same content are equal, whatever the order it was given in.
 */
public final class UpgradeRequest implements PlanRequest {

  private final VersionRef target;
  private final Policy policy;
  private final List<ComponentKey> components;
  private final List<Place> only;
  private final List<Place> except;
  private final SortedMap<ComponentKey, ComponentKey> mapping;
  private final List<ComponentKey> newComponents;
  private final SortedMap<Place, Choice> decisions;
  private final SortedMap<String, String> hostNames;

  private UpgradeRequest(Builder builder) {
    this.target = builder.target;
    this.policy = builder.policy;
    this.components = List.copyOf(builder.components);
    this.only = List.copyOf(builder.only);
    this.except = List.copyOf(builder.except);
    this.mapping = Collections.unmodifiableSortedMap(new TreeMap<>(builder.mapping));
    this.newComponents = List.copyOf(builder.newComponents);
    this.decisions = Collections.unmodifiableSortedMap(new TreeMap<>(builder.decisions));
    this.hostNames = Collections.unmodifiableSortedMap(new TreeMap<>(builder.hostNames));
  }

  /** Asks to go to {@code target} as a whole, under the default policy. */
  public static UpgradeRequest to(VersionRef target) {
    return builder(target).build();
  }

  /** Starts a request to go to {@code target}, under the default policy. */
  public static Builder builder(VersionRef target) {
    return new Builder(target);
  }

  /** Starts a changed copy. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  @Override
  public OperationKind operation() {
    return OperationKind.UPGRADE;
  }

  /** Returns the version to go to. */
  public VersionRef target() {
    return target;
  }

  /** Returns what the upgrade may change. */
  public Policy policy() {
    return policy;
  }

  /**
   * Returns the components to upgrade, in key order; empty for all. New components are named by
   * their key in the template, others by their key in the app.
   *
   * <p>A dependency or mount belongs to the component that has it: one that the version drops goes
   * with the upgrade of that component, whether the other end is upgraded too or not.
   */
  public List<ComponentKey> components() {
    return components;
  }

  /** Returns the only items to change, in order; empty for all. */
  public List<Place> only() {
    return only;
  }

  /** Returns the items not to change, in order. */
  public List<Place> except() {
    return except;
  }

  /** Returns which template component an installed one is, where the operator says so. */
  public SortedMap<ComponentKey, ComponentKey> mapping() {
    return mapping;
  }

  /**
   * Returns the components of the template, in key order, of which the operator says that they stand
   * for none that is installed.
   */
  public List<ComponentKey> newComponents() {
    return newComponents;
  }

  /** Returns how conflicts are decided. */
  public SortedMap<Place, Choice> decisions() {
    return decisions;
  }

  /**
   * Returns names for ports that are new in the version and whose name in it is taken at the site: the
   * template's name and the one to have here. Names that the app was given before stay and are not
   * among them.
   */
  public SortedMap<String, String> hostNames() {
    return hostNames;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof UpgradeRequest that
        && target.equals(that.target)
        && policy.equals(that.policy)
        && components.equals(that.components)
        && only.equals(that.only)
        && except.equals(that.except)
        && mapping.equals(that.mapping)
        && newComponents.equals(that.newComponents)
        && decisions.equals(that.decisions)
        && hostNames.equals(that.hostNames);
  }

  @Override
  public int hashCode() {
    return 31 * target.hashCode() + policy.hashCode();
  }

  @Override
  public String toString() {
    return "upgrade to " + target + " under " + policy;
  }

  /** Collects the parts of a request; everything not set keeps its default. */
  public static final class Builder {

    private final VersionRef target;
    private Policy policy = Policy.preserveEnvironment();
    private final TreeSet<ComponentKey> components = new TreeSet<>();
    private final TreeSet<Place> only = new TreeSet<>();
    private final TreeSet<Place> except = new TreeSet<>();
    private final TreeMap<ComponentKey, ComponentKey> mapping = new TreeMap<>();
    private final TreeSet<ComponentKey> newComponents = new TreeSet<>();
    private final TreeMap<Place, Choice> decisions = new TreeMap<>();
    private final TreeMap<String, String> hostNames = new TreeMap<>();

    private Builder(VersionRef target) {
      this.target = requireNonNull(target, "target");
    }

    private Builder(UpgradeRequest source) {
      this.target = source.target;
      this.policy = source.policy;
      this.components.addAll(source.components);
      this.only.addAll(source.only);
      this.except.addAll(source.except);
      this.mapping.putAll(source.mapping);
      this.newComponents.addAll(source.newComponents);
      this.decisions.putAll(source.decisions);
      this.hostNames.putAll(source.hostNames);
    }

    /** Sets what the upgrade may change. */
    public Builder policy(Policy policy) {
      this.policy = requireNonNull(policy, "policy");
      return this;
    }

    /** Adds components to upgrade; once one is named, the others stay as they are. */
    public Builder components(Collection<ComponentKey> components) {
      this.components.addAll(components);
      return this;
    }

    /** Adds a component to upgrade; once one is named, the others stay as they are. */
    public Builder component(ComponentKey component) {
      components.add(requireNonNull(component, "component"));
      return this;
    }

    /** Adds an item to change; once one is named, all others stay as they are. */
    public Builder only(Place item) {
      only.add(requireNonNull(item, "item"));
      return this;
    }

    /** Adds an item that stays as it is. */
    public Builder except(Place item) {
      except.add(requireNonNull(item, "item"));
      return this;
    }

    /**
     * Says which template component an installed one is.
     *
     * @throws IllegalArgumentException if something else was said before
     */
    public Builder map(ComponentKey installed, ComponentKey template) {
      requireNonNull(template, "template");
      ComponentKey earlier = mapping.putIfAbsent(requireNonNull(installed, "installed"), template);
      if (earlier != null && !earlier.equals(template)) {
        throw new IllegalArgumentException("Invalid mapping: " + installed + " was mapped to "
            + earlier + " before, now to " + template);
      }
      checkNewAndMapped();
      return this;
    }

    /**
     * Says that a component of the template is new: it is added, whatever is installed looks like it.
     *
     * @param template its key in the template
     * @throws IllegalArgumentException if an installed component was mapped to it before
     */
    public Builder newComponent(ComponentKey template) {
      newComponents.add(requireNonNull(template, "template"));
      checkNewAndMapped();
      return this;
    }

    private void checkNewAndMapped() {
      mapping.forEach((installed, template) -> {
        if (newComponents.contains(template)) {
          throw new IllegalArgumentException("Invalid mapping: " + template
              + " is said to be new, and " + installed + " to be it");
        }
      });
    }

    /**
     * Decides a conflict.
     *
     * @throws IllegalArgumentException if it was decided otherwise before
     */
    public Builder decide(Place item, Choice choice) {
      requireNonNull(choice, "choice");
      Choice earlier = decisions.putIfAbsent(requireNonNull(item, "item"), choice);
      if (earlier != null && earlier != choice) {
        throw new IllegalArgumentException("Invalid decision: " + item + " was decided as "
            + earlier + " before, now as " + choice);
      }
      return this;
    }

    /**
     * Gives a port that is new in the version another name, since the one it has is taken.
     *
     * @param name its name in the template
     * @param here the name to have at this site
     * @throws IllegalArgumentException if {@code here} cannot be a name in a cluster, or one of the two
     *     stands in the request already with another
     */
    public Builder hostName(String name, String here) {
      HostNames.add(hostNames, name, here);
      return this;
    }

    /** Returns the finished value. */
    public UpgradeRequest build() {
      return new UpgradeRequest(this);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model.app;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Digest;
import dev.switchback.model.RecordId;
import dev.switchback.model.Setting;
import dev.switchback.model.VersionRef;
import dev.switchback.model.internal.Check;
import dev.switchback.model.spec.AppSpec;
import java.util.Collection;
import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The recorded state of an app: what Switchback last brought about, and what it started from.
 *
 * <p>{@link #spec()} is the state with the operator's edits, {@link #base()} the spec each component
 * was installed from. Both use the keys of the installed components and have generated secrets filled
 * in. The difference between the two is what the operator changed.
 *
 * <p>{@link #generation()} grows by one with each finished operation; the state of each generation is
 * a revision and can be rolled back to as long as it is kept.
 */
public final class AppState {

  private final AppId app;
  private final VersionRef version;
  private final @Nullable Digest versionDigest;
  private final long generation;
  private final boolean installed;
  private final AppSpec spec;
  private final AppSpec base;
  private final @Nullable AppSpec keptBase;
  private final SortedMap<ComponentKey, Origin> origins;
  private final SortedMap<String, Setting> generated;
  private final SortedMap<String, String> hostNames;
  private final SortedSet<ComponentKey> unsettled;
  private final @Nullable RecordId record;

  private AppState(Builder builder) {
    this.app = builder.app;
    this.version = builder.version;
    this.versionDigest = builder.versionDigest;
    this.generation = builder.generation;
    this.installed = builder.installed;
    this.spec = builder.spec;
    this.base = builder.base;
    this.keptBase = builder.keptBase;
    this.origins = builder.origins;
    this.generated = builder.generated;
    this.hostNames = builder.hostNames;
    this.unsettled = builder.unsettled;
    this.record = builder.record;
  }

  /** Starts one with what it cannot be without. */
  public static Builder builder(AppId app, VersionRef version) {
    return new Builder(app, version);
  }

  /** Starts a changed copy. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** Returns the app. */
  public AppId app() {
    return app;
  }

  /** Returns the template version the app as a whole is at. */
  public VersionRef version() {
    return version;
  }

  /**
   * Returns the digest of the content that {@link #version()} had when it was installed; empty if it
   * is not known. A version published again with other content is told apart by it.
   */
  public Optional<Digest> versionDigest() {
    return Optional.ofNullable(versionDigest);
  }

  /** Returns the number of finished operations; the first installed state has 1. */
  public long generation() {
    return generation;
  }

  /** Returns whether the app is there; false after it was uninstalled. */
  public boolean installed() {
    return installed;
  }

  /** Returns the recorded state of everything in the app. */
  public AppSpec spec() {
    return spec;
  }

  /** Returns what each component and app-level item was installed from. */
  public AppSpec base() {
    return base;
  }

  /**
   * Returns the base with the vendor's earlier items wherever the policy of an upgrade kept one; empty
   * if none was kept. An item of {@link #spec()} that still equals the one here was never changed by
   * the operator, although it differs from {@link #base()}.
   */
  public Optional<AppSpec> keptBase() {
    return Optional.ofNullable(keptBase);
  }

  /** Returns which template version each component came from, in key order. */
  public SortedMap<ComponentKey, Origin> origins() {
    return origins;
  }

  /** Returns the generated secrets that several places share, by group. */
  public SortedMap<String, Setting> generated() {
    return generated;
  }

  /**
   * Returns the names inside the cluster that are others here than in the template, because they were
   * taken when the app was installed: the template's name and the name here. {@link #spec()} and
   * {@link #base()} have the names here, and later versions get them before they are compared.
   */
  public SortedMap<String, String> hostNames() {
    return hostNames;
  }

  /**
   * Returns the components of which the last step failed, in key order: what runs may differ from
   * {@link #spec()}, so the next operation brings them to the state it wants even where nothing
   * differs. One that {@link #spec()} does not have should have come with the installed version, and an
   * upgrade to that version brings it.
   */
  public SortedSet<ComponentKey> unsettled() {
    return unsettled;
  }

  /** Returns the record of the operation that brought this state about. */
  public Optional<RecordId> record() {
    return Optional.ofNullable(record);
  }

  @Override
  public boolean equals(Object other) {
    if (this == other) {
      return true;
    }
    return other instanceof AppState that
        && app.equals(that.app)
        && version.equals(that.version)
        && Objects.equals(versionDigest, that.versionDigest)
        && generation == that.generation
        && installed == that.installed
        && spec.equals(that.spec)
        && base.equals(that.base)
        && Objects.equals(keptBase, that.keptBase)
        && origins.equals(that.origins)
        && generated.equals(that.generated)
        && hostNames.equals(that.hostNames)
        && unsettled.equals(that.unsettled)
        && Objects.equals(record, that.record);
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        app,
        version,
        versionDigest,
        generation,
        installed,
        spec,
        base,
        keptBase,
        origins,
        generated,
        hostNames,
        unsettled,
        record);
  }

  @Override
  public String toString() {
    return app + " at generation " + generation + " (" + version + ")";
  }

  /** Collects the parts; everything not set keeps its empty default. */
  public static final class Builder {

    private AppId app;
    private VersionRef version;
    private @Nullable Digest versionDigest;
    private long generation = 0;
    private boolean installed = true;
    private AppSpec spec = AppSpec.empty();
    private AppSpec base = AppSpec.empty();
    private @Nullable AppSpec keptBase;
    private SortedMap<ComponentKey, Origin> origins = Collections.emptySortedMap();
    private SortedMap<String, Setting> generated = Collections.emptySortedMap();
    private SortedMap<String, String> hostNames = Collections.emptySortedMap();
    private SortedSet<ComponentKey> unsettled = Collections.emptySortedSet();
    private @Nullable RecordId record;

    private Builder(AppId app, VersionRef version) {
      this.app = requireNonNull(app, "app");
      this.version = requireNonNull(version, "version");
    }

    private Builder(AppState source) {
      this.app = source.app;
      this.version = source.version;
      this.versionDigest = source.versionDigest;
      this.generation = source.generation;
      this.installed = source.installed;
      this.spec = source.spec;
      this.base = source.base;
      this.keptBase = source.keptBase;
      this.origins = source.origins;
      this.generated = source.generated;
      this.hostNames = source.hostNames;
      this.unsettled = source.unsettled;
      this.record = source.record;
    }

    /** Sets the app. */
    public Builder app(AppId app) {
      this.app = requireNonNull(app, "app");
      return this;
    }

    /** Sets the template version the app as a whole is at. */
    public Builder version(VersionRef version) {
      this.version = requireNonNull(version, "version");
      return this;
    }

    /** Sets the digest of the content that the version had when it was installed. */
    public Builder versionDigest(@Nullable Digest versionDigest) {
      this.versionDigest = versionDigest;
      return this;
    }

    /** Sets the number of finished operations; the first installed state has 1. */
    public Builder generation(long generation) {
      this.generation = Check.notNegative(generation, "generation");
      return this;
    }

    /** Sets whether the app is there; false after it was uninstalled. */
    public Builder installed(boolean installed) {
      this.installed = installed;
      return this;
    }

    /** Sets the recorded state of everything in the app. */
    public Builder spec(AppSpec spec) {
      this.spec = requireNonNull(spec, "spec");
      return this;
    }

    /** Sets what each component and app-level item was installed from. */
    public Builder base(AppSpec base) {
      this.base = requireNonNull(base, "base");
      return this;
    }

    /** Sets the base with the vendor's earlier items that the policies of upgrades kept. */
    public Builder keptBase(@Nullable AppSpec keptBase) {
      this.keptBase = keptBase;
      return this;
    }

    /** Sets which template version each component came from; kept in the order of the keys. */
    public Builder origins(SortedMap<ComponentKey, Origin> origins) {
      TreeMap<ComponentKey, Origin> inOrder = new TreeMap<>();
      inOrder.putAll(origins); // whatever order the map has that was handed in
      this.origins = Collections.unmodifiableSortedMap(inOrder);
      return this;
    }

    /** Sets the generated secrets that several places share, by group. */
    public Builder generated(SortedMap<String, Setting> generated) {
      this.generated = Check.sorted(generated, "generated");
      return this;
    }

    /** Sets the names that are others here than in the template: the template's and the one here. */
    public Builder hostNames(SortedMap<String, String> hostNames) {
      this.hostNames = Check.sorted(hostNames, "hostNames");
      return this;
    }

    /** Sets the components of which the last step failed. */
    public Builder unsettled(Collection<ComponentKey> unsettled) {
      this.unsettled = Collections.unmodifiableSortedSet(new TreeSet<>(unsettled));
      return this;
    }

    /** Sets the record of the operation that brought this state about. */
    public Builder record(@Nullable RecordId record) {
      this.record = record;
      return this;
    }

    /** Returns the finished value. */
    public AppState build() {
      return new AppState(this);
    }
  }
}

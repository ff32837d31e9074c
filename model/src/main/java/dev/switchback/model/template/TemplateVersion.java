// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model.template;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.Digest;
import dev.switchback.model.VersionRef;
import dev.switchback.model.internal.Check;
import dev.switchback.model.spec.AppSpec;
import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * One immutable published version of a template.
 *
 * <p>{@link #specDigest()} tells whether two versions have the same content; name, notes, alias and
 * stage do not enter it, so that editing those never looks like an upgrade.
 *
 * <p>Source: the head of a RAM document ({@code group_key}, {@code group_version}, {@code
 * annotations}, …) around its content.
 */
public final class TemplateVersion {

  private final VersionRef ref;
  private final AppSpec spec;
  private final Digest specDigest;
  private final String name;
  private final String alias;
  private final String notes;
  private final Stage stage;
  private final UpgradeRules upgradeRules;
  private final SortedMap<String, String> annotations;
  private final @Nullable Digest ramDigest;

  private TemplateVersion(Builder builder) {
    this.ref = builder.ref;
    this.spec = builder.spec;
    this.specDigest = builder.specDigest;
    this.name = builder.name;
    this.alias = builder.alias;
    this.notes = builder.notes;
    this.stage = builder.stage;
    this.upgradeRules = builder.upgradeRules;
    this.annotations = builder.annotations;
    this.ramDigest = builder.ramDigest;
  }

  /** Starts one with what it cannot be without. */
  public static Builder builder(VersionRef ref, AppSpec spec, Digest specDigest) {
    return new Builder(ref, spec, specDigest);
  }

  /** Starts a changed copy. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** Returns the template and the version. */
  public VersionRef ref() {
    return ref;
  }

  /** Returns the content. */
  public AppSpec spec() {
    return spec;
  }

  /** Returns the digest of the canonical JSON of {@link #spec()}. */
  public Digest specDigest() {
    return specDigest;
  }

  /** Returns the name of the template, {@code group_name}; may be empty. */
  public String name() {
    return name;
  }

  /** Returns a second name of the version, {@code version_alias}; may be empty. */
  public String alias() {
    return alias;
  }

  /** Returns what is new in the version; may be empty. */
  public String notes() {
    return notes;
  }

  /** Returns how far the vendor has come with it. */
  public Stage stage() {
    return stage;
  }

  /** Returns what it demands of an upgrade to it. */
  public UpgradeRules upgradeRules() {
    return upgradeRules;
  }

  /** Returns further notes for people and tools, in key order. */
  public SortedMap<String, String> annotations() {
    return annotations;
  }

  /** Returns the blob with the RAM document it was published from. */
  public Optional<Digest> ramDigest() {
    return Optional.ofNullable(ramDigest);
  }

  @Override
  public boolean equals(Object other) {
    if (this == other) {
      return true;
    }
    return other instanceof TemplateVersion that
        && ref.equals(that.ref)
        && spec.equals(that.spec)
        && specDigest.equals(that.specDigest)
        && name.equals(that.name)
        && alias.equals(that.alias)
        && notes.equals(that.notes)
        && stage.equals(that.stage)
        && upgradeRules.equals(that.upgradeRules)
        && annotations.equals(that.annotations)
        && Objects.equals(ramDigest, that.ramDigest);
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        ref, spec, specDigest, name, alias, notes, stage, upgradeRules, annotations, ramDigest);
  }

  @Override
  public String toString() {
    return ref.toString();
  }

  /** Collects the parts; everything not set keeps its empty default. */
  public static final class Builder {

    private VersionRef ref;
    private AppSpec spec;
    private Digest specDigest;
    private String name = "";
    private String alias = "";
    private String notes = "";
    private Stage stage = Stage.RELEASED;
    private UpgradeRules upgradeRules = UpgradeRules.none();
    private SortedMap<String, String> annotations = Collections.emptySortedMap();
    private @Nullable Digest ramDigest;

    private Builder(VersionRef ref, AppSpec spec, Digest specDigest) {
      this.ref = requireNonNull(ref, "ref");
      this.spec = requireNonNull(spec, "spec");
      this.specDigest = requireNonNull(specDigest, "specDigest");
    }

    private Builder(TemplateVersion source) {
      this.ref = source.ref;
      this.spec = source.spec;
      this.specDigest = source.specDigest;
      this.name = source.name;
      this.alias = source.alias;
      this.notes = source.notes;
      this.stage = source.stage;
      this.upgradeRules = source.upgradeRules;
      this.annotations = source.annotations;
      this.ramDigest = source.ramDigest;
    }

    /** Sets the template and the version. */
    public Builder ref(VersionRef ref) {
      this.ref = requireNonNull(ref, "ref");
      return this;
    }

    /** Sets the content. */
    public Builder spec(AppSpec spec) {
      this.spec = requireNonNull(spec, "spec");
      return this;
    }

    /** Sets the digest of the canonical JSON of {@link #spec()}. */
    public Builder specDigest(Digest specDigest) {
      this.specDigest = requireNonNull(specDigest, "specDigest");
      return this;
    }

    /** Sets the name of the template, {@code group_name}; may be empty. */
    public Builder name(String name) {
      this.name = requireNonNull(name, "name");
      return this;
    }

    /** Sets a second name of the version, {@code version_alias}; may be empty. */
    public Builder alias(String alias) {
      this.alias = requireNonNull(alias, "alias");
      return this;
    }

    /** Sets what is new in the version; may be empty. */
    public Builder notes(String notes) {
      this.notes = requireNonNull(notes, "notes");
      return this;
    }

    /** Sets how far the vendor has come with it. */
    public Builder stage(Stage stage) {
      this.stage = requireNonNull(stage, "stage");
      return this;
    }

    /** Sets what it demands of an upgrade to it. */
    public Builder upgradeRules(UpgradeRules upgradeRules) {
      this.upgradeRules = requireNonNull(upgradeRules, "upgradeRules");
      return this;
    }

    /** Sets further notes for people and tools, in key order. */
    public Builder annotations(SortedMap<String, String> annotations) {
      this.annotations = Check.sorted(annotations, "annotations");
      return this;
    }

    /** Sets the blob with the RAM document it was published from. */
    public Builder ramDigest(@Nullable Digest ramDigest) {
      this.ramDigest = ramDigest;
      return this;
    }

    /** Returns the finished value. */
    public TemplateVersion build() {
      return new TemplateVersion(this);
    }
  }
}

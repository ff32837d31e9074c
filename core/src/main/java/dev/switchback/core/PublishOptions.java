// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.TemplateId;
import dev.switchback.model.Version;
import dev.switchback.model.template.Stage;
import dev.switchback.model.template.UpgradeRules;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a vendor says about a version at publishing, beyond or instead of what the document says. */
public final class PublishOptions {

  private final @Nullable TemplateId template;
  private final @Nullable Version version;
  private final @Nullable String notes;
  private final @Nullable Stage stage;
  private final @Nullable UpgradeRules upgradeRules;
  private final String actor;

  private PublishOptions(Builder builder) {
    this.template = builder.template;
    this.version = builder.version;
    this.notes = builder.notes;
    this.stage = builder.stage;
    this.upgradeRules = builder.upgradeRules;
    this.actor = builder.actor;
  }

  /** Starts options that say nothing: everything is taken from the document. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns the options that say nothing: everything is taken from the document. */
  public static PublishOptions fromDocument() {
    return builder().build();
  }

  /** Returns the template to publish under; empty for the one in the document. */
  public Optional<TemplateId> template() {
    return Optional.ofNullable(template);
  }

  /** Returns the version to publish as; empty for the one in the document. */
  public Optional<Version> version() {
    return Optional.ofNullable(version);
  }

  /** Returns what is new in the version; empty for what the document says. */
  public Optional<String> notes() {
    return Optional.ofNullable(notes);
  }

  /** Returns how far the vendor has come with it; empty for what the document says. */
  public Optional<Stage> stage() {
    return Optional.ofNullable(stage);
  }

  /** Returns what the version demands of upgrades to it; empty for what the document says. */
  public Optional<UpgradeRules> upgradeRules() {
    return Optional.ofNullable(upgradeRules);
  }

  /** Returns who publishes; may be empty. */
  public String actor() {
    return actor;
  }

  /** Collects options; everything not set is taken from the document. */
  public static final class Builder {

    private @Nullable TemplateId template;
    private @Nullable Version version;
    private @Nullable String notes;
    private @Nullable Stage stage;
    private @Nullable UpgradeRules upgradeRules;
    private String actor = "";

    private Builder() {}

    /** Publishes under {@code template}. */
    public Builder template(TemplateId template) {
      this.template = requireNonNull(template, "template");
      return this;
    }

    /** Publishes as {@code version}. */
    public Builder version(Version version) {
      this.version = requireNonNull(version, "version");
      return this;
    }

    /** Says what is new in the version. */
    public Builder notes(String notes) {
      this.notes = requireNonNull(notes, "notes");
      return this;
    }

    /** Says how far the vendor has come with it. */
    public Builder stage(Stage stage) {
      this.stage = requireNonNull(stage, "stage");
      return this;
    }

    /** Says what the version demands of upgrades to it. */
    public Builder upgradeRules(UpgradeRules upgradeRules) {
      this.upgradeRules = requireNonNull(upgradeRules, "upgradeRules");
      return this;
    }

    /** Says who publishes. */
    public Builder actor(String actor) {
      this.actor = requireNonNull(actor, "actor");
      return this;
    }

    /** Returns the finished options. */
    public PublishOptions build() {
      return new PublishOptions(this);
    }
  }
}

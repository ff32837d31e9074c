// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import static java.util.Objects.requireNonNull;

import dev.switchback.diff.Change;
import dev.switchback.model.AppId;
import dev.switchback.model.Digest;
import dev.switchback.model.Keyed;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.Build;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.app.RecordHistory;
import dev.switchback.model.spec.Component;
import dev.switchback.model.template.TemplateVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a caller has loaded for the planner. Which parts are needed depends on the request: what is
 * missing becomes an obstacle in the plan.
 */
public final class PlanInput {

  private final AppId app;
  private final @Nullable AppState state;
  private final @Nullable Digest stateDigest;
  private final Instant now;
  private final Duration validity;
  private final @Nullable TemplateVersion target;
  private final List<KnownVersion> versions;
  private final @Nullable AppState earlier;
  private final @Nullable AppState after;
  private final List<OperationRecord> laterRecords;
  private final List<Change> changedByBuilds;
  private final List<Build> builds;
  private final boolean artifactsChecked;
  private final List<Digest> presentArtifacts;
  private final @Nullable Keyed<Component> running;
  private final @Nullable Digest runningDigest;
  private final int maxParallel;

  private PlanInput(Builder builder) {
    this.app = builder.app;
    this.state = builder.state;
    this.stateDigest = builder.stateDigest;
    this.now = builder.now;
    this.validity = builder.validity;
    this.target = builder.target;
    this.versions = builder.versions;
    this.earlier = builder.earlier;
    this.after = builder.after;
    this.laterRecords = builder.laterRecords;
    this.changedByBuilds = builder.changedByBuilds;
    this.builds = builder.builds;
    this.artifactsChecked = builder.artifactsChecked;
    this.presentArtifacts = builder.presentArtifacts;
    this.running = builder.running;
    this.runningDigest = builder.runningDigest;
    this.maxParallel = builder.maxParallel;
  }

  /** Starts the input for {@code app}. */
  public static Builder builder(AppId app) {
    return new Builder(app);
  }

  /** Starts a changed copy. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** Returns the app. */
  public AppId app() {
    return app;
  }

  /** Returns the recorded state; empty if the app was never installed. */
  public Optional<AppState> state() {
    return Optional.ofNullable(state);
  }

  /** Returns the digest of the canonical JSON of the recorded state. */
  public Optional<Digest> stateDigest() {
    return Optional.ofNullable(stateDigest);
  }

  /** Returns the time of planning. */
  public Instant now() {
    return now;
  }

  /** Returns how long the plan may be executed. */
  public Duration validity() {
    return validity;
  }

  /** Returns the version to install or upgrade to. */
  public Optional<TemplateVersion> target() {
    return Optional.ofNullable(target);
  }

  /** Returns all versions of the template in the library, in version order. */
  public List<KnownVersion> versions() {
    return versions;
  }

  /** Returns the revision that a rollback goes back to. */
  public Optional<AppState> earlier() {
    return Optional.ofNullable(earlier);
  }

  /**
   * Returns the revision that the operation taken back by a rollback had brought about; the
   * recorded state differs from it by what happened since. Where the goal is a revision that was
   * edited next, it is that revision: no edit made since is taken back as an operation. Without it
   * no edit made since can be told from the rest, and everything goes back.
   */
  public Optional<AppState> after() {
    return Optional.ofNullable(after);
  }

  /** Returns the records of operations that finished after {@link #after()}, oldest first. */
  public List<OperationRecord> laterRecords() {
    return laterRecords;
  }

  /** Returns what rollbacks to builds among the later operations changed, in any order. */
  public List<Change> changedByBuilds() {
    return changedByBuilds;
  }

  /** Returns the known builds of the components that go back to earlier ones. */
  public List<Build> builds() {
    return builds;
  }

  /**
   * Returns whether {@link #presentArtifacts()} is complete, so that what is not in it is missing.
   */
  public boolean artifactsChecked() {
    return artifactsChecked;
  }

  /** Returns the artifacts that are there, in order. */
  public List<Digest> presentArtifacts() {
    return presentArtifacts;
  }

  /**
   * Returns the components as they really run, for ending drift; empty if the backend cannot tell.
   */
  public Optional<Keyed<Component>> running() {
    return Optional.ofNullable(running);
  }

  /** Returns the digest of the recorded spec with the components as they really run. */
  public Optional<Digest> runningDigest() {
    return Optional.ofNullable(runningDigest);
  }

  /** Returns how many steps a wave has at most, a dependency circle aside; at least 1. */
  public int maxParallel() {
    return maxParallel;
  }

  private static List<KnownVersion> sortedVersions(List<KnownVersion> versions) {
    return versions.stream().sorted(Comparator.comparing(KnownVersion::ref)).toList();
  }

  private static List<OperationRecord> sortedRecords(List<OperationRecord> records) {
    return records.stream()
        .sorted(Comparator.comparingLong(OperationRecord::resultGeneration)
            .thenComparing(OperationRecord::id))
        .toList();
  }

  private static List<Build> sortedBuilds(List<Build> builds) {
    return builds.stream()
        .sorted(Comparator.comparing(Build::component).thenComparingLong(Build::sequence))
        .toList();
  }

  private static int requireParallel(int maxParallel) {
    if (maxParallel < 1) {
      throw new IllegalArgumentException(
          "Invalid maxParallel: " + maxParallel + ", at least one step has to run");
    }
    return maxParallel;
  }

  @Override
  public boolean equals(Object other) {
    if (this == other) {
      return true;
    }
    return other instanceof PlanInput that
        && app.equals(that.app)
        && Objects.equals(state, that.state)
        && Objects.equals(stateDigest, that.stateDigest)
        && now.equals(that.now)
        && validity.equals(that.validity)
        && Objects.equals(target, that.target)
        && versions.equals(that.versions)
        && Objects.equals(earlier, that.earlier)
        && Objects.equals(after, that.after)
        && laterRecords.equals(that.laterRecords)
        && changedByBuilds.equals(that.changedByBuilds)
        && builds.equals(that.builds)
        && artifactsChecked == that.artifactsChecked
        && presentArtifacts.equals(that.presentArtifacts)
        && Objects.equals(running, that.running)
        && Objects.equals(runningDigest, that.runningDigest)
        && maxParallel == that.maxParallel;
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        app,
        state,
        stateDigest,
        now,
        validity,
        target,
        versions,
        earlier,
        after,
        laterRecords,
        changedByBuilds,
        builds,
        artifactsChecked,
        presentArtifacts,
        running,
        runningDigest,
        maxParallel);
  }

  /** Collects the parts; everything not set keeps its empty default. */
  public static final class Builder {

    private final AppId app;
    private @Nullable AppState state;
    private @Nullable Digest stateDigest;
    private Instant now = Instant.EPOCH;
    private Duration validity = Duration.ofHours(24);
    private @Nullable TemplateVersion target;
    private List<KnownVersion> versions = List.of();
    private @Nullable AppState earlier;
    private @Nullable AppState after;
    private List<OperationRecord> laterRecords = List.of();
    private List<Change> changedByBuilds = List.of();
    private List<Build> builds = List.of();
    private boolean artifactsChecked = false;
    private List<Digest> presentArtifacts = List.of();
    private @Nullable Keyed<Component> running;
    private @Nullable Digest runningDigest;
    private int maxParallel = 10;

    private Builder(AppId app) {
      this.app = requireNonNull(app, "app");
    }

    private Builder(PlanInput source) {
      this.app = source.app;
      this.state = source.state;
      this.stateDigest = source.stateDigest;
      this.now = source.now;
      this.validity = source.validity;
      this.target = source.target;
      this.versions = source.versions;
      this.earlier = source.earlier;
      this.after = source.after;
      this.laterRecords = source.laterRecords;
      this.changedByBuilds = source.changedByBuilds;
      this.builds = source.builds;
      this.artifactsChecked = source.artifactsChecked;
      this.presentArtifacts = source.presentArtifacts;
      this.running = source.running;
      this.runningDigest = source.runningDigest;
      this.maxParallel = source.maxParallel;
    }

    /** Sets the recorded state; empty if the app was never installed. */
    public Builder state(@Nullable AppState state) {
      this.state = state;
      return this;
    }

    /** Sets the digest of the canonical JSON of the recorded state. */
    public Builder stateDigest(@Nullable Digest stateDigest) {
      this.stateDigest = stateDigest;
      return this;
    }

    /** Sets the time of planning. */
    public Builder now(Instant now) {
      this.now = requireNonNull(now, "now");
      return this;
    }

    /** Sets how long the plan may be executed. */
    public Builder validity(Duration validity) {
      this.validity = requireNonNull(validity, "validity");
      return this;
    }

    /** Sets the version to install or upgrade to. */
    public Builder target(@Nullable TemplateVersion target) {
      this.target = target;
      return this;
    }

    /** Sets all versions of the template in the library, in version order. */
    public Builder versions(List<KnownVersion> versions) {
      this.versions = sortedVersions(versions);
      return this;
    }

    /** Sets the revision that a rollback goes back to. */
    public Builder earlier(@Nullable AppState earlier) {
      this.earlier = earlier;
      return this;
    }

    /**
     * Sets the revision that the operation taken back by a rollback had brought about; the recorded
     * state differs from it by what happened since. Where the goal is a revision that was edited
     * next, it is that revision.
     */
    public Builder after(@Nullable AppState after) {
      this.after = after;
      return this;
    }

    /** Sets the records of operations that finished after {@link #after(AppState)}, oldest first. */
    public Builder laterRecords(List<OperationRecord> laterRecords) {
      this.laterRecords = sortedRecords(laterRecords);
      return this;
    }

    /**
     * Sets what those of the later operations changed that went back to builds
     * ({@link RecordHistory#isToBuilds}), as far as the revisions before and after them are kept.
     */
    public Builder changedByBuilds(List<Change> changedByBuilds) {
      this.changedByBuilds = List.copyOf(changedByBuilds);
      return this;
    }

    /** Sets the known builds of the components that go back to earlier ones. */
    public Builder builds(List<Build> builds) {
      this.builds = sortedBuilds(builds);
      return this;
    }

    /**
     * Sets whether {@link #presentArtifacts()} is complete, so that what is not in it is missing.
     */
    public Builder artifactsChecked(boolean artifactsChecked) {
      this.artifactsChecked = artifactsChecked;
      return this;
    }

    /** Sets the artifacts that are there, in order. */
    public Builder presentArtifacts(List<Digest> presentArtifacts) {
      this.presentArtifacts = presentArtifacts.stream().sorted().distinct().toList();
      return this;
    }

    /** Sets the components as they really run. */
    public Builder running(@Nullable Keyed<Component> running) {
      this.running = running;
      return this;
    }

    /** Sets the digest of the recorded spec with the components as they really run. */
    public Builder runningDigest(@Nullable Digest runningDigest) {
      this.runningDigest = runningDigest;
      return this;
    }

    /** Sets how many steps of a wave may run together, at least 1. */
    public Builder maxParallel(int maxParallel) {
      this.maxParallel = requireParallel(maxParallel);
      return this;
    }

    /** Returns the finished value. */
    public PlanInput build() {
      return new PlanInput(this);
    }
  }
}

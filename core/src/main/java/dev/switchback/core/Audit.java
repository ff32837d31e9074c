// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import dev.switchback.json.JsonFormats;
import dev.switchback.model.AppId;
import dev.switchback.model.Digest;
import dev.switchback.model.Obstacle;
import dev.switchback.model.RefusedException;
import dev.switchback.model.VersionRef;
import dev.switchback.model.app.Approval;
import dev.switchback.model.app.AuditEntry;
import dev.switchback.model.app.AuditEntry.Act;
import dev.switchback.plan.Plan;
import dev.switchback.storage.Page;
import dev.switchback.storage.PageRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What people decide about apps that is no operation on them: holds, approvals, follow-ups ticked off;
 * and whether all that is written about an app is as it was written.
 *
 * <p>Entries are only ever added, each chained to the one before. Nothing here needs the lease of the
 * app, so it works while an operation is under way, too.
 */
public final class Audit {

  private final Site site;

  Audit(Site site) {
    this.site = site;
  }

  /**
   * Keeps every new operation from an app until it is {@linkplain #release released}. One hold does
   * not take the place of another: all of them are listed, and stand in the way.
   *
   * @param actor who holds it; may be empty
   * @param reason why; not blank
   * @throws RefusedException if there is no such app, or the actor may not do it; nothing was written
   */
  public Hold hold(AppId app, String actor, String reason) {
    return hold(app, null, actor, reason);
  }

  /**
   * Keeps an app from going to a version, by install or upgrade, until it is {@linkplain
   * #releaseVersion released}.
   *
   * @param actor who holds it; may be empty
   * @param reason why; not blank
   * @throws RefusedException if there is no such app, or the actor may not do it; nothing was written
   */
  public Hold holdVersion(AppId app, VersionRef version, String actor, String reason) {
    return hold(app, version, actor, reason);
  }

  private Hold hold(AppId app, @Nullable VersionRef version, String actor, String reason) {
    if (reason.isBlank()) {
      throw new IllegalArgumentException(
          "Invalid reason: it is blank; say why " + app + " is held");
    }
    site.authorize(actor, Authorizer.Action.HOLD, app.value());
    if (site.storage().apps().find(app).isEmpty()) {
      throw new RefusedException(
          "Cannot hold " + app,
          Obstacle.of("app-missing", "there is no app " + app, "choose one that is listed"));
    }
    String subject = version == null ? "" : version.toString();
    return Holds.hold(
        AuditLog.append(site, app, entries -> new AuditLog.Word(Act.HOLD, subject, actor, reason)));
  }

  /**
   * Takes every hold of an app as a whole away; holds of versions stay.
   *
   * @param actor who releases it; may be empty
   * @param reason why; may be empty
   * @throws RefusedException if it is not held, or the actor may not do it; nothing was written
   */
  public void release(AppId app, String actor, String reason) {
    release(app, "", actor, reason);
  }

  /**
   * Takes every hold of a version for an app away.
   *
   * @param actor who releases it; may be empty
   * @param reason why; may be empty
   * @throws RefusedException if it is not held, or the actor may not do it; nothing was written
   */
  public void releaseVersion(AppId app, VersionRef version, String actor, String reason) {
    release(app, version.toString(), actor, reason);
  }

  private void release(AppId app, String subject, String actor, String reason) {
    site.authorize(actor, Authorizer.Action.RELEASE, app.value());
    AuditLog.append(site, app, entries -> {
      boolean held =
          Holds.of(entries).stream().anyMatch(hold -> Holds.subject(hold).equals(subject));
      if (!held) {
        String what = subject.isEmpty() ? app.value() : subject + " for " + app;
        throw new RefusedException(
            "Cannot release " + what,
            Obstacle.of("not-held", what + " is not held", "choose a hold that is listed"));
      }
      return new AuditLog.Word(Act.RELEASE, subject, actor, reason);
    });
  }

  /** Returns the holds of an app that are not released, oldest first. */
  public List<Hold> holds(AppId app) {
    return Holds.of(site, app);
  }

  /**
   * Approves a plan. The approval is bound to the digest of the plan: it counts for this very plan,
   * saved or in memory, and for no other, not even one that was made for the same request later.
   *
   * @param plan the plan, as it will be executed
   * @param actor who approves it; not blank
   * @param note what there is to say about it; may be empty
   * @throws RefusedException if the plan cannot be executed, is too old, would be another one now, or
   *     the actor approved it already, with every reason, or may not do it; nothing was written
   */
  public Approval approve(Plan plan, String actor, String note) {
    if (actor.isBlank()) {
      throw new IllegalArgumentException("Invalid actor: it is blank; say who approves the plan");
    }
    site.authorize(actor, Authorizer.Action.APPROVE, plan.app().value());
    String what =
        "Cannot approve the plan for the " + Engine.name(plan.operation()) + " of " + plan.app();
    Digest digest = JsonFormats.plan().digest(plan);
    List<Obstacle> standing = new ArrayList<>(plan.obstacles());
    ExecutionGuard.expired(site, plan).ifPresent(standing::add);
    standing.addAll(StalePlans.differences(plan, new Planning(site).again(plan).plan()));
    AuditEntry entry = AuditLog.append(site, plan.app(), entries -> {
      List<Obstacle> obstacles = new ArrayList<>(standing);
      for (Approval earlier : Approvals.of(entries, digest)) {
        if (earlier.actor().equals(actor)) {
          obstacles.add(
              Obstacle.of("approved-already", actor + " approved it at " + earlier.at(), ""));
        }
      }
      if (!obstacles.isEmpty()) {
        throw new RefusedException(what, obstacles);
      }
      return new AuditLog.Word(Act.APPROVE, digest.toString(), actor, note);
    });
    return new Approval(entry.actor(), entry.note(), entry.at());
  }

  /** Returns who approved a plan, one approval a person, in order of time. */
  public List<Approval> approvals(Plan plan) {
    return Approvals.of(AuditLog.read(site, plan.app()), JsonFormats.plan().digest(plan));
  }

  /**
   * Returns what operations on an app left to be done by hand, done or not, those of the latest
   * operation first. Left out is what does not matter any more: of operations that changed nothing or
   * were taken back, and of the time before the app was taken down.
   */
  public List<AppFollowUp> followUps(AppId app) {
    return FollowUps.of(site, app, AuditLog.read(site, app));
  }

  /**
   * Ticks follow-ups off as done, all or none.
   *
   * @param ids {@link AppFollowUp#id() names} of follow-ups of the app, at least one
   * @param actor who did them; may be empty
   * @param note what there is to say about it; may be empty
   * @throws RefusedException if one does not exist, matters no more or was ticked off already, each of
   *     them listed, or the actor may not do it; nothing was written
   */
  public void tick(AppId app, Collection<String> ids, String actor, String note) {
    site.authorize(actor, Authorizer.Action.TICK, app.value());
    List<String> asked = List.copyOf(new LinkedHashSet<>(ids));
    refuseUntickable(app, asked, AuditLog.read(site, app));
    for (String id : asked) {
      AuditLog.append(site, app, entries -> {
        refuseUntickable(app, List.of(id), entries);
        return new AuditLog.Word(Act.TICK, id, actor, note);
      });
    }
  }

  private void refuseUntickable(AppId app, List<String> ids, List<AuditEntry> entries) {
    List<AppFollowUp> present = FollowUps.of(site, app, entries);
    List<Obstacle> obstacles = ids.stream()
        .map(id -> FollowUps.obstacle(app, id, present))
        .flatMap(Optional::stream)
        .toList();
    if (!obstacles.isEmpty()) {
      throw new RefusedException("Cannot tick off follow-ups of " + app, obstacles);
    }
  }

  /** Lists what people decided about an app, latest first. */
  public Page<AuditEntry> entries(AppId app, PageRequest page) {
    return site.storage().audit().list(app, page);
  }

  /**
   * Verifies the chains of an app: that of its records, and that of what people decided about it.
   * Retention does not touch them, so they can be verified from the first link on, always.
   */
  public ChainReport verify(AppId app) {
    return Chains.verify(site, app);
  }
}

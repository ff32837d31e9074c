// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import dev.switchback.core.RetentionReport.Item;
import dev.switchback.model.AppId;
import dev.switchback.model.app.OperationKind;
import dev.switchback.storage.LeaseHeldException;
import dev.switchback.storage.RecordQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Lets go of revisions, builds, journals and blobs that are old and not needed any more.
 *
 * <p>Never goes what runs, what a kept revision or build needs, what an operation that has not ended
 * started from or leads to, what a template version in the library needs, and anything of an app that
 * is held. Records and what people decided stay for ever, so that their chains can be verified; a plan
 * goes with the journal of its operation.
 */
public final class Retention {

  private final Site site;

  Retention(Site site) {
    this.site = site;
  }

  /** Tells what {@link #collect} would let go of now, and why each of the rest is kept. */
  public RetentionReport preview(RetentionPolicy policy) {
    Instant now = site.clock().instant();
    BlobRetention blobs = BlobRetention.of(site.blobs()).library(site);
    List<Item> items = new ArrayList<>();
    for (AppId app : apps()) {
      AppRetention retention = AppRetention.of(AppBooks.read(site, app), policy, now);
      items.addAll(retention.items());
      blobs.app(retention);
    }
    items.addAll(blobs.items(policy, now));
    return new RetentionReport(items);
  }

  /**
   * Lets go of what {@code policy} does not keep. An app that somebody is changing is left alone this
   * time. When this is cut short, what is gone is gone, the rest is whole, and it can be called again.
   *
   * @param actor who wants it; may be empty
   * @return what went, and why each of the rest is kept
   * @throws dev.switchback.model.RefusedException if the actor may not do it; nothing was changed
   */
  public RetentionReport collect(RetentionPolicy policy, String actor) {
    site.authorize(actor, Authorizer.Action.COLLECT, "site");
    Instant now = site.clock().instant();
    // Listed first: what comes later is not looked at, and what is used later is touched.
    BlobRetention blobs = BlobRetention.of(site.blobs());
    List<Item> items = new ArrayList<>();
    for (AppId app : apps()) {
      AppRetention retention = collect(app, policy, now);
      items.addAll(retention.items());
      blobs.app(retention);
    }
    blobs.library(site);
    items.addAll(blobs.delete(blobs.items(policy, now), now.minus(policy.grace())));
    return new RetentionReport(items);
  }

  private AppRetention collect(AppId app, RetentionPolicy policy, Instant now) {
    AppBooks books = AppBooks.read(site, app);
    AppRetention retention = AppRetention.of(books, policy, now);
    if (retention.isEmpty()) {
      return retention;
    }
    try (LeaseKeeper lease = LeaseKeeper.take(site, app)) {
      // Read anew: until now somebody may have changed it.
      retention = AppRetention.of(AppBooks.read(site, app), policy, now);
      Commits.write(site, lease.current(), retention.commit());
      return retention;
    } catch (LeaseHeldException e) {
      String busy = "the app is being changed by " + e.current().holder();
      return AppRetention.of(books.untouchable(busy), policy, now);
    }
  }

  /** Those without a state, too: what began to install them has not ended, or came to nothing. */
  private SortedSet<AppId> apps() {
    SortedSet<AppId> apps = new TreeSet<>();
    Pages.all(site.storage().apps()::list).forEach(state -> apps.add(state.app()));
    RecordQuery installs = RecordQuery.all().ofKind(List.of(OperationKind.INSTALL));
    Pages.all(page -> site.storage().records().list(installs, page))
        .forEach(record -> apps.add(record.app()));
    return apps;
  }
}

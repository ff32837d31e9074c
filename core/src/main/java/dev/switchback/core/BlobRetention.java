// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import dev.switchback.core.RetentionReport.Item;
import dev.switchback.core.RetentionReport.Kind;
import dev.switchback.model.Digest;
import dev.switchback.model.TemplateId;
import dev.switchback.model.VersionRef;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.Build;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Image;
import dev.switchback.model.template.TemplateVersion;
import dev.switchback.storage.BlobStore;
import dev.switchback.storage.StoredBlob;
import dev.switchback.storage.StoredOperation;
import dev.switchback.storage.TemplateSummary;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decides which blobs can go: those that nothing kept points at, directly or by way of an image
 * manifest, and that nobody touched for the time of grace.
 *
 * <p>Whatever looks like a digest in the manifest of an image that is needed is needed, too: that
 * follows every kind of manifest and index, and errs on the side of keeping.
 */
final class BlobRetention {

  /** A manifest is no larger, by the OCI distribution specification. */
  private static final int MAX_MANIFEST = 4 << 20;

  private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

  private final BlobStore store;
  private final SortedMap<Digest, StoredBlob> blobs = new TreeMap<>();
  private final Map<Digest, String> needed = new TreeMap<>();
  private final Deque<Digest> unread = new ArrayDeque<>();

  private BlobRetention(BlobStore store) {
    this.store = store;
  }

  /**
   * Starts with the blobs that are there now.
   *
   * @throws dev.switchback.storage.StorageException if they could not be listed, or nobody can tell
   *     which of them others need
   */
  static BlobRetention of(BlobStore store) {
    BlobRetention retention = new BlobRetention(store);
    Pages.all(store::list).forEach(blob -> retention.blobs.put(blob.digest(), blob));
    retention.pinned();
    return retention;
  }

  /** Keeps what others who use the same store need now. */
  private void pinned() {
    store.pinned().forEach(pinned -> follow(pinned.digest(), pinned.reason()));
  }

  /** Keeps what the template versions of a library need. */
  BlobRetention library(Site site) {
    for (TemplateSummary template : Pages.all(site.storage().templates()::templates)) {
      TemplateId id = template.ref().template();
      for (TemplateSummary version :
          Pages.all(page -> site.storage().templates().versions(id, page))) {
        site.storage().templates().find(version.ref()).ifPresent(this::version);
      }
    }
    return this;
  }

  private void version(TemplateVersion version) {
    VersionRef ref = version.ref();
    version.ramDigest().ifPresent(digest -> need(digest, "it is the document of " + ref));
    images(version.spec(), ref + " needs it");
  }

  /** Keeps what the kept part of an app needs. */
  BlobRetention app(AppRetention kept) {
    for (AppState state : kept.keptStates()) {
      String reason = "revision " + state.generation() + " of " + state.app() + " needs it";
      images(state.spec(), reason);
      images(state.base(), reason);
    }
    for (StoredOperation operation : kept.wanted()) {
      images(
          operation.wanted().spec(),
          "operation " + operation.record().id() + " has not ended and needs it");
    }
    for (Build build : kept.keptBuilds()) {
      image(
          build.image(),
          "build " + build.version() + " of " + build.component() + " in " + build.app()
              + " needs it");
    }
    for (OperationRecord record : kept.keptOperations()) {
      record.plan().ifPresent(digest -> need(digest, "it is the plan of " + record.id()));
    }
    return this;
  }

  private void images(AppSpec spec, String reason) {
    spec.components().forEach(component -> image(component.image(), reason));
    spec.plugins().forEach(plugin -> image(plugin.image(), reason));
  }

  private void image(Image image, String reason) {
    Digest digest = image.digest();
    if (digest != null) {
      follow(digest, reason);
    }
  }

  /** Keeps a manifest, and later what it points at. */
  private void follow(Digest manifest, String reason) {
    if (need(manifest, reason)) {
      unread.add(manifest);
    }
  }

  /** Blobs that came meanwhile count, too: they may be manifests that point at older ones. */
  private boolean need(Digest digest, String reason) {
    return needed.putIfAbsent(digest, reason) == null;
  }

  /** Decides about every blob, by digest. */
  List<Item> items(RetentionPolicy policy, Instant now) {
    pinned(); // once more: somebody may have added an image while the rest was read
    while (!unread.isEmpty()) {
      Digest manifest = unread.remove();
      for (Digest part : references(manifest)) {
        follow(part, "it is part of image " + manifest.shortText());
      }
    }
    Instant touchedSince = now.minus(policy.grace());
    List<Item> items = new ArrayList<>();
    for (StoredBlob blob : blobs.values()) {
      String reason = needed.get(blob.digest());
      if (reason == null && !blob.touchedAt().isBefore(touchedSince)) {
        reason = "it was touched less than " + AppRetention.days(policy.grace()) + " ago";
      }
      items.add(item(blob, reason));
    }
    return items;
  }

  private static Item item(StoredBlob blob, @Nullable String reason) {
    return new Item(
        Kind.BLOB,
        null,
        blob.digest().toString(),
        reason == null,
        reason == null ? "nothing needs it" : reason,
        blob.size());
  }

  /**
   * Removes the blobs of {@code items} that go, a manifest before what it points at: a manifest that
   * is there must never stand for an image of which a part is gone.
   *
   * @return the items, with those kept that somebody touched meanwhile
   */
  List<Item> delete(List<Item> items, Instant touchedSince) {
    Map<Digest, Item> outcome = new TreeMap<>();
    items.forEach(item -> outcome.put(Digest.parse(item.name()), item));
    List<Digest> going =
        items.stream().filter(Item::goes).map(item -> Digest.parse(item.name())).toList();
    for (Digest digest : parentsFirst(going)) {
      if (!store.delete(digest, touchedSince)) {
        StoredBlob blob = blobs.get(digest);
        if (blob != null) {
          outcome.put(digest, item(blob, "somebody touched it meanwhile"));
        }
      }
    }
    return List.copyOf(outcome.values());
  }

  private List<Digest> parentsFirst(Collection<Digest> going) {
    Set<Digest> seen = new LinkedHashSet<>();
    List<Digest> childrenFirst = new ArrayList<>();
    Set<Digest> all = Set.copyOf(going);
    for (Digest digest : going) {
      visit(digest, all, seen, childrenFirst);
    }
    Collections.reverse(childrenFirst);
    return childrenFirst;
  }

  private void visit(Digest digest, Set<Digest> all, Set<Digest> seen, List<Digest> childrenFirst) {
    if (all.contains(digest) && seen.add(digest)) {
      references(digest).forEach(child -> visit(child, all, seen, childrenFirst));
      childrenFirst.add(digest);
    }
  }

  /** Returns what looks like a digest in a blob that looks like a manifest. */
  private Set<Digest> references(Digest digest) {
    StoredBlob blob = blobs.get(digest);
    if (blob != null && blob.size() > MAX_MANIFEST) {
      return Set.of();
    }
    try (InputStream in = store.open(digest).orElse(InputStream.nullInputStream())) {
      if (!startsObject(in)) {
        return Set.of();
      }
      String text = new String(in.readNBytes(MAX_MANIFEST), StandardCharsets.UTF_8);
      Set<Digest> found = new LinkedHashSet<>();
      Matcher matcher = DIGEST.matcher(text);
      while (matcher.find()) {
        found.add(Digest.parse(matcher.group()));
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + digest, e);
    }
  }

  private static boolean startsObject(InputStream in) throws IOException {
    int first = in.read();
    while (first == ' ' || first == '\n' || first == '\r' || first == '\t') {
      first = in.read();
    }
    return first == '{';
  }
}

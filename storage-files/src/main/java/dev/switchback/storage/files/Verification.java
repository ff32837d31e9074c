// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage.files;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.READ;

import dev.switchback.model.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Looks for blobs that are damaged, and for those that images of other tools lack. */
final class Verification {

  private static final int BUFFER = 64 * 1024;

  private final Layout layout;
  private final SortedMap<Digest, DamagedBlob> damaged = new TreeMap<>();

  Verification(Layout layout) {
    this.layout = layout;
  }

  /** Returns what was found, in the order of the digests. */
  List<DamagedBlob> damaged() {
    return List.copyOf(damaged.values());
  }

  /** Reads blobs and compares them with their digests. */
  void compare(Collection<Digest> digests) {
    for (Digest digest : digests) {
      try (InputStream content = Files.newInputStream(layout.blob(digest), READ, NOFOLLOW_LINKS)) {
        Digest actual = digest(content);
        if (!actual.equals(digest)) {
          add(digest, "Its digest is now " + actual);
        }
      } catch (NoSuchFileException e) {
        // A blob that was removed since it was listed is not a damaged one.
      } catch (IOException e) {
        add(digest, "It cannot be read: " + e.getMessage());
      }
    }
  }

  private static Digest digest(InputStream content) throws IOException {
    MessageDigest sha256 = Digest.newSha256();
    byte[] buffer = new byte[BUFFER];
    int count;
    while ((count = content.read(buffer)) >= 0) {
      sha256.update(buffer, 0, count);
    }
    return Digest.from(sha256);
  }

  private void add(Digest digest, String problem) {
    damaged.putIfAbsent(digest, new DamagedBlob(digest, problem));
  }

  /** Follows {@code index.json} to the last layer and looks whether everything is there. */
  void follow(List<ImageIndex.Pointer> entries) throws IOException {
    Deque<ImageIndex.Pointer> pointers = new ArrayDeque<>(entries);
    Set<Digest> seen = new HashSet<>();
    while (!pointers.isEmpty()) {
      ImageIndex.Pointer pointer = pointers.remove();
      BasicFileAttributes found = layout.find(pointer.digest());
      if (found == null && pointer.needed()) {
        add(pointer.digest(), "It is missing: " + pointer.owner());
      } else if (found != null && found.isRegularFile() && seen.add(pointer.digest())) {
        pointers.addAll(ImageIndex.parts(layout.blob(pointer.digest()), found.size(), pointer));
      }
    }
  }
}

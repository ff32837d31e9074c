// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage.files;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.switchback.model.Digest;
import dev.switchback.storage.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where things are in the directory. Source: OCI image layout specification 1.0.0. */
final class Layout {

  private static final String MARKER = "{\"imageLayoutVersion\":\"1.0.0\"}";
  private static final Pattern MARKER_VERSION =
      Pattern.compile("\"imageLayoutVersion\"\\s*:\\s*\"1\\.0\\.0\"");
  private static final int MARKER_MAX = 4096;
  private static final String EMPTY_INDEX =
      "{\"manifests\":[],\"mediaType\":\"application/vnd.oci.image.index.v1+json\","
          + "\"schemaVersion\":2}";

  private final Path root;
  private final Path blobs;
  private final Path staging;

  Layout(Path root) {
    this.root = root;
    this.blobs = root.resolve("blobs").resolve("sha256");
    this.staging = root.resolve("staging");
  }

  Path root() {
    return root;
  }

  Path blobs() {
    return blobs;
  }

  Path staging() {
    return staging;
  }

  /** Returns the file whose locks say who touches or removes a blob. */
  Path lock() {
    return root.resolve("blobs.lock");
  }

  /** Returns the list of the images and artifacts that other tools keep here. */
  Path index() {
    return root.resolve("index.json");
  }

  private Path marker() {
    return root.resolve("oci-layout");
  }

  Path blob(Digest digest) {
    return blobs.resolve(digest.hex());
  }

  /** Returns what is kept under the digest's name, of whatever kind; null if nothing is. */
  @Nullable
  BasicFileAttributes find(Digest digest) throws IOException {
    return attributes(blob(digest));
  }

  /**
   * Makes what is missing; the marker comes last and says that all the rest is there. Makes nothing
   * in a layout of another version.
   */
  void prepare(Staging stage, Disk disk) throws IOException {
    if (attributes(marker()) != null) {
      checkMarker();
    }
    makeDirectory(root, "blobs", disk);
    makeDirectory(root.resolve("blobs"), "sha256", disk);
    makeDirectory(root, "staging", disk);
    makeFile(index(), EMPTY_INDEX, stage, disk);
    makeFile(marker(), MARKER, stage, disk);
    checkMarker();
  }

  private static void makeDirectory(Path parent, String name, Disk disk) throws IOException {
    Path directory = parent.resolve(name);
    BasicFileAttributes found = attributes(directory);
    if (found == null) {
      try {
        Files.createDirectory(directory);
        disk.syncDirectory(parent);
        return;
      } catch (FileAlreadyExistsException e) {
        found = attributes(directory);
      }
    }
    if (found == null || !found.isDirectory()) {
      // A link would lead writes, and worse, removals, to a place nobody named.
      throw new StorageException(
          "Cannot open blob store: " + directory + " is not a directory; move it away", null);
    }
  }

  private void makeFile(Path file, String content, Staging stage, Disk disk) throws IOException {
    if (attributes(file) != null) {
      return;
    }
    Staging.Part part = stage.begin();
    try {
      disk.write(part.channel(), ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8)));
      disk.sync(part.channel());
      disk.move(part.path(), file);
      disk.syncDirectory(root);
    } finally {
      stage.end(part);
    }
  }

  private void checkMarker() throws IOException {
    Path file = marker();
    BasicFileAttributes found = attributes(file);
    boolean known = found != null
        && found.isRegularFile()
        && found.size() <= MARKER_MAX
        && MARKER_VERSION
            .matcher(Files.readString(file, StandardCharsets.ISO_8859_1))
            .find();
    if (!known) {
      throw new StorageException(
          "Cannot open blob store: "
              + file
              + " does not say imageLayoutVersion 1.0.0; name another directory, or open this one"
              + " with the version of Switchback that made it",
          null);
    }
  }

  private static @Nullable BasicFileAttributes attributes(Path path) throws IOException {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class, NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return null;
    }
  }
}

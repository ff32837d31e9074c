// SPDX-License-Identifier: Apache-2.0
package dev.switchback.packaging;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static java.util.Objects.requireNonNull;

import dev.switchback.model.Obstacle;
import dev.switchback.model.RefusedException;
import dev.switchback.model.VersionRef;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** Writes packages. */
public final class PackageWriter {

  private PackageWriter() {}

  /**
   * Writes a package with the usual options: see {@link #write(Path, List, WriteOptions)}.
   *
   * @throws RefusedException if the file exists already, or a version does not hold together
   * @throws PackagingException if the file system failed; the file is not there
   */
  public static void write(Path file, List<PackagedVersion> versions) {
    write(file, versions, WriteOptions.defaults());
  }

  /**
   * Writes a package: into a temporary file beside {@code file}, which gets its name once
   * everything in it is on the disk. Until then, and after any failure, {@code file} is as it was.
   *
   * <p>The same versions give the same bytes, in whatever order they are given; when compressed,
   * with the same version of the compressor. All documents are held in memory at once.
   *
   * @param versions at least one, no version twice
   * @throws IllegalArgumentException if there is no version, or one twice
   * @throws RefusedException if the file exists already and is not to be replaced, if a version
   *     does not hold together (its content does not have its digest, or differs from its RAM
   *     document), or if the compression is not available; with every reason
   * @throws PackagingException if the file system failed; the file is as it was
   */
  public static void write(Path file, List<PackagedVersion> versions, WriteOptions options) {
    requireNonNull(file, "file");
    List<PackagedVersion> sorted = sorted(versions);
    Compression compression = options.compressionFor(file);
    List<Obstacle> obstacles = new ArrayList<>();
    if (!options.isReplacing() && Files.exists(file, NOFOLLOW_LINKS)) {
      obstacles.add(exists(file));
    }
    Streams.findMissing(compression).ifPresent(obstacles::add);
    for (PackagedVersion version : sorted) {
      Consistency.check(version, version.version().ref().toString(), obstacles);
    }
    if (!obstacles.isEmpty()) {
      throw new RefusedException("Cannot write package " + file, obstacles);
    }
    Manifests content = new Manifests();
    sorted.forEach(content::add);
    write(file, content, compression, options.isReplacing());
  }

  private static List<PackagedVersion> sorted(List<PackagedVersion> versions) {
    List<PackagedVersion> sorted = new ArrayList<>(versions);
    if (sorted.isEmpty()) {
      throw new IllegalArgumentException("Invalid package: it has no version");
    }
    sorted.sort(Comparator.comparing(packaged -> packaged.version().ref()));
    for (int i = 1; i < sorted.size(); i++) {
      VersionRef earlier = sorted.get(i - 1).version().ref();
      if (earlier.equals(sorted.get(i).version().ref())) {
        throw new IllegalArgumentException(
            "Invalid package: it has " + earlier + " and " + sorted.get(i) + ", the same version");
      }
    }
    return sorted;
  }

  private static Obstacle exists(Path file) {
    return new Obstacle(
        "file-exists",
        file.toString(),
        "there is a file already",
        "name another file, or ask for it to be replaced");
  }

  private static void write(
      Path file, Manifests content, Compression compression, boolean replace) {
    Path absolute = file.toAbsolutePath();
    Path directory = absolute.getParent();
    if (directory == null) {
      throw new IllegalArgumentException("Invalid package file " + file + ": it has no name");
    }
    Path temporary = absolute.resolveSibling(
        "." + absolute.getFileName() + "." + UUID.randomUUID().toString().substring(0, 8));
    try {
      try {
        fill(temporary, content, compression);
        publish(temporary, absolute, replace);
      } catch (IOException | RuntimeException e) {
        deleteAfter(e, temporary);
        throw e;
      }
      syncDirectory(directory);
    } catch (FileAlreadyExistsException e) {
      throw new RefusedException("Cannot write package " + file, exists(file));
    } catch (IOException e) {
      throw new PackagingException(
          "Cannot write package " + file + ": " + Streams.reason(e) + nextStep(e, directory), e);
    }
  }

  private static void deleteAfter(Exception failure, Path temporary) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  private static String nextStep(IOException failure, Path directory) {
    String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    if (message.contains("no space left") || message.contains("quota exceeded")) {
      return "; free space on the disk of " + directory + " and try again";
    }
    if (!Files.isDirectory(directory)) {
      return "; make the directory " + directory + " first";
    }
    return "";
  }

  private static void fill(Path file, Manifests content, Compression compression)
      throws IOException {
    try (FileChannel channel = FileChannel.open(file, CREATE_NEW, WRITE)) {
      // Closing the stream closes the channel, but what is to be synced must still be open.
      fill(Streams.keepOpen(Channels.newOutputStream(channel)), content, compression);
      channel.force(true);
    }
  }

  /** Writes a package to wherever it goes, and closes it. */
  static void fill(OutputStream out, Manifests content, Compression compression)
      throws IOException {
    try (TarOutput tar = new TarOutput(Streams.compress(out, compression))) {
      tar.file(Oci.LAYOUT_FILE, TarOutput.layoutMarker());
      tar.file(Oci.INDEX_FILE, content.index());
      tar.directory("blobs/");
      tar.directory(Oci.BLOBS);
      for (Oci.Blob blob : content.blobs()) {
        tar.file(Oci.BLOBS + blob.digest().hex(), blob.bytes());
      }
    }
  }

  private static void publish(Path temporary, Path file, boolean replace) throws IOException {
    if (replace) {
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } else {
      Files.move(temporary, file);
    }
  }

  private static void syncDirectory(Path directory) throws IOException {
    // Windows cannot open a directory and writes names through on its own.
    if (System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows")) {
      return;
    }
    try (FileChannel channel = FileChannel.open(directory, READ)) {
      channel.force(true);
    }
  }
}

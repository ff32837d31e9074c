// SPDX-License-Identifier: Apache-2.0
package dev.switchback.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.switchback.model.Digest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** A tar that a test takes apart, alters and puts together again, with right checksums. */
final class Archive {

  private static final String MANIFEST_MARK = "application/vnd.oci.empty.v1+json";

  private final List<Entry> entries = new ArrayList<>();

  /** An entry; {@code declared} is the size that its header says. */
  private static final class Entry {

    private final String name;
    private final char type;
    private final String link;
    private final byte[] content;
    private final long declared;

    Entry(String name, char type, String link, byte[] content, long declared) {
      this.name = name;
      this.type = type;
      this.link = link;
      this.content = content;
      this.declared = declared;
    }

    String text() {
      return new String(content, UTF_8);
    }
  }

  /** Writes a package into memory. */
  static byte[] write(Compression compression, PackagedVersion... versions) {
    Manifests content = new Manifests();
    List.of(versions).forEach(content::add);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      PackageWriter.fill(out, content, compression);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** Takes a package that a writer wrote apart. */
  static Archive of(PackagedVersion... versions) {
    Archive archive = new Archive();
    byte[] whole = write(Compression.NONE, versions);
    try (TarArchiveInputStream tar = new TarArchiveInputStream(new ByteArrayInputStream(whole))) {
      TarArchiveEntry entry;
      while ((entry = tar.getNextEntry()) != null) {
        char type = entry.isDirectory() ? '5' : '0';
        archive.add(entry.getName(), type, "", tar.readAllBytes());
      }
      return archive;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Archive file(String name, String content) {
    return add(name, '0', "", content.getBytes(UTF_8));
  }

  Archive blob(byte[] content) {
    return add("blobs/sha256/" + Digest.of(content).hex(), '0', "", content);
  }

  Archive add(String name, char type, String link, byte[] content) {
    return add(name, type, link, content, content.length);
  }

  Archive add(String name, char type, String link, byte[] content, long declared) {
    entries.add(new Entry(name, type, link, content, declared));
    return this;
  }

  Archive remove(String name) {
    if (!entries.removeIf(entry -> entry.name.equals(name))) {
      throw new IllegalArgumentException("There is no " + name);
    }
    return this;
  }

  String text(String name) {
    return entries.stream()
        .filter(entry -> entry.name.equals(name))
        .map(entry -> entry.text())
        .findFirst()
        .orElseThrow();
  }

  void forEachFile(BiConsumer<String, byte[]> action) {
    entries.stream()
        .filter(entry -> entry.type == '0')
        .forEach(entry -> action.accept(entry.name, entry.content));
  }

  /** Replaces a text in a file, which must have it. */
  Archive edit(String name, String from, String to) {
    String text = text(name);
    if (!text.contains(from)) {
      throw new IllegalArgumentException(name + " does not have " + from + ": " + text);
    }
    return remove(name).file(name, text.replace(from, to));
  }

  /** Changes the manifest and everything that points to it, so that all digests hold. */
  Archive editManifest(String from, String to) {
    return editBlob(MANIFEST_MARK, from, to);
  }

  /** Changes the blob that has {@code mark} and what points to it, up to the index. */
  Archive editBlob(String mark, String from, String to) {
    Entry found = entries.stream()
        .filter(entry -> entry.name.startsWith("blobs/sha256/"))
        .filter(entry -> entry.text().contains(mark))
        .findFirst()
        .orElseThrow();
    String old = text(found.name);
    edit(found.name, from, to);
    String edited = text(found.name);
    remove(found.name).blob(edited.getBytes(UTF_8));
    String oldDigest = Digest.of(old).toString();
    String newDigest = Digest.of(edited).toString();
    String oldSize = "\"size\":" + old.getBytes(UTF_8).length + "}";
    String newSize = "\"size\":" + edited.getBytes(UTF_8).length + "}";
    if (text("index.json").contains(oldDigest)) {
      return edit("index.json", oldDigest, newDigest).edit("index.json", oldSize, newSize);
    }
    editManifest(oldDigest, newDigest);
    return editManifest(oldSize, newSize);
  }

  byte[] bytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Entry entry : entries) {
      out.writeBytes(header(entry));
      out.writeBytes(entry.content);
      out.writeBytes(new byte[(512 - entry.content.length % 512) % 512]);
    }
    out.writeBytes(new byte[1024]);
    return out.toByteArray();
  }

  private static byte[] header(Entry entry) {
    byte[] header = new byte[512];
    put(header, 0, 100, entry.name);
    put(header, 100, 8, "0000644");
    put(header, 108, 8, "0000000");
    put(header, 116, 8, "0000000");
    put(header, 124, 12, String.format(Locale.ROOT, "%011o", entry.declared));
    put(header, 136, 12, "00000000000");
    put(header, 148, 8, "        ");
    header[156] = (byte) entry.type;
    put(header, 157, 100, entry.link);
    put(header, 257, 8, "ustar\00000");
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xff;
    }
    put(header, 148, 8, String.format(Locale.ROOT, "%06o\0 ", sum));
    return header;
  }

  private static void put(byte[] header, int offset, int most, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    if (bytes.length > most) {
      throw new IllegalArgumentException("Too long: " + text);
    }
    System.arraycopy(bytes, 0, header, offset, bytes.length);
  }

  static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}

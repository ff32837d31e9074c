// SPDX-License-Identifier: Apache-2.0
package dev.switchback.deploy.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.model.Digest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * An image made of programs and files of this machine, for engines that reach no registry: to try
 * things out, for tests, and for the proxy of {@link DockerBackend}.
 *
 * <p>It is held in memory, and it is the same byte for byte whenever it is made of the same files. An
 * {@link dev.switchback.deploy.ArtifactLoader} takes it in: {@code load(image.digest(), image.open())}.
 */
public final class MachineImage {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String OCI = "application/vnd.oci.image.";

  private final Digest digest;
  private final byte[] tar;

  private MachineImage(Digest digest, byte[] tar) {
    this.digest = digest;
    this.tar = tar;
  }

  /** Starts an image without any file. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns the digest of its manifest, by which it can be run once it was taken in. */
  public Digest digest() {
    return digest;
  }

  /** Opens the image, an OCI layout in a tar. */
  public InputStream open() {
    return new ByteArrayInputStream(tar);
  }

  /** Collects what goes into an image. */
  public static final class Builder {

    private static final Pattern LIBRARY = Pattern.compile("(?:=> )?(/\\S+) \\(0x");

    private final SortedMap<String, byte[]> files = new TreeMap<>();
    private final Set<String> programs = new HashSet<>();
    private List<String> entrypoint = List.of();
    private List<String> command = List.of();
    private String stopSignal = "SIGTERM";

    private Builder() {}

    /** Adds a file with the mode 0644. Folders above it come by themselves. */
    public Builder file(String path, String content) {
      files.put(path, content.getBytes(UTF_8));
      return this;
    }

    /** Adds a file with the mode 0755, which its first line says how to run. */
    public Builder script(String path, String content) {
      programs.add(path);
      return file(path, content);
    }

    /**
     * Adds a program of this machine under its own path, with the libraries that {@code ldd} names.
     *
     * @throws UncheckedIOException if it or a library cannot be read
     */
    public Builder program(Path program) {
      add(program);
      libraries(program).forEach(this::add);
      return this;
    }

    private void add(Path file) {
      try {
        files.put(file.toString(), Files.readAllBytes(file));
        programs.add(file.toString());
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot put " + file + " into an image", e);
      }
    }

    /** Sets what is run unless a component has a command of its own. */
    public Builder command(String... words) {
      this.command = List.of(words);
      return this;
    }

    /** Sets what is run before the command, whatever a component's own command is. */
    public Builder entrypoint(String... words) {
      this.entrypoint = List.of(words);
      return this;
    }

    /** Sets the signal that asks it to stop; {@code SIGTERM} by default. */
    public Builder stopSignal(String stopSignal) {
      this.stopSignal = requireNonNull(stopSignal, "stopSignal");
      return this;
    }

    /** Returns the finished image. */
    public MachineImage build() {
      try {
        byte[] layer = layer();
        SortedMap<String, byte[]> blobs = new TreeMap<>();
        ObjectNode layerDescriptor = descriptor(blobs, "layer.v1.tar", layer);
        ObjectNode config = descriptor(blobs, "config.v1+json", config(Digest.of(layer)));
        ObjectNode manifest = JSON.createObjectNode();
        manifest.put("schemaVersion", 2).put("mediaType", OCI + "manifest.v1+json");
        manifest.set("config", config);
        manifest.putArray("layers").add(layerDescriptor);
        byte[] manifestBytes = JSON.writeValueAsBytes(manifest);
        ObjectNode index = JSON.createObjectNode();
        index.put("schemaVersion", 2);
        index.putArray("manifests").add(descriptor(blobs, "manifest.v1+json", manifestBytes));
        blobs.put("index.json", JSON.writeValueAsBytes(index));
        blobs.put("oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(UTF_8));
        ByteArrayOutputStream tar = new ByteArrayOutputStream();
        try (TarArchiveOutputStream out = Tars.open(tar)) {
          for (var blob : blobs.entrySet()) {
            Tars.add(out, blob.getKey(), blob.getValue(), 0644);
          }
        }
        return new MachineImage(Digest.of(manifestBytes), tar.toByteArray());
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot make an image", e);
      }
    }

    private byte[] layer() throws IOException {
      ByteArrayOutputStream layer = new ByteArrayOutputStream();
      try (TarArchiveOutputStream out = Tars.open(layer)) {
        for (var file : files.entrySet()) {
          int mode = programs.contains(file.getKey()) ? 0755 : 0644;
          Tars.add(out, file.getKey(), file.getValue(), mode);
        }
      }
      return layer.toByteArray();
    }

    private byte[] config(Digest layer) throws IOException {
      ObjectNode config = JSON.createObjectNode();
      config.put("architecture", architecture()).put("os", "linux");
      ObjectNode run = config.putObject("config");
      run.putArray("Env").add("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
      entrypoint.forEach(run.withArray("Entrypoint")::add);
      command.forEach(run.withArray("Cmd")::add);
      run.put("StopSignal", stopSignal);
      ObjectNode rootfs = config.putObject("rootfs");
      rootfs.put("type", "layers").putArray("diff_ids").add(layer.toString());
      return JSON.writeValueAsBytes(config);
    }

    private static String architecture() {
      String name = System.getProperty("os.arch");
      return switch (name) {
        case "x86_64" -> "amd64";
        case "aarch64" -> "arm64";
        default -> name;
      };
    }

    private static ObjectNode descriptor(
        SortedMap<String, byte[]> blobs, String type, byte[] content) {
      Digest digest = Digest.of(content);
      blobs.put("blobs/sha256/" + digest.hex(), content);
      return JSON.createObjectNode()
          .put("mediaType", OCI + type)
          .put("digest", digest.toString())
          .put("size", content.length);
    }

    /** Returns the libraries that a program needs; none if it is linked statically. */
    private static List<Path> libraries(Path program) {
      try {
        Process ldd = new ProcessBuilder("ldd", program.toString())
            .redirectErrorStream(true)
            .start();
        String text = new String(ldd.getInputStream().readAllBytes(), UTF_8);
        List<Path> libraries = new ArrayList<>();
        Matcher matcher = LIBRARY.matcher(text);
        while (matcher.find()) {
          libraries.add(Path.of(matcher.group(1)));
        }
        return libraries;
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot find the libraries of " + program, e);
      }
    }
  }
}

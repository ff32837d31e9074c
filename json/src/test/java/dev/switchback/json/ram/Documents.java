// SPDX-License-Identifier: Apache-2.0
package dev.switchback.json.ram;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The RAM documents that tests read. */
final class Documents {

  /** Jackson as everyone uses it, so that our own reader is not its own judge. */
  private static final ObjectMapper JACKSON = JsonMapper.builder()
      .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
      .build();

  private Documents() {}

  /** Our own documents, and those of the folder that SWITCHBACK_RAM_FIXTURES names, if it does. */
  static List<Path> all() {
    List<Path> files = new ArrayList<>(in(own()));
    String folder = System.getenv("SWITCHBACK_RAM_FIXTURES");
    if (folder != null) {
      files.addAll(in(Path.of(folder)));
    }
    return files;
  }

  private static Path own() {
    URL folder = Documents.class.getResource("/ram");
    try {
      return Path.of(folder.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Path> in(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] bytes(String name) {
    try (InputStream in = Documents.class.getResourceAsStream("/ram/" + name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static RamDocument read(String name) {
    return RamDocument.read(bytes(name));
  }

  static RamDocument parse(String json) {
    return RamDocument.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  static JsonNode tree(byte[] json) {
    try {
      return JACKSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode tree(RamDocument document) {
    return tree(document.write());
  }
}

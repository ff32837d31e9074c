// SPDX-License-Identifier: Apache-2.0
package dev.switchback.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Runs commands in this process, each as if in a process of its own, and keeps all they printed. */
final class Shell {

  // Every secret in the test documents, and those the tests type, contain this.
  static final String SECRET = "secret-in-";

  private static final JsonMapper MAPPER = JsonMapper.builder()
      .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .build();

  private final Path home;
  private final List<String> printed = new ArrayList<>();

  Shell(Path home) {
    this.home = home;
  }

  /** What a command printed and returned. */
  record Result(int code, String out, String err) {

    /** Reads standard output, which has to be one JSON document and nothing else. */
    JsonNode json() {
      try {
        return MAPPER.readTree(out);
      } catch (IOException e) {
        throw new AssertionError("Not one JSON document: " + out, e);
      }
    }

    /** Returns the values of a field in a list of the document. */
    List<String> column(String list, String field) {
      List<String> values = new ArrayList<>();
      json().at(list).forEach(node -> values.add(node.at("/" + field).asText()));
      return values;
    }

    Result expect(int expected) {
      assertThat(code).as("exit code%n%s%n%s", out, err).isEqualTo(expected);
      return this;
    }
  }

  /** Runs a command for people. */
  Result run(Object... words) {
    return start(words);
  }

  /** Runs a command that has to be done. */
  Result done(Object... words) {
    return start(words).expect(0);
  }

  /** Runs a command for a script that has to be done, and returns its document. */
  JsonNode json(Object... words) {
    return start(Stream.concat(Stream.of(words), Stream.of("--json")).toArray())
        .expect(0)
        .json();
  }

  private Result start(Object... words) {
    String[] arguments = Stream.concat(Stream.of("--home", home), Stream.of(words))
        .map(Object::toString)
        .toArray(String[]::new);
    Result result = plain(Map.of(), arguments);
    // The vendor's own document is the one place where secrets belong.
    if (!List.of(arguments).contains("--ram")) {
      printed.add(result.out);
      printed.add(result.err);
    }
    return result;
  }

  /** Runs a command with nothing but the words given. */
  static Result plain(Map<String, String> environment, String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code = new Main(
            new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), environment)
        .run(words);
    return new Result(code, out.toString(UTF_8), err.toString(UTF_8));
  }

  /** Fails if any command printed a secret. */
  void expectNoSecrets() {
    assertThat(printed).isNotEmpty().noneMatch(text -> text.contains(SECRET));
  }

  /** Returns the path of a test document. */
  static Path document(String name) {
    try {
      return Path.of(Shell.class.getResource("/documents/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}

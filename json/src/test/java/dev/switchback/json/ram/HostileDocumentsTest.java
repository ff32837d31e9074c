// SPDX-License-Identifier: Apache-2.0
package dev.switchback.json.ram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.json.DocumentReadException;
import dev.switchback.model.Obstacle;
import dev.switchback.model.RefusedException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Documents that mean harm, or are broken, are refused with place and reason. */
final class HostileDocumentsTest {

  private static final long LARGE = 200L << 20;

  static List<Path> documents() {
    return Documents.all();
  }

  @Test
  void read_streamOfOneHugeString_stopsAtTheLimit() {
    EndlessString stream = new EndlessString();
    Obstacle obstacle = refusal(() -> RamDocument.read(stream));
    assertThat(obstacle.code()).isEqualTo("too-large");
    assertThat(stream.given).isLessThan(80L << 20);
  }

  @Test
  void read_fileOfOneHugeString_isRefusedUnread(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("metadata.json");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(LARGE);
    }
    Obstacle obstacle = refusal(() -> RamDocument.read(file));
    assertThat(obstacle.code()).isEqualTo("too-large");
    assertThat(obstacle.message()).contains("209715200").contains("67108864");
  }

  @ParameterizedTest
  @CsvSource({"[, ]", "{\"a\":, }", "{\"apps\":[, ]}"})
  void read_tenThousandLevels_isRefused(String open, String close) {
    String deep = open.repeat(10_000) + "1" + close.repeat(10_000);
    Obstacle obstacle = refusal(() -> read(deep));
    assertThat(obstacle.code()).isEqualTo("too-deep");
    assertThat(obstacle.place()).startsWith("$").hasSizeLessThan(2000);
    assertThat(refusal(() -> read("{\"apps\":[],\"x\":" + deep + "}")).code())
        .isEqualTo("too-deep");
  }

  @Test
  void read_millionsOfSmallValues_isRefused() {
    String many = "{\"apps\":[" + "{},".repeat(3_000_000) + "{}]}";
    assertThat(refusal(() -> read(many)).code()).isEqualTo("too-many-values");
  }

  @Test
  void read_hugeNames_takesLinearTime() {
    String name = "ENCRYPT".repeat(300_000);
    RamDocument document = read("{\"apps\":[{\"service_key\":\"a\",\"" + name
        + "\":1,\"service_env_map_list\":[{\"attr_name\":\"" + name + "\"}]}]}");
    assertThat(document.spec().components().get(0).env()).hasSize(1);
  }

  @Test
  void read_keyTwice_namesThePlace() {
    Obstacle obstacle = refusal(() ->
        read("{\"apps\":[{\"service_key\":\"a\"},{\"service_key\":\"b\",\"service_key\":\"c\"}]}"));
    assertThat(obstacle.code() + " " + obstacle.place())
        .isEqualTo("duplicate-key $.apps[1].service_key");
  }

  @Test
  void read_notANumber_namesThePlace() {
    Obstacle obstacle = refusal(() -> read("{\"apps\":[{\"memory\":NaN}]}"));
    assertThat(obstacle.code() + " " + obstacle.place()).isEqualTo("not-finite $.apps[0].memory");
  }

  @Test
  void read_wrongTypesEverywhere_saysEveryPlaceAtOnce() {
    RefusedException refused = refused(() -> read("""
        {"group_key": ["x"], "group_version": {"a": 1}, "plugins": "many", "k8s_resources": 7,
         "apps": [
           {"service_key": {"a": 1}, "memory": "lots", "cpu": -5, "port_map_list": "8080",
            "extend_method_map": "x", "labels": true},
           "component",
           {"service_key": "b", "port_map_list": [{"container_port": 99999}, 7],
            "service_env_map_list": [{"attr_name": [1]}, {"attr_name": "A", "is_change": "maybe"}],
            "service_volume_map_list": [{"volume_path": "/a", "volume_capacity": 1.5}]}]}"""));
    assertThat(refused.obstacles())
        .extracting(Obstacle::place)
        .containsExactlyInAnyOrder(
            "$.group_key",
            "$.group_version",
            "$.plugins",
            "$.k8s_resources",
            "$.apps[0].service_key",
            "$.apps[0].memory",
            "$.apps[0].cpu",
            "$.apps[0].port_map_list",
            "$.apps[0].extend_method_map",
            "$.apps[0].labels",
            "$.apps[1]",
            "$.apps[2].port_map_list[0].container_port",
            "$.apps[2].port_map_list[1]",
            "$.apps[2].service_env_map_list[0].attr_name",
            "$.apps[2].service_env_map_list[1].is_change",
            "$.apps[2].service_volume_map_list[0].volume_capacity");
    assertThat(refused.getMessage()).contains("expected a whole number");
  }

  @Test
  void read_wrongTypesInFieldsThatDoNotCount_areRefusedToo() {
    RefusedException refused = refused(() -> read("""
        {"apps": [{"service_key": "a", "memory": [1], "cpu": {"a": 1}, "extend_method_map":
           {"init_memory": 64, "min_memory": true, "container_cpu": 100}}]}"""));
    assertThat(refused.obstacles())
        .extracting(Obstacle::place)
        .containsExactlyInAnyOrder(
            "$.apps[0].memory", "$.apps[0].cpu", "$.apps[0].extend_method_map.min_memory");
  }

  @Test
  void read_thousandsOfProblems_saysTheFirstHundredAndHowManyMore() {
    StringBuilder apps = new StringBuilder("{\"apps\":[");
    for (int i = 0; i < 1000; i++) {
      apps.append(i == 0 ? "" : ",")
          .append("{\"service_key\":\"k")
          .append(i)
          .append("\",\"memory\":\"x\"}");
    }
    RefusedException refused = refused(() -> read(apps + "]}"));
    assertThat(refused.obstacles()).hasSize(101);
    assertThat(refused.obstacles().get(100).message()).contains("900 more");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[]                     | not-an-object", "\"apps\"        | not-an-object",
        "{}                     | no-content", "{\"apps\":null}    | no-content",
        "{\"apps\":\"x\"}       | wrong-type", "{\"apps\":{\"a\":1}} | wrong-type",
      })
  void read_whatIsNoTemplate_saysSo(String json, String code) {
    assertThat(refusal(() -> read(json)).code()).isEqualTo(code);
  }

  @ParameterizedTest
  @MethodSource("documents")
  void read_truncatedDocument_isRefused(Path file) {
    byte[] whole = new String(Documents.bytes(file), StandardCharsets.UTF_8)
        .strip()
        .getBytes(StandardCharsets.UTF_8);
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 60; i++) {
      byte[] part = Arrays.copyOf(whole, random.nextInt(whole.length));
      assertThat(catchThrowable(() -> RamDocument.read(part))).isInstanceOf(RefusedException.class);
    }
  }

  @ParameterizedTest
  @MethodSource("documents")
  void read_flippedBytes_isRefusedOrRead(Path file) {
    byte[] whole = Documents.bytes(file);
    SplittableRandom random = new SplittableRandom(11);
    for (int i = 0; i < 100; i++) {
      byte[] broken = whole.clone();
      for (int j = random.nextInt(3); j >= 0; j--) {
        broken[random.nextInt(broken.length)] ^= (byte) (1 << random.nextInt(8));
      }
      assertReadOrRefused(broken);
    }
  }

  @ParameterizedTest
  @MethodSource("documents")
  void read_valuesOfOtherTypes_isRefusedOrRead(Path file) {
    SplittableRandom random = new SplittableRandom(13);
    for (int i = 0; i < 40; i++) {
      JsonNode tree = Documents.tree(Documents.bytes(file));
      spoil(tree, random);
      assertReadOrRefused(tree.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void read_fileThatIsNotThere_isRefused(@TempDir Path folder) {
    assertThat(refusal(() -> RamDocument.read(folder.resolve("none.json"))).code())
        .isEqualTo("no-such-file");
    assertThat(refusal(() -> RamDocument.read(folder)).code()).isEqualTo("not-a-file");
  }

  @Test
  void read_streamThatBreaks_mayBeTriedAgain() {
    InputStream broken = new FilterInputStream(InputStream.nullInputStream()) {
      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        throw new IOException("cable");
      }
    };
    DocumentReadException e =
        catchThrowableOfType(DocumentReadException.class, () -> RamDocument.read(broken));
    assertThat(e.mayRetry()).isTrue();
  }

  private static void assertReadOrRefused(byte[] json) {
    try {
      RamDocument document = RamDocument.read(json);
      assertThat(Documents.tree(document)).isEqualTo(Documents.tree(json));
    } catch (RefusedException e) {
      assertThat(e.obstacles()).allSatisfy(o -> assertThat(o.place() + o.code()).isNotEmpty());
    }
  }

  /** Replaces some values by ones of another type. */
  private static void spoil(JsonNode node, SplittableRandom random) {
    if (node instanceof ObjectNode object) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      for (String name : names) {
        if (random.nextInt(200) == 0) {
          object.set(name, other(random));
        } else {
          spoil(object.get(name), random);
        }
      }
    } else if (node instanceof ArrayNode list) {
      for (int i = 0; i < list.size(); i++) {
        if (random.nextInt(200) == 0) {
          list.set(i, other(random));
        } else {
          spoil(list.get(i), random);
        }
      }
    }
  }

  private static JsonNode other(SplittableRandom random) {
    String[] values = {
      "null",
      "[]",
      "{}",
      "\"text\"",
      "7",
      "-1",
      "1e99",
      "true",
      "[[1]]",
      "{\"a\":{}}",
      "\"\\u0000\"",
      "99999999999",
      "\" \"",
      "[null]",
      "\"" + "k".repeat(300) + "\""
    };
    return Documents.tree(values[random.nextInt(values.length)].getBytes(StandardCharsets.UTF_8));
  }

  private static RamDocument read(String json) {
    return RamDocument.read(json.getBytes(StandardCharsets.UTF_8));
  }

  private static RefusedException refused(ThrowingCallable read) {
    RefusedException refused = catchThrowableOfType(RefusedException.class, read);
    assertThat(refused).isNotNull();
    return refused;
  }

  private static Obstacle refusal(ThrowingCallable read) {
    RefusedException refused = refused(read);
    assertThat(refused.obstacles()).hasSize(1);
    return refused.obstacles().get(0);
  }

  /** A JSON document of one string of 200 MB, never held anywhere. */
  private static final class EndlessString extends InputStream {

    private long given;

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      if (given >= LARGE) {
        return -1;
      }
      for (int i = 0; i < length; i++) {
        buffer[offset + i] = (byte) (given + i == 0 ? '"' : 'x');
      }
      given += length;
      return length;
    }
  }
}

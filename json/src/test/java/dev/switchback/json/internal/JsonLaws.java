// SPDX-License-Identifier: Apache-2.0
package dev.switchback.json.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** One form for equal trees, and nothing lost in reading. */
final class JsonLaws {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  @Property(tries = 1000)
  void number_readsBack_andNoShorterTextDoes(@ForAll long bits) {
    double value = Double.longBitsToDouble(bits);
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return;
    }
    String text = EcmaNumber.text(value);
    assertThat(Double.parseDouble(text)).isEqualTo(value == 0 ? 0.0 : value);
    BigDecimal decimal = new BigDecimal(text).stripTrailingZeros();
    if (decimal.precision() > 1) {
      BigDecimal step = BigDecimal.ONE.scaleByPowerOfTen(1 - decimal.scale());
      BigDecimal shorter = decimal.setScale(decimal.scale() - 1, RoundingMode.FLOOR);
      assertThat(shorter.doubleValue()).isNotEqualTo(value);
      assertThat(shorter.add(step).doubleValue()).isNotEqualTo(value);
    }
  }

  @Property(tries = 300)
  void canonical_doesNotDependOnKeyOrder(@ForAll("trees") JsonNode tree, @ForAll long seed) {
    String text = CanonicalJson.text(tree);
    assertThat(CanonicalJson.text(shuffled(tree, new Random(seed)))).isEqualTo(text);
    assertThat(CanonicalJson.text(StrictJson.read(CanonicalJson.bytes(tree), "tree")))
        .isEqualTo(text);
  }

  @Property(tries = 300)
  void canonical_readsAsTheSameTree(@ForAll("trees") JsonNode tree) throws IOException {
    ObjectMapper jackson = new ObjectMapper();
    JsonNode read = jackson.readTree(CanonicalJson.bytes(tree));
    JsonNode expected = jackson.readTree(tree.toString());
    assertThat(expected.equals(JsonLaws::compareNumbers, read)).isTrue();
  }

  /** 1.0 and 1 are one number. */
  private static int compareNumbers(JsonNode one, JsonNode other) {
    return one.isNumber() && other.isNumber()
        ? Double.compare(one.doubleValue() + 0.0, other.doubleValue() + 0.0)
        : one.equals(other) ? 0 : 1;
  }

  @Property(tries = 300)
  void write_givesBackWhatWasRead(@ForAll("trees") JsonNode tree) {
    byte[] json = StrictJson.write(tree);
    assertThat(StrictJson.write(StrictJson.read(json, "tree"))).isEqualTo(json);
  }

  @Provide
  Arbitrary<JsonNode> trees() {
    return Arbitraries.randomValue(random -> tree(random, 5));
  }

  private static JsonNode tree(Random random, int depth) {
    return switch (random.nextInt(depth > 0 ? 8 : 5)) {
      case 0 -> NODES.nullNode();
      case 1 -> NODES.booleanNode(random.nextBoolean());
      case 2 -> NODES.numberNode(random.nextInt() >> random.nextInt(32));
      case 3 -> NODES.numberNode(random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20));
      case 4 -> NODES.textNode(text(random));
      case 5 -> list(random, depth);
      default -> object(random, depth);
    };
  }

  private static ArrayNode list(Random random, int depth) {
    ArrayNode list = NODES.arrayNode();
    for (int i = random.nextInt(4); i > 0; i--) {
      list.add(tree(random, depth - 1));
    }
    return list;
  }

  private static ObjectNode object(Random random, int depth) {
    ObjectNode object = NODES.objectNode();
    for (int i = random.nextInt(6); i > 0; i--) {
      object.set(text(random), tree(random, depth - 1));
    }
    return object;
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      int point = switch (random.nextInt(4)) {
        case 0 -> random.nextInt(0x30);
        case 1 -> random.nextInt(0x110000);
        case 2 -> 0xe000 + random.nextInt(0x1000);
        default -> 'a' + random.nextInt(26);
      };
      text.appendCodePoint(point >= 0xd800 && point < 0xe000 ? 0x1f600 : point);
    }
    return text.toString();
  }

  private static JsonNode shuffled(JsonNode tree, Random random) {
    if (tree.isArray()) {
      ArrayNode list = NODES.arrayNode();
      tree.forEach(item -> list.add(shuffled(item, random)));
      return list;
    }
    if (!tree.isObject()) {
      return tree;
    }
    List<String> names = new ArrayList<>();
    tree.fieldNames().forEachRemaining(names::add);
    Collections.shuffle(names, random);
    ObjectNode object = NODES.objectNode();
    names.forEach(name -> object.set(name, shuffled(tree.get(name), random)));
    return object;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.switchback.json.ram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.switchback.json.internal.CanonicalJson;
import dev.switchback.json.internal.StrictJson;
import dev.switchback.model.Keyed;
import dev.switchback.model.RefusedException;
import dev.switchback.model.Setting;
import dev.switchback.model.spec.Extra;
import dev.switchback.model.spec.Image;
import dev.switchback.model.spec.RegistryAccess;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes the nodes of a fresh document, and remembers, for {@link Lens}, which entry of which list
 * is which item.
 */
final class Trees {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final IdentityHashMap<JsonNode, List<@Nullable String>> keys = new IdentityHashMap<>();

  static ObjectNode object() {
    return NODES.objectNode();
  }

  static ArrayNode list() {
    return NODES.arrayNode();
  }

  JsonNode text(String text) {
    return TextNode.valueOf(text);
  }

  /** Returns the tree of a JSON text, or null if it is none. */
  @Nullable
  JsonNode parse(String json) {
    try {
      return StrictJson.read(json.getBytes(StandardCharsets.UTF_8), "field");
    } catch (RefusedException e) {
      return null;
    }
  }

  /** Returns the list of a JSON text if it would be read as the same text again, else the text. */
  JsonNode jsonOrText(String text) {
    JsonNode tree = text.startsWith("[") ? parse(text) : null;
    return tree != null && !tree.isEmpty() && CanonicalJson.exactText(tree).equals(text)
        ? tree
        : text(text);
  }

  /** Writes a list with one entry per item. */
  <T extends Keyed.Item> ArrayNode list(Iterable<T> items, Function<T, JsonNode> write) {
    ArrayNode list = list();
    List<@Nullable String> itemKeys = new ArrayList<>();
    for (T item : items) {
      list.add(write.apply(item));
      itemKeys.add(item.key());
    }
    remember(list, itemKeys);
    return list;
  }

  void remember(ArrayNode list, List<@Nullable String> itemKeys) {
    keys.put(list, itemKeys);
  }

  /** Returns the key of each entry, or null if it is no list of keyed items. */
  @Nullable
  List<@Nullable String> keysOf(JsonNode list) {
    return keys.get(list);
  }

  static ObjectNode map(SortedMap<String, String> texts) {
    ObjectNode map = object();
    texts.forEach(map::put);
    return map;
  }

  /** Writes a number, or null. */
  static void number(ObjectNode owner, String name, @Nullable Integer number) {
    owner.put(name, number);
  }

  /** Returns the object for what RAM has no field for, made when it is first needed. */
  static ObjectNode own(ObjectNode owner) {
    return child(owner, Own.OBJECT);
  }

  private static ObjectNode child(ObjectNode owner, String name) {
    return owner.get(name) instanceof ObjectNode present ? present : owner.putObject(name);
  }

  /** Writes the text of a setting, and its kind where the text and its name do not show it. */
  void setting(ObjectNode owner, String name, Setting setting, Setting natural) {
    owner.put(name, setting.reveal());
    kind(owner, name, setting, natural);
  }

  void kind(ObjectNode owner, String name, Setting setting, Setting natural) {
    if (!setting.equals(natural)) {
      child(own(owner), Own.KINDS).put(name, setting.isSecret() ? Own.SECRET : Own.PLAIN);
    }
  }

  void named(ObjectNode owner, String name, Setting setting) {
    setting(owner, name, setting, Settings.named(name, setting.reveal()));
  }

  /** Writes fields without a type; one that has the name of a typed field is left out. */
  void extras(ObjectNode owner, Keyed<Extra> extras, Set<String> known) {
    for (Extra extra : extras) {
      if (known.contains(extra.name())) {
        continue;
      }
      String json = extra.json().reveal();
      JsonNode tree = parse(json);
      owner.set(extra.name(), tree == null ? text(json) : tree);
      kind(owner, extra.name(), extra.json(), Settings.named(extra.name(), json));
    }
  }

  /** Writes an image, and what it was before publishing, where that is kept. */
  void image(ObjectNode owner, Image image, @Nullable String sourceImage) {
    if (sourceImage != null) {
      owner.put("image", sourceImage);
    }
    owner.put("share_image", image.reference());
    if (image.reference().isEmpty() && sourceImage != null && !sourceImage.isEmpty()) {
      own(owner).put(Own.IMAGE, "");
    }
    if (image.digest() != null) {
      own(owner).put(Own.IMAGE_DIGEST, image.digest().toString());
    }
  }

  ObjectNode registry(RegistryAccess access) {
    ObjectNode registry = object();
    registry.put("hub_url", access.address());
    registry.put("hub_user", access.user());
    named(registry, "hub_password", access.password());
    registry.put("namespace", access.namespace());
    registry.put("is_trust", access.trusted());
    return registry;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.switchback.json.ram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.model.Keyed;
import dev.switchback.model.spec.AppSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Changes a kept document only where its content is to change.
 *
 * <p>What the kept document means is written afresh, and so is what is wanted; what differs between
 * the two fresh trees is applied to the kept one: objects by key, lists by the key of the item that
 * each entry was read as. All that neither fresh tree has, known or not, stays where it is.
 *
 * <p>A kept document may say a thing in another place than a fresh one does. Where the result does
 * not read as wanted, {@link #overlay} replaces the known fields of that component or list.
 */
final class Lens {

  private final ObjectNode kept;
  private final Reading reading;
  private final Trees ownTrees = new Trees();
  private final ObjectNode own;
  private final Trees wantedTrees = new Trees();
  private final ObjectNode wanted;
  private final AppSpec wantedSpec;
  private final IdentityHashMap<JsonNode, List<@Nullable String>> patchedKeys =
      new IdentityHashMap<>();

  /**
   * Makes a lens.
   *
   * @param reading what remembers the lists of {@code kept}
   */
  Lens(ObjectNode kept, Reading reading, RamContent own, RamContent wanted) {
    this.kept = kept;
    this.reading = reading;
    this.own = DocumentWriter.write(own.head(), own.spec(), ownTrees);
    this.wanted = DocumentWriter.write(wanted.head(), wanted.spec(), wantedTrees);
    this.wantedSpec = wanted.spec();
  }

  /** Returns the kept document with the difference applied; shares what is unchanged. */
  ObjectNode patch() {
    return patchObject(kept, own, wanted);
  }

  private JsonNode patch(JsonNode was, JsonNode from, JsonNode to) {
    if (was instanceof ObjectNode object
        && from instanceof ObjectNode fromObject
        && to instanceof ObjectNode toObject) {
      return patchObject(object, fromObject, toObject);
    }
    if (was instanceof ArrayNode list) {
      return patchList(list, from, to);
    }
    return to;
  }

  private ObjectNode patchObject(ObjectNode was, ObjectNode from, ObjectNode to) {
    ObjectNode result = Trees.object();
    result.setAll(was);
    for (Map.Entry<String, JsonNode> field : to.properties()) {
      String name = field.getKey();
      JsonNode before = from.get(name);
      if (!field.getValue().equals(before)) {
        JsonNode present = was.get(name);
        result.set(
            name,
            present == null || before == null
                ? field.getValue()
                : patch(present, before, field.getValue()));
      }
    }
    for (Map.Entry<String, JsonNode> field : from.properties()) {
      if (!to.has(field.getKey())) {
        result.remove(field.getKey());
      }
    }
    return result;
  }

  private JsonNode patchList(ArrayNode was, JsonNode from, JsonNode to) {
    List<@Nullable String> keys = reading.keysOf(was);
    Map<String, JsonNode> before = byKey(from, ownTrees);
    Map<String, JsonNode> after = byKey(to, wantedTrees);
    if (keys == null || before == null || after == null) {
      return to;
    }
    Map<String, Integer> last = new HashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      last.put(String.valueOf(keys.get(i)), i);
    }
    ArrayNode result = Trees.list();
    List<@Nullable String> resultKeys = new ArrayList<>();
    patchedKeys.put(result, resultKeys);
    Set<String> present = new HashSet<>();
    for (int i = 0; i < keys.size(); i++) {
      String key = keys.get(i);
      JsonNode next = key == null ? null : after.get(key);
      JsonNode previous = key == null ? null : before.get(key);
      if (key == null) {
        result.add(was.get(i));
        resultKeys.add(null);
      } else if (next != null) {
        present.add(key);
        resultKeys.add(key);
        // Of entries with one key the last counts; the others stay as they are.
        boolean counts = Integer.valueOf(i).equals(last.get(key));
        result.add(
            !counts || next.equals(previous)
                ? was.get(i)
                : previous == null ? next : patch(was.get(i), previous, next));
      }
    }
    List<@Nullable String> order = wantedTrees.keysOf(to);
    for (int i = 0; order != null && i < order.size(); i++) {
      if (!present.contains(String.valueOf(order.get(i)))) {
        result.add(to.get(i));
        resultKeys.add(order.get(i));
      }
    }
    return result;
  }

  private static @Nullable Map<String, JsonNode> byKey(JsonNode list, Trees trees) {
    List<@Nullable String> keys = trees.keysOf(list);
    if (keys == null) {
      return null;
    }
    Map<String, JsonNode> map = new HashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      map.put(String.valueOf(keys.get(i)), list.get(i));
    }
    return map;
  }

  /**
   * Returns {@code patched} with every known field replaced where it does not read as wanted.
   *
   * @param read what {@code patched} reads as; null if it is refused, then everything is replaced
   * @param patchedReading what remembers the lists of {@code patched}
   */
  ObjectNode overlay(ObjectNode patched, @Nullable AppSpec read, Reading patchedReading) {
    ObjectNode result = overlay(patched, wanted, Known.DOCUMENT);
    AppSpec now = read == null ? AppSpec.empty() : read;
    keepIf(
        result,
        patched,
        "app_config_groups",
        now.configGroups().equals(wantedSpec.configGroups())
            && now.configItems().equals(wantedSpec.configItems())
            && now.configMembers().equals(wantedSpec.configMembers()));
    keepIf(
        result, patched, "ingress_http_routes", now.httpRoutes().equals(wantedSpec.httpRoutes()));
    keepIf(
        result,
        patched,
        "ingress_stream_routes",
        now.streamRoutes().equals(wantedSpec.streamRoutes()));
    keepIf(
        result,
        patched,
        "k8s_resources",
        now.kubernetesResources().equals(wantedSpec.kubernetesResources()));
    overlayList(
        result,
        patched,
        patchedReading,
        new Part<>("apps", now.components(), wantedSpec.components(), Known.COMPONENT));
    overlayList(
        result,
        patched,
        patchedReading,
        new Part<>("plugins", now.plugins(), wantedSpec.plugins(), Known.PLUGIN));
    return result;
  }

  private static void keepIf(ObjectNode result, ObjectNode patched, String name, boolean fits) {
    JsonNode present = patched.get(name);
    if (fits && present != null) {
      result.set(name, present);
    }
  }

  /** One list whose entries may have fields of their own that nobody knows. */
  private record Part<T extends Keyed.Item>(
      String name, Keyed<T> now, Keyed<T> wanted, Set<String> known) {}

  private <T extends Keyed.Item> void overlayList(
      ObjectNode result, ObjectNode patched, Reading patchedReading, Part<T> part) {
    JsonNode list = patched.path(part.name());
    Map<String, JsonNode> fresh = byKey(wanted.get(part.name()), wantedTrees);
    List<@Nullable String> meant = keysOf(list);
    if (meant == null || fresh == null) {
      result.set(part.name(), wanted.get(part.name()));
      return;
    }
    List<@Nullable String> read = patchedReading.keysOf(list);
    ArrayNode entries = Trees.list();
    for (int i = 0; i < meant.size(); i++) {
      String key = meant.get(i);
      JsonNode whole = key == null ? null : fresh.get(key);
      boolean fits = key != null
          && read != null
          && key.equals(read.get(i))
          && part.now().find(key).equals(part.wanted().find(key));
      entries.add(
          !fits && list.get(i) instanceof ObjectNode was && whole instanceof ObjectNode next
              ? overlay(was, next, part.known())
              : list.get(i));
    }
    result.set(part.name(), entries);
  }

  /** Returns the key that each entry of a list of the patched document is to have. */
  private @Nullable List<@Nullable String> keysOf(JsonNode list) {
    List<@Nullable String> keys = patchedKeys.get(list);
    keys = keys == null ? reading.keysOf(list) : keys;
    return keys == null ? wantedTrees.keysOf(list) : keys;
  }

  /** Returns the unknown fields of {@code was} where they stand and the fields of {@code whole}. */
  private static ObjectNode overlay(ObjectNode was, ObjectNode whole, Set<String> known) {
    ObjectNode result = Trees.object();
    for (Map.Entry<String, JsonNode> field : was.properties()) {
      JsonNode next = whole.get(field.getKey());
      if (next != null) {
        result.set(field.getKey(), next);
      } else if (!known.contains(field.getKey())) {
        result.set(field.getKey(), field.getValue());
      }
    }
    result.setAll(whole);
    return result;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.switchback.json.ram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds where two documents differ that are to be one and the same.
 *
 * <p>What is null or empty is as if it were not there, a number or boolean as its text, and a list is
 * what is in it, in any order. What only the publishing site knows does not count.
 */
final class Discrepancies {

  private static final int MOST = 20;

  private final List<String> places = new ArrayList<>();

  private Discrepancies() {}

  /** Returns the JSON paths of what differs, with the indexes of {@code one}; at most twenty. */
  static List<String> between(JsonNode one, JsonNode other) {
    Discrepancies found = new Discrepancies();
    found.compare(one, other, Place.ROOT, Level.DOCUMENT);
    return List.copyOf(found.places);
  }

  /** What an object is part of, which tells the fields of it that do not count. */
  private enum Level {
    DOCUMENT,
    COMPONENT,
    PLUGIN,
    ITEM;

    Set<String> sites() {
      return switch (this) {
        case DOCUMENT, ITEM -> Known.SITES_OF_ITEM;
        case COMPONENT -> Known.SITES_OF_COMPONENT;
        case PLUGIN -> Known.SITES_OF_PLUGIN;
      };
    }

    Level of(String field) {
      return this != DOCUMENT
          ? ITEM
          : switch (field) {
            case "apps" -> COMPONENT;
            case "plugins" -> PLUGIN;
            default -> ITEM;
          };
    }
  }

  private void compare(@Nullable JsonNode one, @Nullable JsonNode other, Place place, Level level) {
    if (places.size() == MOST || text(one, level).equals(text(other, level))) {
      return;
    }
    if (one instanceof ObjectNode object && other instanceof ObjectNode otherObject) {
      TreeSet<String> names = new TreeSet<>();
      object.fieldNames().forEachRemaining(names::add);
      otherObject.fieldNames().forEachRemaining(names::add);
      names.removeAll(level.sites());
      for (String name : names) {
        Level of = level.of(name);
        compare(object.get(name), otherObject.get(name), place.key(name), of);
      }
    } else if (one instanceof ArrayNode list && other instanceof ArrayNode otherList) {
      compareEntries(list, otherList, place, level);
    } else {
      places.add(place.toString());
    }
  }

  /** Leaves out the entries that are in both lists; the rest is compared in order. */
  private void compareEntries(ArrayNode one, ArrayNode other, Place place, Level level) {
    Map<String, Integer> counts = new HashMap<>();
    other.forEach(entry -> counts.merge(text(entry, level), 1, Integer::sum));
    List<Integer> left = new ArrayList<>();
    for (int i = 0; i < one.size(); i++) {
      if (counts.merge(text(one.get(i), level), -1, Integer::sum) < 0) {
        left.add(i);
      }
    }
    List<JsonNode> otherLeft = new ArrayList<>();
    for (JsonNode entry : other) {
      if (counts.merge(text(entry, level), -1, Integer::sum) >= 0) {
        otherLeft.add(entry);
      }
    }
    if (left.size() != otherLeft.size()) {
      places.add(place.toString());
      return;
    }
    Iterator<JsonNode> next = otherLeft.iterator();
    left.forEach(index -> compare(one.get(index), next.next(), place.item(index), level));
  }

  /** Returns a text that is the same for what counts as the same; empty for nothing. */
  private static String text(@Nullable JsonNode node, Level level) {
    if (node == null || node.isNull()) {
      return "";
    }
    if (node instanceof ObjectNode object) {
      List<String> fields = new ArrayList<>();
      for (Map.Entry<String, JsonNode> field : object.properties()) {
        String text = level.sites().contains(field.getKey())
            ? ""
            : text(field.getValue(), level.of(field.getKey()));
        if (!text.isEmpty()) {
          fields.add(quoted(field.getKey()) + text);
        }
      }
      return joined(fields, '{', '}');
    }
    if (node instanceof ArrayNode list) {
      List<String> entries = new ArrayList<>();
      list.forEach(entry -> entries.add(text(entry, level)));
      return list.isEmpty() ? "" : joined(entries, '[', ']');
    }
    return node.asText().isEmpty() ? "" : quoted(node.asText());
  }

  private static String joined(List<String> parts, char start, char end) {
    if (parts.isEmpty()) {
      return "";
    }
    parts.sort(Comparator.naturalOrder());
    StringBuilder text = new StringBuilder().append(start);
    parts.forEach(part -> text.append(part).append(','));
    return text.append(end).toString();
  }

  /** Says how long the text is, so that no text looks like several. */
  private static String quoted(String text) {
    return text.length() + ":" + text;
  }
}

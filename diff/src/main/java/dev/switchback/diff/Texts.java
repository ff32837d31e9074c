// SPDX-License-Identifier: Apache-2.0
package dev.switchback.diff;

import dev.switchback.model.Keyed;
import dev.switchback.model.Setting;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.Label;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes items and their differences as text without secrets. Looks into them by reflection, and only
 * where something differs.
 */
final class Texts {

  private static final String SECRET = "(secret)";
  private static final String EMPTY = "(empty)";

  /** The field that says what an item is, where it has one; shown without its name. */
  private static final List<String> MAIN =
      List.of("value", "content", "json", "query", "reference");

  private Texts() {}

  /** Returns what {@link Change#fields()} promises. */
  static List<FieldChange> fields(
      PropertyKind kind, Keyed.@Nullable Item before, Keyed.@Nullable Item after) {
    Keyed.Item any = before == null ? after : before;
    if (any == null || kind == PropertyKind.COMPONENT) {
      return any instanceof Component component
          ? componentFields(component, before == null)
          : List.of();
    }
    boolean oneSided = before == null || after == null;
    List<FieldChange> changes = new ArrayList<>();
    for (RecordComponent field : RecordFields.of(any.getClass())) {
      if (!kind.keyFields().contains(field.getName())) {
        addChanges(changes, field.getName(), read(field, before), read(field, after));
      }
    }
    if (oneSided) {
      changes.removeIf(change -> isEmpty(change.before()) && isEmpty(change.after()));
    }
    return changes;
  }

  /** Reads a field; a label's value is plain text, but its name may say that it is a secret. */
  private static @Nullable Object read(RecordComponent field, Keyed.@Nullable Item item) {
    return item instanceof Label label && field.getName().equals("value")
        ? setting(label.name(), label.value())
        : RecordFields.read(field, item);
  }

  static boolean isEmpty(String text) {
    return text.isEmpty() || text.equals(EMPTY);
  }

  private static List<FieldChange> componentFields(Component component, boolean added) {
    List<FieldChange> fields = new ArrayList<>();
    fields.add(new FieldChange("name", "", component.name()));
    fields.add(new FieldChange("image", "", component.image().reference()));
    fields.removeIf(field -> field.after().isEmpty());
    return added
        ? fields
        : fields.stream()
            .map(field -> new FieldChange(field.field(), field.after(), ""))
            .toList();
  }

  /** Returns how one field changed: nothing, one change, or one per nested field that changed. */
  static List<FieldChange> fieldChanges(
      String field, @Nullable Object before, @Nullable Object after) {
    List<FieldChange> changes = new ArrayList<>();
    addChanges(changes, field, before, after);
    return changes;
  }

  private static void addChanges(
      List<FieldChange> changes, String field, @Nullable Object before, @Nullable Object after) {
    Object any = before == null ? after : before;
    if (Objects.equals(before, after)) {
      return;
    }
    if (before instanceof String || after instanceof String) {
      changes.add(settingChange(field, setting("", before), setting("", after)));
    } else if (before instanceof Setting || after instanceof Setting) {
      changes.add(settingChange(field, (Setting) before, (Setting) after));
    } else if (before instanceof Keyed<?> || after instanceof Keyed<?>) {
      addKeyedChanges(changes, field, before, after);
    } else if (before instanceof Map<?, ?> || after instanceof Map<?, ?>) {
      addMapChanges(changes, field, before, after);
    } else if (any instanceof Record record
        && RecordFields.of(record.getClass()).size() > 1) {
      addNestedChanges(changes, field + ".", record, before, after);
    } else {
      changes.add(change(field, before, plain(before), after, plain(after)));
    }
  }

  /** Tells what is empty from what is absent, where that is the only difference. */
  private static FieldChange change(
      String field, @Nullable Object before, String was, @Nullable Object after, String is) {
    return new FieldChange(
        field,
        before != null && after == null && was.isEmpty() ? EMPTY : was,
        after != null && before == null && is.isEmpty() ? EMPTY : is);
  }

  private static FieldChange settingChange(
      String field, @Nullable Setting before, @Nullable Setting after) {
    boolean secret = isSecret(before) || isSecret(after);
    String was = masked(before, secret);
    String is = masked(after, secret);
    if (before != null && after != null && was.equals(is)) {
      is = is.substring(0, is.length() - 1) + ", changed)";
    }
    return change(field, before, was, after, is);
  }

  /** Takes a plain text for a secret if it looks like one, such as an address with a password. */
  private static @Nullable Setting setting(String name, @Nullable Object text) {
    if (text == null) {
      return null;
    }
    String value = text.toString();
    return !value.isEmpty() && Setting.named(name, value).isSecret()
        ? Setting.secret(value)
        : Setting.plain(value);
  }

  private static boolean isSecret(@Nullable Setting setting) {
    return setting != null && setting.isSecret();
  }

  /** Masks a plain text too if the other side is a secret: it may well be the same text. */
  private static String masked(@Nullable Setting setting, boolean secret) {
    if (setting == null) {
      return "";
    }
    return secret && !setting.isGenerated() && !setting.reveal().isEmpty()
        ? SECRET
        : setting.toString();
  }

  private static void addNestedChanges(
      List<FieldChange> changes,
      String prefix,
      Record shape,
      @Nullable Object before,
      @Nullable Object after) {
    for (RecordComponent field : RecordFields.of(shape.getClass())) {
      addChanges(
          changes,
          prefix + field.getName(),
          RecordFields.read(field, before),
          RecordFields.read(field, after));
    }
  }

  private static void addKeyedChanges(
      List<FieldChange> changes, String field, @Nullable Object before, @Nullable Object after) {
    SortedMap<String, Keyed.Item> was = byKey(before);
    SortedMap<String, Keyed.Item> is = byKey(after);
    for (String key : union(was, is)) {
      Keyed.Item left = was.get(key);
      Keyed.Item right = is.get(key);
      Keyed.Item any = left == null ? right : left;
      if (any instanceof Record record) {
        addNestedChanges(changes, field + "[" + key + "].", record, left, right);
      }
    }
  }

  private static SortedMap<String, Keyed.Item> byKey(@Nullable Object keyed) {
    SortedMap<String, Keyed.Item> result = new TreeMap<>();
    if (keyed instanceof Keyed<?> items) {
      for (Keyed.Item item : items) {
        result.put(item.key(), item);
      }
    }
    return result;
  }

  /** Treats map values, such as headers, as settings under their key: a token must not show. */
  private static void addMapChanges(
      List<FieldChange> changes, String field, @Nullable Object before, @Nullable Object after) {
    SortedMap<String, Setting> was = settings(before);
    SortedMap<String, Setting> is = settings(after);
    for (String key : union(was, is)) {
      addChanges(changes, field + "[" + key + "]", was.get(key), is.get(key));
    }
  }

  private static SortedMap<String, Setting> settings(@Nullable Object map) {
    SortedMap<String, Setting> result = new TreeMap<>();
    if (map instanceof Map<?, ?> entries) {
      entries.forEach((key, value) -> {
        String name = String.valueOf(key);
        result.put(name, Setting.named(name, String.valueOf(value)));
      });
    }
    return Collections.unmodifiableSortedMap(result);
  }

  private static Set<String> union(Map<String, ?> left, Map<String, ?> right) {
    Set<String> keys = new TreeSet<>(left.keySet());
    keys.addAll(right.keySet());
    return keys;
  }

  /** Writes a plain value; what says nothing (absent, false, zero) becomes empty only if absent. */
  private static String plain(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    if (value instanceof Record record) {
      List<RecordComponent> fields = RecordFields.of(record.getClass());
      return fields.size() == 1
          ? plain(RecordFields.read(fields.get(0), record))
          : record.toString();
    }
    if (value instanceof Boolean flag) {
      return flag ? "yes" : "no";
    }
    return value.toString();
  }

  /** Returns what {@link Change#texts()} promises. */
  static ChangeTexts of(Change change) {
    List<FieldChange> fields = change.fields();
    return switch (change.type()) {
      case ADDED -> new ChangeTexts("", whole(fields, FieldChange::after), fields);
      case REMOVED -> new ChangeTexts(whole(fields, FieldChange::before), "", fields);
      case EDITED ->
        new ChangeTexts(
            side(fields, FieldChange::before), side(fields, FieldChange::after), fields);
    };
  }

  private static String side(List<FieldChange> fields, Function<FieldChange, String> value) {
    if (fields.size() == 1) {
      return value.apply(fields.get(0));
    }
    StringJoiner texts = new StringJoiner(", ");
    fields.forEach(field -> texts.add(field.field() + " " + value.apply(field)));
    return texts.toString();
  }

  /** Returns an item in one text without secrets: its main field, or the fields that say something. */
  static String text(PropertyKind kind, Keyed.Item item) {
    return whole(fields(kind, null, item), FieldChange::after);
  }

  private static String whole(List<FieldChange> fields, Function<FieldChange, String> value) {
    List<String> others = new ArrayList<>();
    for (FieldChange field : fields) {
      String text = value.apply(field);
      if (saysSomething(text)) {
        if (MAIN.contains(field.field())) {
          return text;
        }
        others.add(text.equals("yes") ? field.field() : field.field() + " " + text);
      }
    }
    return String.join(", ", others);
  }

  private static boolean saysSomething(String text) {
    return !text.isEmpty() && !text.equals("0") && !text.equals("no");
  }
}

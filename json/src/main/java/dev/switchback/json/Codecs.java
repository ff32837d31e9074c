// SPDX-License-Identifier: Apache-2.0
package dev.switchback.json;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.switchback.json.internal.JsonPath;
import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Digest;
import dev.switchback.model.Keyed;
import dev.switchback.model.RecordId;
import dev.switchback.model.Setting;
import dev.switchback.model.TemplateId;
import dev.switchback.model.Version;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Codecs of values without fields: texts, numbers, ids, lists, maps. */
final class Codecs {

  static final Codec<String> TEXT = codec((text, out) -> out.text(text), JsonInput::text);

  static final Codec<Boolean> FLAG =
      codec((flag, out) -> out.raw((flag ? "true" : "false").getBytes(US_ASCII)), JsonInput::flag);

  static final Codec<Integer> INTEGER = codec((number, out) -> out.whole(number), in -> {
    Long number = in.whole(Integer.MIN_VALUE, Integer.MAX_VALUE);
    return number == null ? null : Math.toIntExact(number);
  });

  static final Codec<Long> WHOLE =
      codec((number, out) -> out.whole(number), in -> in.whole(Long.MIN_VALUE, Long.MAX_VALUE));

  static final Codec<AppId> APP = parsed(AppId::new, AppId::value);
  static final Codec<ComponentKey> COMPONENT_KEY = parsed(ComponentKey::new, ComponentKey::value);
  static final Codec<RecordId> RECORD = parsed(RecordId::new, RecordId::value);
  static final Codec<TemplateId> TEMPLATE = parsed(TemplateId::new, TemplateId::value);
  static final Codec<Version> VERSION = parsed(Version::parse, Version::text);
  static final Codec<Digest> DIGEST = parsed(Digest::parse, Digest::toString);
  static final Codec<Instant> INSTANT = parsed(Instant::parse, Instant::toString);

  /** Plain text as such; a secret and a mark for one as an object that says so. */
  static final Codec<Setting> SETTING = new SettingCodec(false);

  /** The same, but for a secret: it is written as a mask, which cannot be read back. */
  static final Codec<Setting> MASKED_SETTING = new SettingCodec(true);

  /** A text that holds no secret as such; one that looks as if it did as a mask, as above. */
  static final Codec<String> MASKED_TEXT =
      codec((text, out) -> MASKED_SETTING.write(unlessSecret("", Setting.plain(text)), out), in -> {
        Setting setting = MASKED_SETTING.read(in);
        return setting == null ? null : setting.reveal();
      });

  private Codecs() {}

  /** Takes plain text for a secret where its name or itself looks like one, as tables do. */
  static Setting unlessSecret(String name, Setting value) {
    return !value.isGenerated() && Setting.named(name, value.reveal()).isSecret()
        ? Setting.secret(value.reveal())
        : value;
  }

  /** Makes a codec of its two halves. */
  static <V> Codec<V> codec(Writer<V> writer, Reader<V> reader) {
    return new Codec<>() {
      @Override
      public void write(V value, JsonOutput out) {
        writer.write(value, out);
      }

      @Override
      public @Nullable V read(JsonInput in) {
        return reader.read(in);
      }
    };
  }

  /** Makes the codec of a value that is written as a text, and checks the text itself. */
  static <V> Codec<V> parsed(Function<String, V> parse, Function<V, String> print) {
    return codec((value, out) -> out.text(print.apply(value)), in -> {
      String text = in.text();
      if (text == null) {
        return null;
      }
      try {
        return parse.apply(text);
      } catch (IllegalArgumentException | DateTimeException e) {
        in.problem("json-value", String.valueOf(e.getMessage()), "correct the value");
        return null;
      }
    });
  }

  /** Makes the codec of an enum: its constants in lower case, with hyphens. */
  static <E extends Enum<E>> Codec<E> choice(Class<E> type) {
    return coded("word", type.getEnumConstants(), Codecs::codeOf);
  }

  /** Returns the name of a constant in lower case, with hyphens. */
  static String codeOf(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Makes the codec of a closed set of values, each written as its code. */
  static <E> Codec<E> coded(String what, E[] values, Function<E, String> codeOf) {
    Map<String, E> byCode = new TreeMap<>();
    for (E value : values) {
      byCode.put(codeOf.apply(value), value);
    }
    return codec((value, out) -> out.text(codeOf.apply(value)), in -> {
      String code = in.text();
      E value = code == null ? null : byCode.get(code);
      if (code != null && value == null) {
        in.problem(
            "json-value",
            "'" + JsonPath.shorten(code) + "' is no " + what + " that is known: there are "
                + String.join(", ", byCode.keySet()),
            "correct it, or read the document with a newer version of Switchback");
      }
      return value;
    });
  }

  /** Makes the codec of a list. */
  static <V> Codec<List<V>> list(Codec<V> item) {
    return codec(
        (values, out) -> {
          out.raw('[');
          boolean first = true;
          for (V value : values) {
            if (!first) {
              out.raw(',');
            }
            first = false;
            item.write(value, out);
          }
          out.raw(']');
        },
        in -> {
          if (!in.atArray()) {
            return null;
          }
          List<V> values = new ArrayList<>();
          boolean whole = true;
          while (in.nextItem()) {
            V value = item.read(in);
            if (value == null) {
              whole = false;
            } else {
              values.add(value);
            }
          }
          return whole ? List.copyOf(values) : null;
        });
  }

  /** Makes the codec of a keyed collection: an array in the order of the keys. */
  static <V extends Keyed.Item> Codec<Keyed<V>> keyed(Codec<V> item) {
    Codec<List<V>> list = list(item);
    return codec((values, out) -> list.write(values.asList(), out), in -> {
      List<V> values = list.read(in);
      if (values == null) {
        return null;
      }
      try {
        return Keyed.copyOf(values);
      } catch (IllegalArgumentException e) {
        in.problem("json-value", String.valueOf(e.getMessage()), "remove one of the two");
        return null;
      }
    });
  }

  /** Makes the codec of a map from texts: an object. */
  static <V> Codec<SortedMap<String, V>> map(Codec<V> item) {
    return codec(
        (values, out) -> {
          out.raw('{');
          boolean first = true;
          for (Map.Entry<String, V> entry : values.entrySet()) {
            if (!first) {
              out.raw(',');
            }
            first = false;
            out.text(entry.getKey());
            out.raw(':');
            item.write(entry.getValue(), out);
          }
          out.raw('}');
        },
        in -> {
          if (!in.atObject()) {
            return null;
          }
          SortedMap<String, V> values = new TreeMap<>();
          boolean whole = true;
          for (String name = in.nextField(); name != null; name = in.nextField()) {
            V value = item.read(in);
            if (value == null) {
              whole = false;
            } else if (values.put(name, value) != null) {
              in.problem("json-duplicate-field", "this field stands twice", "remove one of them");
              whole = false;
            }
          }
          return whole ? values : null;
        });
  }

  /** Writes a value. */
  interface Writer<V> {
    void write(V value, JsonOutput out);
  }

  /** Reads a value; null if something is wrong with it, which is then noted. */
  interface Reader<V> {
    @Nullable
    V read(JsonInput in);
  }

  private record SettingCodec(boolean masking) implements Codec<Setting> {

    private static final byte[] SECRET = "{\"secret\":".getBytes(US_ASCII);
    private static final byte[] MASKED = "{\"masked\":".getBytes(US_ASCII);
    private static final byte[] GENERATED = "{\"generated\":".getBytes(US_ASCII);

    @Override
    public void write(Setting setting, JsonOutput out) {
      switch (setting.kind()) {
        case PLAIN -> out.text(setting.reveal());
        case SECRET ->
          field(masking ? MASKED : SECRET, masking ? setting.toString() : setting.reveal(), out);
        case GENERATED -> field(GENERATED, setting.generatorGroup().orElse(""), out);
      }
    }

    private static void field(byte[] start, String text, JsonOutput out) {
      out.raw(start);
      out.text(text);
      out.raw('}');
    }

    @Override
    public @Nullable Setting read(JsonInput in) {
      if (in.isText()) {
        String text = in.text();
        return text == null ? null : Setting.plain(text);
      }
      if (!in.atObject()) {
        return null;
      }
      Setting setting = null;
      int fields = 0;
      for (String name = in.nextField(); name != null; name = in.nextField()) {
        fields++;
        setting = field(name, in);
      }
      if (fields != 1) {
        in.problem(
            "json-value",
            "expected a text, {\"secret\": text} or {\"generated\": group}",
            "correct the value");
        return null;
      }
      return setting;
    }

    private @Nullable Setting field(String name, JsonInput in) {
      if (masking && (name.equals("masked") || name.equals("secret"))) {
        in.problem(
            "json-masked",
            "this is a secret, which a document of this kind does not hold",
            "make the document anew where the secret is known");
        in.skip();
        return null;
      }
      if (name.equals("secret") || name.equals("generated")) {
        String text = in.text();
        if (text == null) {
          return null;
        }
        return name.equals("secret") ? Setting.secret(text) : Setting.generated(text);
      }
      in.unknownField();
      return null;
    }
  }
}

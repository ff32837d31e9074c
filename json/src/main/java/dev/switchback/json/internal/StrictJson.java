// SPDX-License-Identifier: Apache-2.0
package dev.switchback.json.internal;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamWriteException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.switchback.model.RefusedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;

/**
 * Reads JSON as RFC 8259 defines it and nothing beyond: UTF-8, no key twice in one object, finite
 * numbers, nothing after the value. Numbers keep every digit. Writes trees as they are.
 */
public final class StrictJson {

  private static final JsonFactory FACTORY = factory(Limits.USUAL);

  private StrictJson() {}

  /**
   * Reads one JSON value; a byte order mark before it is allowed.
   *
   * @param what what the document is called in a refusal, such as "RAM document"
   * @return the tree; number texts are kept, so that {@link #write} gives them back
   * @throws RefusedException if the bytes are not JSON or beyond the limits; the first problem only,
   *     with its JSON path, since what follows it cannot be told apart
   */
  public static JsonNode read(byte[] json, String what, Limits limits) {
    JsonFactory factory = limits.equals(Limits.USUAL) ? FACTORY : factory(limits);
    return new TreeBuilder(factory, json, what, limits).read();
  }

  /** Reads again what was read or written before, under whatever limits that was. */
  public static JsonNode readTrusted(byte[] json) {
    Limits limits = new Limits(
        Integer.MAX_VALUE, 1000, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);
    return read(json, "document", limits);
  }

  /** Returns the bytes without a byte order mark before them; the same array if there is none. */
  public static byte[] withoutByteOrderMark(byte[] json) {
    return hasByteOrderMark(json) ? Arrays.copyOfRange(json, 3, json.length) : json;
  }

  static boolean hasByteOrderMark(byte[] json) {
    return hasByteOrderMark(json, 0);
  }

  static boolean hasByteOrderMark(byte[] json, int start) {
    return json.length >= start + 3
        && (json[start] & 0xff) == 0xef
        && (json[start + 1] & 0xff) == 0xbb
        && (json[start + 2] & 0xff) == 0xbf;
  }

  /** Reads one JSON value with the usual limits. */
  public static JsonNode read(byte[] json, String what) {
    return read(json, what, Limits.USUAL);
  }

  private static JsonFactory factory(Limits limits) {
    return JsonFactory.builder()
        // A hostile document would fill a table that lives as long as the JVM.
        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
        .streamReadConstraints(StreamReadConstraints.builder()
            // TreeBuilder counts the levels, and can say where there are too many.
            .maxNestingDepth(Integer.MAX_VALUE)
            .maxStringLength(limits.maxStringLength())
            .maxNameLength(limits.maxStringLength())
            .maxNumberLength(limits.maxNumberLength())
            .build())
        .build();
  }

  /**
   * Writes a tree as UTF-8: no white space, keys and number texts as they are.
   *
   * @throws IllegalArgumentException if a text has half a surrogate pair, which UTF-8 cannot carry
   */
  public static byte[] write(JsonNode tree) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(4096);
    try (JsonGenerator generator = FACTORY.createGenerator(out, JsonEncoding.UTF8)) {
      write(tree, generator);
    } catch (StreamWriteException e) {
      throw new IllegalArgumentException("Invalid text: it has half a surrogate pair", e);
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory cannot fail", e);
    }
    return out.toByteArray();
  }

  private static void write(JsonNode node, JsonGenerator out) throws IOException {
    switch (node.getNodeType()) {
      case OBJECT -> {
        out.writeStartObject();
        for (Map.Entry<String, JsonNode> field : node.properties()) {
          out.writeFieldName(field.getKey());
          write(field.getValue(), out);
        }
        out.writeEndObject();
      }
      case ARRAY -> {
        out.writeStartArray();
        for (JsonNode item : node) {
          write(item, out);
        }
        out.writeEndArray();
      }
      case STRING -> out.writeString(node.textValue());
      case NUMBER -> out.writeNumber(node.asText());
      case BOOLEAN -> out.writeBoolean(node.booleanValue());
      case NULL -> out.writeNull();
      case BINARY, MISSING, POJO ->
        throw new IllegalArgumentException(
            "Invalid JSON tree: a node of type " + node.getNodeType() + " cannot be written");
    }
  }
}

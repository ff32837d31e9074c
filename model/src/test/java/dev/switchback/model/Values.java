// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model;

import dev.switchback.model.app.AppState;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Makes a value of any type of the model by reflection; other variants are other values. */
public final class Values {

  private Values() {}

  /** Makes variant {@code variant} of {@code type}. */
  public static Object of(Type type, int variant) {
    if (type instanceof ParameterizedType parameterized) {
      return generic(parameterized, variant);
    }
    Class<?> raw = (Class<?>) type;
    if (raw == String.class) {
      return "text " + variant;
    } else if (raw == int.class || raw == Integer.class) {
      return variant + 1;
    } else if (raw == long.class) {
      return variant + 1L;
    } else if (raw == boolean.class) {
      return variant % 2 == 0;
    } else if (raw == Instant.class) {
      return Instant.EPOCH.plusSeconds(variant);
    } else if (raw == Setting.class) {
      return Setting.plain("setting " + variant);
    } else if (raw == Digest.class) {
      return Digest.of("digest " + variant);
    } else if (raw == Version.class) {
      return Version.parse("1." + (variant + 1));
    } else if (raw == AppId.class) {
      return new AppId("app-" + variant);
    } else if (raw == AppSpec.class) {
      return AppSpec.builder().governanceMode("mode " + variant).build();
    } else if (raw == Component.class) {
      return Component.builder("component " + variant).build();
    } else if (raw == AppState.class) {
      return AppState.builder(new AppId("app"), VersionRef.parse("t@" + variant))
          .build();
    } else if (raw.isEnum()) {
      return raw.getEnumConstants()[variant % raw.getEnumConstants().length];
    } else if (raw.isRecord()) {
      return record(raw, arguments(raw, variant));
    }
    throw new IllegalArgumentException("No value known for " + type);
  }

  private static Object generic(ParameterizedType type, int variant) {
    Type[] arguments = type.getActualTypeArguments();
    if (type.getRawType() == Keyed.class) {
      return Keyed.of((Keyed.Item) of(arguments[0], variant));
    } else if (type.getRawType() == List.class) {
      return List.of(of(arguments[0], variant));
    } else if (type.getRawType() == Collection.class) {
      return new TreeSet<>(List.of(of(arguments[0], variant)));
    } else if (type.getRawType() == SortedMap.class) {
      TreeMap<Object, Object> map = new TreeMap<>();
      map.put(of(arguments[0], variant), of(arguments[1], variant));
      return map;
    }
    throw new IllegalArgumentException("No value known for " + type);
  }

  /** Makes the arguments of the canonical constructor of a record. */
  public static Object[] arguments(Class<?> record, int variant) {
    return Arrays.stream(record.getRecordComponents())
        .map(component -> of(component.getGenericType(), variant))
        .toArray();
  }

  /** Calls the canonical constructor; what it throws is thrown. */
  public static Object record(Class<?> record, Object... arguments) {
    Class<?>[] types = Arrays.stream(record.getRecordComponents())
        .map(RecordComponent::getType)
        .toArray(Class<?>[]::new);
    try {
      Constructor<?> constructor = record.getDeclaredConstructor(types);
      return constructor.newInstance(arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new LinkageError(e.getMessage(), e);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }
}

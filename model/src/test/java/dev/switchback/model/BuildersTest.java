// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchback.model.app.AppState;
import dev.switchback.model.app.OperationKind;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.template.TemplateVersion;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every class with a builder: no property may be left out of it, of equals or of the copy. */
final class BuildersTest {

  private static final VersionRef REF = VersionRef.parse("template@0");

  private static final List<Object> PLAIN = List.of(
      AppSpec.builder(),
      Component.builder("plain"),
      AppState.builder(new AppId("plain"), REF),
      OperationRecord.builder(new RecordId("plain"), new AppId("plain"), OperationKind.INSTALL),
      TemplateVersion.builder(REF, AppSpec.empty(), Digest.of("plain")));

  static Stream<Arguments> setters() {
    return PLAIN.stream()
        .flatMap(builder -> Arrays.stream(builder.getClass().getDeclaredMethods())
            .filter(method -> Modifier.isPublic(method.getModifiers()))
            .filter(method -> method.getParameterCount() == 1 && !method.isSynthetic())
            .map(setter -> Arguments.of(builder, setter)));
  }

  static Stream<Object> builders() {
    return PLAIN.stream();
  }

  @ParameterizedTest
  @MethodSource("setters")
  void property_thatIsSet_isReadComparedAndCopied(Object plain, Method setter) {
    Object before = build(plain);
    Object value = differentFrom(read(before, setter.getName()), setter);
    Object changed = build(call(setter, toBuilder(before), value));

    assertThat(read(changed, setter.getName())).isEqualTo(value);
    assertThat(changed).isNotEqualTo(before);
    assertThat(before).isNotEqualTo(changed);
    Object copy = build(toBuilder(changed));
    assertThat(copy).isEqualTo(changed).isNotSameAs(changed).hasSameHashCodeAs(changed);
    assertThat(read(copy, setter.getName())).isEqualTo(value);
    Object back = build(call(setter, toBuilder(changed), read(before, setter.getName())));
    assertThat(back).isEqualTo(before).hasSameHashCodeAs(before);
  }

  @ParameterizedTest
  @MethodSource("setters")
  void property_setToNull_isRefusedUnlessItMayBeAbsent(Object plain, Method setter) {
    Object builder = toBuilder(build(plain));
    if (setter.getParameterTypes()[0].isPrimitive()) {
      return;
    }
    if (setter.getAnnotatedParameterTypes()[0].isAnnotationPresent(Nullable.class)) {
      assertThat(build(call(setter, builder, new Object[] {null}))).isNotNull();
    } else {
      assertThatThrownBy(() -> call(setter, builder, new Object[] {null}))
          .isInstanceOf(NullPointerException.class);
    }
  }

  @ParameterizedTest
  @MethodSource("builders")
  void builder_hasASetterForEachField(Object builder) {
    Set<String> fields = new TreeSet<>();
    for (Field field : build(builder).getClass().getDeclaredFields()) {
      if (!Modifier.isStatic(field.getModifiers()) && !field.getName().equals("hash")) {
        fields.add(field.getName());
      }
    }
    Set<String> setters = new TreeSet<>();
    setters()
        .filter(each -> each.get()[0] == builder)
        .forEach(each -> setters.add(((Method) each.get()[1]).getName()));

    assertThat(setters).isEqualTo(fields);
  }

  @ParameterizedTest
  @MethodSource("builders")
  void value_comparedWithOtherThings_isNotEqual(Object builder) {
    Object value = build(builder);

    assertThat(value).isNotEqualTo("text").isNotEqualTo(null);
    assertThat(value).isEqualTo(build(toBuilder(value)));
  }

  @Test
  void numbers_belowZero_areRefused() {
    assertThatThrownBy(() -> Component.builder("web").memoryMb(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid memoryMb: -1 is negative");
    assertThatThrownBy(() -> AppState.builder(new AppId("a"), REF).generation(-1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> OperationRecord.builder(new RecordId("r"), new AppId("a"), OperationKind.EDIT)
                .fence(-1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Object differentFrom(@Nullable Object present, Method setter) {
    Object value = Values.of(setter.getGenericParameterTypes()[0], 1);
    return value.equals(present) ? Values.of(setter.getGenericParameterTypes()[0], 2) : value;
  }

  /** The value of a property; for an optional one what is in it, or null. */
  private static @Nullable Object read(Object value, String property) {
    // The key of a component is text among collections and a typed key everywhere else.
    String accessor = value instanceof Component && property.equals("key") ? "id" : property;
    try {
      Object result = value.getClass().getMethod(accessor).invoke(value);
      return result instanceof Optional<?> optional ? optional.orElse(null) : result;
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  private static Object toBuilder(Object value) {
    return invoke(value, "toBuilder");
  }

  private static Object build(Object builder) {
    return invoke(builder, "build");
  }

  private static Object invoke(Object target, String method) {
    try {
      return target.getClass().getMethod(method).invoke(target);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  private static Object call(Method setter, Object builder, @Nullable Object... argument) {
    try {
      return setter.invoke(builder, argument);
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

// SPDX-License-Identifier: Apache-2.0
package dev.switchback.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Holds {@link FullValues} and {@link PlanValues} to their promise: every field of every type in them
 * is set somewhere. A field that the model gains fails here until it is set there, and then in the
 * kept documents until it is written.
 */
final class FullValuesTest {

  /** True where nothing is said, so that it is false that has to be written. */
  private static final Set<String> ON_BY_DEFAULT = Set.of("AppState.installed");

  private final Set<String> fields = new TreeSet<>();
  private final Set<String> set = new TreeSet<>();

  @Test
  void fields_ofAllTypesReached_areSetSomewhere() throws ReflectiveOperationException {
    for (Object value : List.of(
        FullValues.templateVersion(),
        FullValues.appState(),
        FullValues.operationRecord(),
        FullValues.journalEntry(),
        FullValues.auditEntry(),
        FullValues.build(),
        FullValues.lease(),
        PlanValues.plan(),
        PlanValues.addition(),
        PlanValues.requests())) {
      walk(value);
    }
    assertThat(fields).hasSizeGreaterThan(200);
    assertThat(set).containsAll(fields);
  }

  private void walk(Object value) throws ReflectiveOperationException {
    if (value instanceof Optional<?> optional) {
      if (optional.isPresent()) {
        walk(optional.get());
      }
    } else if (value instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        walk(entry.getKey());
        walk(entry.getValue());
      }
    } else if (value instanceof Iterable<?> items) {
      for (Object item : items) {
        walk(item);
      }
    } else if (value instanceof Record) {
      for (RecordComponent component : value.getClass().getRecordComponents()) {
        visit(value, component.getAccessor());
      }
    } else if (hasBuilder(value.getClass())) {
      for (Method setter : builderOf(value.getClass()).getMethods()) {
        boolean accessor = Arrays.stream(value.getClass().getMethods())
            .anyMatch(m -> m.getName().equals(setter.getName()) && m.getParameterCount() == 0);
        boolean sets = setter.getReturnType() == setter.getDeclaringClass();
        if (sets && setter.getParameterCount() == 1 && accessor) {
          visit(value, value.getClass().getMethod(setter.getName()));
        }
      }
    }
  }

  private void visit(Object holder, Method accessor) throws ReflectiveOperationException {
    String field = holder.getClass().getSimpleName() + "." + accessor.getName();
    fields.add(field);
    Object value = accessor.invoke(holder);
    if (value == null) {
      return;
    }
    boolean zeroIsSaid = accessor.getReturnType() == Integer.class;
    if ((zeroIsSaid || isSet(value)) != ON_BY_DEFAULT.contains(field)) {
      set.add(field);
    }
    walk(value);
  }

  private static boolean isSet(Object value) {
    if (value instanceof Optional<?> optional) {
      return optional.isPresent();
    }
    if (value instanceof Collection<?> items) {
      return !items.isEmpty();
    }
    if (value instanceof Iterable<?> items) {
      return items.iterator().hasNext();
    }
    if (value instanceof Map<?, ?> map) {
      return !map.isEmpty();
    }
    return !value.equals(false)
        && !value.equals(0)
        && !value.equals(0L)
        && !value.toString().isEmpty();
  }

  private static boolean hasBuilder(Class<?> type) {
    return Arrays.stream(type.getDeclaredClasses())
        .anyMatch(inner -> inner.getSimpleName().equals("Builder"));
  }

  private static Class<?> builderOf(Class<?> type) {
    return Arrays.stream(type.getDeclaredClasses())
        .filter(inner -> inner.getSimpleName().equals("Builder"))
        .findFirst()
        .orElseThrow();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.switchback.diff;

import static dev.switchback.diff.Fixtures.WEB;
import static dev.switchback.diff.Fixtures.app;
import static dev.switchback.diff.Fixtures.samples;
import static dev.switchback.diff.Fixtures.web;
import static dev.switchback.diff.Fixtures.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.model.Keyed;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Proves that the table has every property of the model, each of them once. */
final class PropertyCoverageTest {

  private static final AppSpec BARE = app(web().build());
  private static final Set<String> NO_PROPERTY =
      Set.of("id", "key", "displayName", "toBuilder", "hashCode", "toString", "getClass");

  @Test
  void table_coversEveryAccessorOfTheModel_once() throws ReflectiveOperationException {
    List<String> ofComponent = new ArrayList<>();
    List<String> ofApp = new ArrayList<>();
    for (PropertyKind kind : PropertyKind.values()) {
      AppSpec changed = with(kind, last(kind));
      if (kind.level() == Level.COMPONENT && kind != PropertyKind.COMPONENT) {
        List<String> differing = differing(
            Component.class,
            BARE.component(WEB).orElseThrow(),
            changed.component(WEB).orElseThrow());
        assertThat(differing).as(kind.code()).hasSize(1);
        ofComponent.addAll(differing);
      } else {
        List<String> differing = differing(AppSpec.class, BARE, changed);
        assertThat(differing).as(kind.code()).hasSize(1);
        ofApp.addAll(differing);
      }
    }

    assertThat(ofComponent).containsExactlyInAnyOrderElementsOf(accessors(Component.class));
    assertThat(ofApp).containsExactlyInAnyOrderElementsOf(accessors(AppSpec.class));
  }

  @ParameterizedTest
  @EnumSource
  void between_withAnItemOfAKindChanged_isOneChangeOfThatKind(PropertyKind kind) {
    Keyed.Item first = samples(kind).get(0);
    AppSpec with = with(kind, first);

    if (kind.isAlwaysThere()) {
      assertOneChange(Diff.between(BARE, with), kind, ChangeType.EDITED);
    } else {
      assertOneChange(Diff.between(BARE, with), kind, ChangeType.ADDED);
      assertOneChange(Diff.between(with, BARE), kind, ChangeType.REMOVED);
    }
    if (samples(kind).size() > 1) {
      Diff edit = Diff.between(with, with(kind, last(kind)));
      assertOneChange(edit, kind, ChangeType.EDITED);
      assertThat(edit.changes().get(0).fields()).isNotEmpty();
    }
    assertThat(kind.canBeEdited())
        .isEqualTo(samples(kind).size() > 1 || kind == PropertyKind.COMPONENT);
  }

  @ParameterizedTest
  @EnumSource
  void keyFields_areThoseThatTheKeyIsMadeOf(PropertyKind kind) {
    if (samples(kind).size() > 1) {
      Diff edit = Diff.between(with(kind, samples(kind).get(0)), with(kind, last(kind)));
      assertThat(edit.changes().get(0).fields())
          .extracting(FieldChange::field)
          .noneMatch(kind.keyFields()::contains);
    }
    if (kind != PropertyKind.COMPONENT) {
      assertThat(RecordFields.of(kind.itemType()))
          .extracting(field -> field.getName())
          .containsAll(kind.keyFields());
    }
  }

  private static Keyed.Item last(PropertyKind kind) {
    return samples(kind).get(samples(kind).size() - 1);
  }

  private static void assertOneChange(Diff diff, PropertyKind kind, ChangeType type) {
    assertThat(diff.changes())
        .extracting(Change::property, Change::type)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(kind, type));
  }

  private static <T> List<String> differing(Class<T> type, T left, T right)
      throws ReflectiveOperationException {
    List<String> differing = new ArrayList<>();
    for (String name : accessors(type)) {
      Method accessor = type.getMethod(name);
      if (!accessor.invoke(left).equals(accessor.invoke(right))) {
        differing.add(name);
      }
    }
    return differing;
  }

  private static Set<String> accessors(Class<?> type) {
    Set<String> names = new TreeSet<>();
    Arrays.stream(type.getDeclaredMethods())
        .filter(method -> Modifier.isPublic(method.getModifiers()))
        .filter(method -> !Modifier.isStatic(method.getModifiers()))
        .filter(method -> method.getParameterCount() == 0)
        .map(Method::getName)
        .filter(name -> !NO_PROPERTY.contains(name))
        .forEach(names::add);
    return names;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.arbitraries;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.model.Keyed;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.JournalEntry;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.template.TemplateVersion;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class SpecsLaws {

  @Property(tries = 200)
  void text_isAlwaysUnicode(@ForAll("texts") String text) {
    assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(text)).isTrue();
  }

  @Property(tries = 100)
  void values_areMadeWithoutError(
      @ForAll("templateVersions") TemplateVersion version,
      @ForAll("appStates") AppState state,
      @ForAll("records") OperationRecord record,
      @ForAll("entries") JournalEntry entry) {
    assertThat(version.spec()).isNotNull();
    assertThat(state.origins()).hasSize(state.spec().components().size());
    assertThat(record.finishedAt().isPresent()).isEqualTo(record.status().isTerminal());
    assertThat(entry.sequence()).isPositive();
  }

  @Example
  void appSpec_overManyDraws_reachesEveryProperty() {
    Set<String> missing = new TreeSet<>();
    accessors(AppSpec.class).forEach(missing::add);
    accessors(Component.class).forEach(missing::add);
    AppSpec noSpec = AppSpec.empty();
    Component noComponent = Component.builder("none").build();

    Specs.appSpec().sampleStream().limit(300).forEach(spec -> {
      missing.removeIf(name -> differs(AppSpec.class, name, spec, noSpec));
      spec.components()
          .forEach(c -> missing.removeIf(name -> differs(Component.class, name, c, noComponent)));
    });

    assertThat(missing).isEmpty();
  }

  @Example
  void specPair_overManyDraws_addsEditsAndRemovesComponentsAndItems() {
    Set<String> seen = new TreeSet<>();

    Specs.specPair().sampleStream().limit(400).forEach(pair -> {
      if (pair.older().equals(pair.newer())) {
        seen.add("equal");
      }
      compare("component", pair.older().components(), pair.newer().components(), seen);
      compare("config item", pair.older().configItems(), pair.newer().configItems(), seen);
      pair.older()
          .components()
          .forEach(older -> pair.newer()
              .component(older.id())
              .ifPresent(newer -> compare("env", older.env(), newer.env(), seen)));
    });

    assertThat(seen)
        .containsExactly(
            "component added",
            "component edited",
            "component removed",
            "config item added",
            "config item edited",
            "config item removed",
            "env added",
            "env edited",
            "env removed",
            "equal");
  }

  private static <T extends Keyed.Item> void compare(
      String what, Keyed<T> older, Keyed<T> newer, Set<String> seen) {
    older.forEach(item -> {
      Optional<T> other = newer.find(item.key());
      if (other.isEmpty()) {
        seen.add(what + " removed");
      } else if (!other.get().equals(item)) {
        seen.add(what + " edited");
      }
    });
    if (newer.stream().anyMatch(item -> !older.contains(item.key()))) {
      seen.add(what + " added");
    }
  }

  /** The names of the properties of a class with a builder: its setters. */
  private static Set<String> accessors(Class<?> type) {
    Set<String> names = new TreeSet<>();
    for (Class<?> nested : type.getDeclaredClasses()) {
      for (Method method : nested.getDeclaredMethods()) {
        if (method.getParameterCount() == 1 && !method.isSynthetic()) {
          names.add(type.getSimpleName() + "." + method.getName());
        }
      }
    }
    return names;
  }

  private static boolean differs(Class<?> type, String name, Object value, Object empty) {
    String prefix = type.getSimpleName() + ".";
    if (!name.startsWith(prefix)) {
      return false;
    }
    try {
      Method accessor = type.getMethod(name.substring(prefix.length()));
      return !accessor.invoke(value).equals(accessor.invoke(empty));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  @Provide
  Arbitrary<String> texts() {
    return Specs.text();
  }

  @Provide
  Arbitrary<TemplateVersion> templateVersions() {
    return Specs.templateVersion();
  }

  @Provide
  Arbitrary<AppState> appStates() {
    return Specs.appState();
  }

  @Provide
  Arbitrary<OperationRecord> records() {
    return Specs.operationRecord();
  }

  @Provide
  Arbitrary<JournalEntry> entries() {
    return Specs.journalEntry();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.switchback.bench.diff;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Makes up two versions of a template: each component has 12 env variables, 2 connection values, 3
 * ports, 2 volumes and a config file of 1 KiB, 2 probes, 3 dependencies and 3 labels.
 *
 * <p>The second version differs in every tenth component: another image, one env value, and one new
 * port with the two connection values it brings; 2 % are added and 1 % removed. That is 530 changes
 * for 1 000 components.
 *
 * <p>Deterministic by seed. Every text is made anew whenever it is asked for, so that two forms, or
 * two versions, share no more than what two parsed documents do.
 */
final class Mix {

  /** The changes to a component that differs: image, env value, port and two connection values. */
  static final int CHANGES_PER_EDIT = 5;

  private final long seed;
  private final int size;

  Mix(long seed, int size) {
    this.seed = seed;
    this.size = size;
  }

  /** Returns how many changes there are from the first version to the second. */
  int changes() {
    return size / 10 * CHANGES_PER_EDIT + added() + size / 100;
  }

  private int added() {
    return size * 2 / 100;
  }

  /** Returns the numbers of the components of a version, in the order of their keys. */
  List<Integer> components(int version) {
    return version == 1
        ? IntStream.range(0, size).boxed().toList()
        : IntStream.range(0, size + added()).filter(this::stays).boxed().toList();
  }

  private boolean stays(int component) {
    return component % 100 != 57 || component >= size;
  }

  private boolean edited(int component, int version) {
    return version == 2 && component % 10 == 4 && component < size;
  }

  Plain.Component component(int component, int version) {
    boolean edited = edited(component, version);
    String key = key(component);
    String name = fresh("component-", component);
    String image =
        "registry.example.com/shop/" + name + ":" + (edited ? "2.4.0" : "2.3." + component % 7);
    return new Plain.Component(
        key,
        key + "+" + text(component, 1, 32),
        name,
        "gr" + text(component, 2, 6),
        image,
        "2026" + digits(component, edited ? 4 : 3, 10),
        "--config /etc/app/" + text(component, 5, 12) + ".yaml",
        fresh("", 2 + component % 3),
        256 << (component % 4),
        100 * (1 + component % 9),
        1 + component % 3,
        items(12, i -> env(component, i, edited)),
        items(edited ? 4 : 2, i -> connection(component, i)),
        items(edited ? 4 : 3, i -> port(component, i)),
        items(2, i -> volume(component, i)),
        items(
            1,
            i -> new Plain.ConfigFile(
                fresh("/etc/app/conf-", component), fresh("conf-", i), text(component, 6, 1024))),
        items(2, i -> probe(component, i)),
        IntStream.of(2, 3, 5)
            .map(share -> provider(component / share))
            .filter(provider -> provider < component)
            .distinct()
            .mapToObj(provider -> new Plain.Dependency(key(provider)))
            .collect(Collectors.toCollection(ArrayList::new)),
        items(3, i -> new Plain.Label(fresh("label-", i), text(component, 10 + i, 8))));
  }

  /** Makes the kind of list that parsers make; it also compares faster than others do. */
  private static <T> List<T> items(int count, IntFunction<T> make) {
    return IntStream.range(0, count)
        .mapToObj(make)
        .collect(Collectors.toCollection(ArrayList::new));
  }

  /** Returns a component close by that is in both versions. Providers come before consumers. */
  private int provider(int component) {
    return stays(component) ? component : component - 1;
  }

  private String key(int component) {
    return text(component, 0, 24) + String.format("%08d", component);
  }

  private Plain.Env env(int component, int i, boolean edited) {
    return new Plain.Env(
        fresh("SETTING_" + (char) ('A' + i) + "_", i),
        text(component, 20 + i + (edited && i == 5 ? 1000 : 0), 24),
        text(i, 40, 16),
        i % 2 == 0,
        0);
  }

  private Plain.Env connection(int component, int i) {
    return new Plain.Env(
        fresh(i % 2 == 0 ? "HOST_" : "PORT_", i / 2),
        text(component, 60 + i, 16),
        text(i, 61, 10),
        true,
        8000 + i / 2);
  }

  private Plain.Port port(int component, int i) {
    return new Plain.Port(
        8000 + i,
        fresh(i == 0 ? "ht" : "t", i == 0 ? "tp" : "cp"),
        text(component, 70 + i, 10),
        true,
        i == 0,
        text(component, 80 + i, 14));
  }

  private Plain.Volume volume(int component, int i) {
    return new Plain.Volume(
        fresh("/var/data/" + text(component, 90 + i, 8) + "-", i),
        fresh("volume-", i),
        fresh("share", "-file"),
        10 + i,
        fresh("R", "WX"));
  }

  private Plain.Probe probe(int component, int i) {
    return new Plain.Probe(
        fresh(i == 0 ? "readi" : "live", "ness"),
        fresh("ht", "tp"),
        "/" + text(component, 100 + i, 10),
        8000,
        4,
        3,
        20,
        3,
        1);
  }

  private static String fresh(String head, int number) {
    return head.concat(Integer.toString(number));
  }

  private static String fresh(String head, String tail) {
    return head.concat(tail);
  }

  private String digits(int component, int what, int length) {
    return letters(component, what, length, '0', 10);
  }

  private String text(int component, int what, int length) {
    return letters(component, what, length, 'a', 26);
  }

  private String letters(int component, int what, int length, char first, int count) {
    char[] letters = new char[length];
    long state = seed * 0x9E3779B97F4A7C15L + component * 0xBF58476D1CE4E5B9L + what;
    for (int i = 0; i < length; i++) {
      state = mixed(state + 0x9E3779B97F4A7C15L);
      letters[i] = (char) (first + Long.remainderUnsigned(state, count));
    }
    return new String(letters);
  }

  private static long mixed(long bits) {
    long once = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
    long twice = (once ^ (once >>> 27)) * 0x94D049BB133111EBL;
    return twice ^ (twice >>> 31);
  }
}

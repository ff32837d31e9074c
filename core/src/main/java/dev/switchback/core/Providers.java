// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Function;

/** Finds the one provider of a name, and says what is wrong if there is not exactly one. */
final class Providers {

  private Providers() {}

  static <P> P named(
      String name, Class<P> type, ServiceLoader<P> found, Function<P, String> nameOf) {
    List<P> matching = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (P provider : found) {
      names.add(nameOf.apply(provider));
      if (nameOf.apply(provider).equals(name)) {
        matching.add(provider);
      }
    }
    if (matching.size() == 1) {
      return matching.get(0);
    }
    String problem;
    if (names.isEmpty()) {
      problem = "there is none at all; add the module that has it to the class path";
    } else if (matching.isEmpty()) {
      problem = "there is none of that name, only " + names;
    } else {
      problem = "there are " + matching.size() + " of that name: "
          + matching.stream().map(provider -> provider.getClass().getName()).toList();
    }
    throw new IllegalStateException(
        "Cannot find the " + type.getSimpleName() + " '" + name + "': " + problem);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import dev.switchback.storage.Page;
import dev.switchback.storage.PageRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Reads a list that comes in pages to its end. */
final class Pages {

  private static final int SIZE = 500;

  private Pages() {}

  static <T> List<T> all(Function<PageRequest, Page<T>> list) {
    List<T> items = new ArrayList<>();
    PageRequest request = PageRequest.first(SIZE);
    Page<T> page = list.apply(request);
    items.addAll(page.items());
    while (page.hasNext()) {
      page = list.apply(request.after(page));
      items.addAll(page.items());
    }
    return items;
  }
}

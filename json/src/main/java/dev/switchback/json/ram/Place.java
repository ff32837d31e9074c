// SPDX-License-Identifier: Apache-2.0
package dev.switchback.json.ram;

import dev.switchback.json.internal.JsonPath;
import org.jspecify.annotations.Nullable;

/** Where a value stands in a document; its text is made only when something is to be said of it. */
final class Place {

  static final Place ROOT = new Place(null, null, 0);

  private final @Nullable Place parent;
  private final @Nullable String key;
  private final int index;

  private Place(@Nullable Place parent, @Nullable String key, int index) {
    this.parent = parent;
    this.key = key;
    this.index = index;
  }

  Place key(String key) {
    return new Place(this, key, 0);
  }

  Place item(int index) {
    return new Place(this, null, index);
  }

  private void appendTo(StringBuilder path) {
    if (parent == null) {
      path.append(JsonPath.ROOT);
      return;
    }
    parent.appendTo(path);
    if (key != null) {
      JsonPath.appendKey(path, key);
    } else {
      JsonPath.appendIndex(path, index);
    }
  }

  /** Returns the JSON path, such as {@code $.apps[3].memory}. */
  @Override
  public String toString() {
    StringBuilder path = new StringBuilder();
    appendTo(path);
    return path.toString();
  }
}

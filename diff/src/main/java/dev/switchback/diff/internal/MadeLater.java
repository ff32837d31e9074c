// SPDX-License-Identifier: Apache-2.0
package dev.switchback.diff.internal;

import java.util.AbstractList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A list that cannot be changed and whose elements are made when they are first looked at: texts that
 * planning itself does not need. Two threads may both make them; they come to the same.
 */
public final class MadeLater<T> extends AbstractList<T> {

  private final Supplier<List<T>> maker;
  private volatile @Nullable List<T> made;

  /** Makes the list of what {@code maker} will give, which is the same at each call. */
  public MadeLater(Supplier<List<T>> maker) {
    this.maker = maker;
  }

  /** Returns a list that cannot be changed; does not look at what is yet to be made. */
  public static <T> List<T> copyOf(List<T> list) {
    return list instanceof MadeLater<T> ? list : List.copyOf(list);
  }

  private List<T> made() {
    List<T> list = made;
    if (list == null) {
      list = List.copyOf(maker.get());
      made = list;
    }
    return list;
  }

  @Override
  public T get(int index) {
    return made().get(index);
  }

  @Override
  public int size() {
    return made().size();
  }
}

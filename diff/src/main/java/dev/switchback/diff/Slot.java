// SPDX-License-Identifier: Apache-2.0
package dev.switchback.diff;

import dev.switchback.model.Keyed;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * How the items of one kind of property are read from their owner and put into a copy of it.
 *
 * @param <O> the owner: a component or an app spec
 * @param <B> its builder
 */
abstract class Slot<O, B> {

  /** Tells, without allocating anything, whether two owners surely have the same items. */
  abstract boolean same(O left, O right);

  /** Returns the items; wraps plain values. */
  abstract Keyed<? extends Keyed.Item> items(O owner);

  /** Returns the only item of a slot that is {@link #alwaysThere}, without a collection around it. */
  Keyed.Item only(O owner) {
    return items(owner).get(0);
  }

  /** Replaces all items. */
  abstract void put(B builder, List<? extends Keyed.Item> items);

  /** Gives a copy of an owner the values of an earlier one, as far as they are equal. */
  abstract void share(O owner, O earlier, B copy);

  /** Tells whether there is always exactly one item, so that it can only be edited. */
  boolean alwaysThere() {
    return false;
  }

  /** Copies the items from an owner into a builder. */
  void copy(O owner, B builder) {
    put(builder, items(owner).asList());
  }

  /** Makes the slot of a collection. */
  static <O, B, T extends Keyed.Item> Slot<O, B> many(
      Function<O, Keyed<T>> get, BiConsumer<B, Keyed<T>> set) {
    return new Slot<>() {
      @Override
      boolean same(O left, O right) {
        return Objects.equals(get.apply(left), get.apply(right));
      }

      @Override
      Keyed<? extends Keyed.Item> items(O owner) {
        return get.apply(owner);
      }

      @Override
      @SuppressWarnings("ReferenceEquality") // what is the same already needs no sharing
      void share(O owner, O earlier, B copy) {
        Keyed<T> items = get.apply(owner);
        Keyed<T> earlierItems = get.apply(earlier);
        if (items != earlierItems) {
          set.accept(copy, items.sharing(earlierItems));
        }
      }

      @Override
      @SuppressWarnings("unchecked") // Place and Items.checkFits let only items of the kind in
      void put(B builder, List<? extends Keyed.Item> items) {
        set.accept(builder, Keyed.copyOf((List<T>) items));
      }
    };
  }

  /** Makes the slot of an item that may be absent. */
  static <O, B, T extends Keyed.Item> Slot<O, B> optional(
      Function<O, Optional<T>> get, BiConsumer<B, @Nullable T> set) {
    return new Slot<>() {
      @Override
      boolean same(O left, O right) {
        return get.apply(left).equals(get.apply(right));
      }

      @Override
      Keyed<? extends Keyed.Item> items(O owner) {
        return get.apply(owner).map(Keyed::of).orElseGet(Keyed::empty);
      }

      @Override
      void share(O owner, O earlier, B copy) {
        Optional<T> item = get.apply(earlier);
        if (item.isPresent() && item.equals(get.apply(owner))) {
          set.accept(copy, item.get());
        }
      }

      @Override
      @SuppressWarnings("unchecked") // as above
      void put(B builder, List<? extends Keyed.Item> items) {
        set.accept(builder, items.isEmpty() ? null : (T) items.get(0));
      }
    };
  }

  /** Makes the slot of an item that is always there. */
  static <O, B, T extends Keyed.Item> Slot<O, B> one(Function<O, T> get, BiConsumer<B, T> set) {
    return new Only<O, B, T>(get, item -> item, (builder, item) -> set.accept(builder, cast(item)));
  }

  /** Makes the slot of a plain value. */
  static <O, B, V> Slot<O, B> scalar(Function<O, V> get, BiConsumer<B, V> set) {
    return new Only<O, B, V>(
        get, Scalar::new, (builder, item) -> set.accept(builder, cast(((Scalar) item).value())));
  }

  /** Makes the slot of a number; apart from {@link #scalar} so that comparing boxes nothing. */
  static <O, B> Slot<O, B> number(ToIntFunction<O> get, BiConsumer<B, Integer> set) {
    return new Only<O, B, Integer>(
        get::applyAsInt,
        Scalar::new,
        (builder, item) -> set.accept(builder, cast(((Scalar) item).value()))) {
      @Override
      boolean same(O left, O right) {
        return get.applyAsInt(left) == get.applyAsInt(right);
      }

      @Override
      void share(O owner, O earlier, B copy) {} // a number is no object that could be shared
    };
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as above
  private static <V> V cast(Object value) {
    return (V) value;
  }

  private static class Only<O, B, V> extends Slot<O, B> {

    private final Function<O, V> get;
    private final Function<V, Keyed.Item> wrap;
    private final BiConsumer<B, Keyed.Item> set;

    Only(Function<O, V> get, Function<V, Keyed.Item> wrap, BiConsumer<B, Keyed.Item> set) {
      this.get = get;
      this.wrap = wrap;
      this.set = set;
    }

    @Override
    boolean same(O left, O right) {
      return Objects.equals(get.apply(left), get.apply(right));
    }

    @Override
    Keyed<? extends Keyed.Item> items(O owner) {
      return Keyed.of(only(owner));
    }

    @Override
    Keyed.Item only(O owner) {
      return wrap.apply(get.apply(owner));
    }

    @Override
    void share(O owner, O earlier, B copy) {
      V value = get.apply(owner);
      V earlierValue = get.apply(earlier);
      if (value != earlierValue && value.equals(earlierValue)) {
        set.accept(copy, wrap.apply(earlierValue));
      }
    }

    @Override
    void put(B builder, List<? extends Keyed.Item> items) {
      if (items.size() != 1) {
        throw new IllegalArgumentException(
            "Invalid value: expected one, there are " + items.size());
      }
      set.accept(builder, items.get(0));
    }

    @Override
    boolean alwaysThere() {
      return true;
    }
  }
}

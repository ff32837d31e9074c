// SPDX-License-Identifier: Apache-2.0
package dev.switchback.json;

import dev.switchback.json.internal.Limits;

/**
 * How much of a JSON document is read before it is refused, so that a hostile one costs bounded time
 * and memory.
 *
 * <p>Immutable; {@link #defaults} fits every document we know of, {@link #builder} starts from it.
 */
public final class ReadLimits {

  private static final int HIGHEST_DEPTH = 1000;
  private static final ReadLimits DEFAULTS = new Builder().build();

  private final int maxBytes;
  private final int maxDepth;
  private final int maxStringLength;
  private final int maxNumberLength;
  private final int maxValues;

  private ReadLimits(Builder builder) {
    this.maxBytes = builder.maxBytes;
    this.maxDepth = builder.maxDepth;
    this.maxStringLength = builder.maxStringLength;
    this.maxNumberLength = builder.maxNumberLength;
    this.maxValues = builder.maxValues;
  }

  /**
   * Returns the usual limits: 64 MiB, 128 levels, 16 Mi characters in a string, 1000 digits in a
   * number, 2 million keys and values.
   */
  public static ReadLimits defaults() {
    return DEFAULTS;
  }

  /** Starts from the usual limits. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns the greatest size of a document, in bytes. */
  public int maxBytes() {
    return maxBytes;
  }

  /** Returns how deep objects and lists may be nested; a document that is a number has depth 0. */
  public int maxDepth() {
    return maxDepth;
  }

  /** Returns the greatest length of a string or key, in UTF-16 characters. */
  public int maxStringLength() {
    return maxStringLength;
  }

  /** Returns the greatest length of a number's text, in characters. */
  public int maxNumberLength() {
    return maxNumberLength;
  }

  /** Returns how many keys and values a document may have together. */
  public int maxValues() {
    return maxValues;
  }

  @Override
  public String toString() {
    return "at most " + maxBytes + " bytes, " + maxDepth + " levels, " + maxStringLength
        + " characters in a string, " + maxNumberLength + " in a number, " + maxValues
        + " keys and values";
  }

  /** Collects limits; what is not set keeps the usual value. */
  public static final class Builder {

    private int maxBytes = Limits.USUAL.maxBytes();
    private int maxDepth = Limits.USUAL.maxDepth();
    private int maxStringLength = Limits.USUAL.maxStringLength();
    private int maxNumberLength = Limits.USUAL.maxNumberLength();
    private int maxValues = Limits.USUAL.maxValues();

    private Builder() {}

    /**
     * Sets the greatest size of a document, in bytes.
     *
     * @throws IllegalArgumentException if it is less than 1
     */
    public Builder maxBytes(int maxBytes) {
      this.maxBytes = positive(maxBytes, "maxBytes");
      return this;
    }

    /**
     * Sets how deep objects and lists may be nested.
     *
     * @param maxDepth 1 to 1000; more could overflow the stack of whoever walks the document
     * @throws IllegalArgumentException if it is less or more
     */
    public Builder maxDepth(int maxDepth) {
      if (maxDepth > HIGHEST_DEPTH) {
        throw new IllegalArgumentException(
            "Invalid maxDepth: " + maxDepth + " is more than " + HIGHEST_DEPTH);
      }
      this.maxDepth = positive(maxDepth, "maxDepth");
      return this;
    }

    /**
     * Sets the greatest length of a string or key, in UTF-16 characters.
     *
     * @throws IllegalArgumentException if it is less than 1
     */
    public Builder maxStringLength(int maxStringLength) {
      this.maxStringLength = positive(maxStringLength, "maxStringLength");
      return this;
    }

    /**
     * Sets the greatest length of a number's text, in characters.
     *
     * @throws IllegalArgumentException if it is less than 1
     */
    public Builder maxNumberLength(int maxNumberLength) {
      this.maxNumberLength = positive(maxNumberLength, "maxNumberLength");
      return this;
    }

    /**
     * Sets how many keys and values a document may have together.
     *
     * @throws IllegalArgumentException if it is less than 1
     */
    public Builder maxValues(int maxValues) {
      this.maxValues = positive(maxValues, "maxValues");
      return this;
    }

    private static int positive(int number, String what) {
      if (number < 1) {
        throw new IllegalArgumentException("Invalid " + what + ": " + number + " is less than 1");
      }
      return number;
    }

    /** Returns the finished limits. */
    public ReadLimits build() {
      return new ReadLimits(this);
    }
  }
}

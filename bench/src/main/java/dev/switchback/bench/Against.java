// SPDX-License-Identifier: Apache-2.0
package dev.switchback.bench;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says what a benchmark method is compared with, and what we aim at: the report has a line with the
 * ratio of both times, for every set of parameters that both ran with.
 */
@Repeatable(Against.All.class)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Against {

  /** Names the methods of the same class whose times, added up, are what this one is held to. */
  String[] value();

  /** Returns how often the other's time is counted, such as 4 for "four times as long as". */
  double times() default 1;

  /** Returns what the ratio may be at most; zero if it is only reported. */
  double atMost() default 0;

  /** Holds several. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.METHOD)
  @interface All {

    /** Returns them. */
    Against[] value();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.faults;

/** What can go wrong with one call. */
public enum Fault {
  /** The call is refused, and does nothing. */
  FAIL,
  /** The call does nothing, and its caller cannot know. A read just fails. */
  LOSE_REQUEST,
  /** The call is made, and its caller cannot know. A read just fails. */
  LOSE_ANSWER,
  /** The call is made twice; what the second one answers is dropped. */
  REPEAT,
  /** The call is made late; how late, {@link Faults#delays} says. */
  DELAY,
  /** The process ends before the call is made. */
  CRASH_BEFORE,
  /** The process ends after the call was made. */
  CRASH_AFTER
}

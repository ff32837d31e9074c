// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Makes the calling thread wait, unless it is woken up. */
enum RealPause implements Pause {
  INSTANCE;

  @Override
  public void forAbout(Duration duration) {
    LockSupport.parkNanos(duration.toNanos());
  }
}

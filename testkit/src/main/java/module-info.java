// SPDX-License-Identifier: Apache-2.0

import org.jspecify.annotations.NullMarked;

/** Contract tests for both SPIs, in-memory backends, fault injection and generators. */
@NullMarked
module dev.switchback.testkit {
  requires static transitive org.jspecify;
  requires transitive dev.switchback.deploy;
  requires transitive dev.switchback.model;
  requires transitive dev.switchback.storage;
  requires static transitive net.jqwik.api;
  requires static org.assertj.core;
  requires static transitive org.junit.jupiter.api;

  exports dev.switchback.testkit.arbitraries;
  exports dev.switchback.testkit.contract;
  exports dev.switchback.testkit.faults;
  exports dev.switchback.testkit.memory;
  exports dev.switchback.testkit.simulation;

  opens dev.switchback.testkit.contract;
}

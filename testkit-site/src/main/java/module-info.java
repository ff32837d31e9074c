// SPDX-License-Identifier: Apache-2.0

import org.jspecify.annotations.NullMarked;

/** A ready site for a host's own tests, and the crash proof for backend authors. */
@NullMarked
module dev.switchback.testkit.site {
  requires static transitive org.jspecify;
  requires transitive dev.switchback.core;
  requires transitive dev.switchback.testkit;
  requires transitive org.junit.jupiter.api;

  exports dev.switchback.testkit.site;
  exports dev.switchback.testkit.site.proof;

  opens dev.switchback.testkit.site;
  opens dev.switchback.testkit.site.proof;
}

// SPDX-License-Identifier: Apache-2.0

import org.jspecify.annotations.NullMarked;

/** Canonical JSON of every value, and RAM documents in and out. */
@NullMarked
module dev.switchback.json {
  requires static transitive org.jspecify;
  requires transitive dev.switchback.diff;
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.databind;

  exports dev.switchback.json;
  exports dev.switchback.json.ram;
}

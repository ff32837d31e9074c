// SPDX-License-Identifier: Apache-2.0

import org.jspecify.annotations.NullMarked;

/** Offline packages: OCI layout, RAM, docker-compose and Helm. */
@NullMarked
module dev.switchback.packaging {
  requires static transitive org.jspecify;
  requires com.fasterxml.jackson.databind;
  requires static com.github.luben.zstd_jni;
  requires transitive dev.switchback.json;
  requires org.apache.commons.compress;

  exports dev.switchback.packaging;
}

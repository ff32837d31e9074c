// SPDX-License-Identifier: Apache-2.0
package dev.switchback.packaging;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The only class that touches zstd-jni; it cannot even be loaded where that is not there. */
final class Zstd {

  private static final int LEVEL = 3;

  private Zstd() {}

  static OutputStream compress(OutputStream out) throws IOException {
    return new ZstdOutputStream(out, LEVEL).setChecksum(true);
  }

  static InputStream expand(InputStream in) throws IOException {
    return new ZstdInputStream(in);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage.files;

import dev.switchback.model.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** A process that starts to put a blob and then waits until it is killed or its input ends. */
final class BlobWriterProcess {

  private BlobWriterProcess() {}

  public static void main(String[] arguments) {
    try (FileBlobStore store = FileBlobStore.open(Path.of(arguments[0]))) {
      store.put(Digest.of(new byte[100_000]), new Halting(100_000));
    }
  }

  static Process start(Path directory) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process = new ProcessBuilder(
            java,
            "-cp",
            System.getProperty("java.class.path"),
            BlobWriterProcess.class.getName(),
            directory.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    if (process.getInputStream().read() != '!') {
      throw new IOException("The writer ended before it had written");
    }
    return process;
  }

  /** Zeros; halfway it says so and waits. */
  private static final class Halting extends InputStream {

    private final int size;
    private int position;

    Halting(int size) {
      this.size = size;
    }

    @Override
    public int read() {
      throw new IllegalStateException("Reads one by one would be slow");
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      if (position == size) {
        return -1;
      }
      if (position > size / 2) {
        System.out.print("!");
        System.out.flush();
        System.in.read();
      }
      int count = Math.min(length, size - position);
      position += count;
      return count;
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage.files;

import dev.switchback.storage.StorageException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/** Says in words what the file system refused, and what to do about it. */
final class Failures {

  private Failures() {}

  /**
   * Makes the exception for a failed access.
   *
   * @param what what could not be done, starting with "Cannot"
   * @param directory the directory of the store
   */
  static StorageException of(String what, Path directory, IOException cause) {
    return new StorageException(what + ": " + reason(cause) + nextStep(cause, directory), cause);
  }

  private static String reason(IOException cause) {
    if (cause instanceof ClosedByInterruptException) {
      return "the thread was interrupted";
    }
    if (cause instanceof FileSystemException failure) {
      String place = failure.getFile() == null ? "" : failure.getFile() + ": ";
      String reason = failure.getReason();
      if (reason == null) {
        reason = kind(failure);
      }
      return place + reason;
    }
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }

  private static String kind(FileSystemException failure) {
    if (failure instanceof AccessDeniedException) {
      return "access denied";
    }
    if (failure instanceof NoSuchFileException) {
      return "no such file";
    }
    return failure.getClass().getSimpleName();
  }

  private static String nextStep(IOException cause, Path directory) {
    // The JDK has no types for these: it hands on what the operating system says.
    String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    if (message.contains("no space left")
        || message.contains("quota exceeded")
        || message.contains("not enough space")) {
      return "; free space on the disk of " + directory + usable(directory) + " and try again";
    }
    if (message.contains("read-only") || cause instanceof AccessDeniedException) {
      return "; give user '" + System.getProperty("user.name") + "' write access to " + directory;
    }
    if (message.contains("too many open files")) {
      return "; raise the limit of open files of this process";
    }
    return "";
  }

  private static String usable(Path directory) {
    try {
      return " (" + Files.getFileStore(directory).getUsableSpace() + " bytes usable)";
    } catch (IOException e) {
      return "";
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.switchback.deploy.docker;

import com.github.dockerjava.api.exception.DockerException;
import dev.switchback.deploy.DeploymentException;
import dev.switchback.deploy.DeploymentException.Reason;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the errors of the engine, which has a status for few of them and a text for all. */
final class Failures {

  private static final String HALF_STARTED_TEXT =
      "task [0-9a-f]{64}: already exists|id already in use";

  /** What a text of the engine means; the first that fits. */
  private enum Sign {
    HALF_STARTED(Reason.REFUSED, HALF_STARTED_TEXT),
    PORT(Reason.PORT_TAKEN, "port is already allocated|address already in use"),
    SPACE(
        Reason.NO_SPACE,
        "no space left on device|non-overlapping IPv4 address pool|no available IPv4 addresses"
            + "|predefined address pools"),
    NAME(Reason.NAME_TAKEN, "is already in use by container|already exists"),
    IMAGE(Reason.IMAGE_MISSING, "no such image|manifest unknown|pull access denied");

    private final Reason reason;
    private final Pattern text;

    Sign(Reason reason, String text) {
      this.reason = reason;
      this.text = Pattern.compile(text, Pattern.CASE_INSENSITIVE);
    }
  }

  private static final Pattern HALF_STARTED_MESSAGE = Pattern.compile(HALF_STARTED_TEXT);
  private static final Pattern JSON_MESSAGE =
      Pattern.compile("\\{\"message\":\"(.*)\"\\}", Pattern.DOTALL);

  private Failures() {}

  /** Tells whether the engine did not answer, rather than answer with an error. */
  static boolean isUnreachable(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof DockerException) {
        return false;
      }
      if (t instanceof IOException
          || t.getClass().getName().equals("com.sun.jna.LastErrorException")) {
        return true;
      }
    }
    return false;
  }

  /**
   * Tells whether a container cannot be started because the engine was killed while it started it. It
   * keeps a process of that container which it does not know, and never starts it again; another
   * container under the same name it does start.
   */
  static boolean isHalfStarted(DeploymentException failure) {
    return HALF_STARTED_MESSAGE.matcher(String.valueOf(failure.getMessage())).find();
  }

  /** Makes the exception for what the engine answered to an attempt to do {@code what}. */
  static DeploymentException of(String what, RuntimeException failure) {
    String words = words(failure);
    for (Sign sign : List.of(Sign.values())) {
      if (sign.text.matcher(words).find()) {
        return make(sign.reason, what, words, failure);
      }
    }
    return make(Reason.REFUSED, what, words, failure);
  }

  static DeploymentException make(
      Reason reason, String what, String words, RuntimeException failure) {
    return new DeploymentException(
        reason, "Cannot " + what + ": " + words + "; " + nextStep(reason), failure);
  }

  /** Returns what the engine said, without the wrapping of the client. */
  static String words(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    Matcher json = JSON_MESSAGE.matcher(message);
    return json.find() ? json.group(1).strip().replace("\\\"", "\"") : message.strip();
  }

  static String nextStep(Reason reason) {
    return switch (reason) {
      case UNREACHABLE ->
        "see that the engine runs and that its socket may be opened, then try again";
      case REFUSED -> "change the component and plan again";
      case IMAGE_MISSING ->
        "load the image into the engine, or bring it in a package, and try again";
      case PORT_TAKEN -> "free the port or choose another";
      case NAME_TAKEN -> "rename or remove what has the name; it was not created from here";
      case NO_SPACE -> "make room on the engine's machine and try again";
    };
  }
}

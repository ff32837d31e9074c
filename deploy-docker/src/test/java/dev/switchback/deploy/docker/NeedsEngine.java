// SPDX-License-Identifier: Apache-2.0
package dev.switchback.deploy.docker;

import dev.switchback.deploy.DeploymentException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Marks tests that run on a real Docker Engine, with images made of this machine's busybox.
 *
 * <p>Where there is no engine they are left out, and say so loudly; where {@code
 * SWITCHBACK_ENGINE=required}, as in {@code .ci/run}, they fail.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsEngine.Condition.class)
@interface NeedsEngine {

  final class Condition implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      String missing = missing();
      if (missing.isEmpty()) {
        return ConditionEvaluationResult.enabled("an engine answers");
      }
      String message =
          "NO DOCKER ENGINE, NOT TESTED: " + context.getDisplayName() + " needs " + missing;
      if ("required".equals(System.getenv("SWITCHBACK_ENGINE"))) {
        throw new IllegalStateException(message);
      }
      System.err.println("\n" + "!".repeat(message.length()) + "\n" + message + "\n"
          + "!".repeat(message.length()) + "\n");
      return ConditionEvaluationResult.disabled(message);
    }

    private static String missing() {
      if (!Files.isExecutable(Path.of("/bin/busybox"))) {
        return "/bin/busybox, from the package busybox-static";
      }
      if (!Files.isExecutable(Path.of("/usr/sbin/haproxy"))) {
        return "/usr/sbin/haproxy, from the package haproxy";
      }
      if (!Files.isExecutable(Path.of("/usr/bin/perl"))) {
        return "/usr/bin/perl, from the package perl-base";
      }
      try {
        DockerBackend.builder().withoutProxies().open().close();
        return "";
      } catch (DeploymentException e) {
        return "an engine: " + e.getMessage();
      }
    }
  }
}

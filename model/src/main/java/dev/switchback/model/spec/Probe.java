// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model.spec;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.Keyed;
import dev.switchback.model.Setting;
import java.util.Objects;

/**
 * One health probe of a component.
 *
 * <p>Source: RAM {@code probes[]}; the ids of the probe row there belong to one site and are left out.
 *
 * @param mode {@code readiness}, {@code liveness} or {@code startup}; unique within a component
 * @param scheme {@code tcp}, {@code http} or {@code cmd}
 * @param path the HTTP path; may be empty
 * @param port the port to ask; 0 for none
 * @param command the command to run for scheme {@code cmd}; may be empty
 * @param httpHeader headers to send, {@code http_header}, as RAM writes them; may be empty
 * @param initialDelaySeconds seconds to wait before the first try
 * @param periodSeconds seconds between tries
 * @param timeoutSeconds seconds one try may take
 * @param failureThreshold failures in a row that count as unhealthy
 * @param successThreshold successes in a row that count as healthy
 * @param used whether the probe is switched on, {@code is_used}
 */
public record Probe(
    String mode,
    String scheme,
    String path,
    int port,
    String command,
    String httpHeader,
    int initialDelaySeconds,
    int periodSeconds,
    int timeoutSeconds,
    int failureThreshold,
    int successThreshold,
    boolean used)
    implements Keyed.Item {

  /** Checks that nothing is missing. */
  public Probe {
    requireNonNull(mode, "mode");
    requireNonNull(scheme, "scheme");
    requireNonNull(path, "path");
    requireNonNull(command, "command");
    requireNonNull(httpHeader, "httpHeader");
  }

  /** Returns the mode. */
  @Override
  public String key() {
    return mode;
  }

  // By hand: see the package's page.
  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof Probe that
            && port == that.port
            && initialDelaySeconds == that.initialDelaySeconds
            && periodSeconds == that.periodSeconds
            && timeoutSeconds == that.timeoutSeconds
            && failureThreshold == that.failureThreshold
            && successThreshold == that.successThreshold
            && used == that.used
            && mode.equals(that.mode)
            && scheme.equals(that.scheme)
            && path.equals(that.path)
            && command.equals(that.command)
            && httpHeader.equals(that.httpHeader));
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        port,
        initialDelaySeconds,
        periodSeconds,
        timeoutSeconds,
        failureThreshold,
        successThreshold,
        used,
        mode,
        scheme,
        path,
        command,
        httpHeader);
  }

  /** Returns what is asked and how; command and headers masked if they look like secrets. */
  @Override
  public String toString() {
    return mode + " " + scheme + " port=" + port + " path=" + path + " command="
        + Setting.named("", command) + " httpHeader=" + Setting.named("", httpHeader);
  }
}

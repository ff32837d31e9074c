// SPDX-License-Identifier: Apache-2.0
package dev.switchback.deploy.docker;

import dev.switchback.model.AppId;

/** Ports of the host from which one is chosen where a template does not say. */
final class FreePorts {

  private static final int FIRST = 20_000;
  private static final int COUNT = 10_000;

  private FreePorts() {}

  /**
   * Returns a port that hangs on what it is for alone.
   *
   * @param attempt how many that were returned before are taken
   */
  static int choose(AppId app, String component, String port, int attempt) {
    return FIRST + (Names.number(COUNT, app.value(), component, port) + attempt) % COUNT;
  }

  /** Tells whether {@code address:port} is one of them, so that nobody but us asks for it. */
  static boolean has(String address) {
    int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    return port >= FIRST && port < FIRST + COUNT;
  }
}

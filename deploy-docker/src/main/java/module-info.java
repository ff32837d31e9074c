// SPDX-License-Identifier: Apache-2.0
/**
 * Runs the components of apps as containers of a Docker Engine. Start at {@link
 * dev.switchback.deploy.docker.DockerBackend}.
 */
@org.jspecify.annotations.NullMarked
module dev.switchback.deploy.docker {
  requires static transitive org.jspecify;
  requires com.fasterxml.jackson.databind;
  requires com.github.dockerjava.api;
  requires com.github.dockerjava.core;
  requires com.github.dockerjava.transport;
  requires com.github.dockerjava.transport.zerodep;
  requires transitive dev.switchback.deploy;
  requires org.apache.commons.compress;

  exports dev.switchback.deploy.docker;
}

// SPDX-License-Identifier: Apache-2.0
/**
 * What a deployment backend implements. Start at {@link dev.switchback.deploy.DeploymentBackend}.
 */
@org.jspecify.annotations.NullMarked
module dev.switchback.deploy {
  requires static transitive org.jspecify;
  requires transitive dev.switchback.model;

  exports dev.switchback.deploy;
}

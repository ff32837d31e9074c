// SPDX-License-Identifier: Apache-2.0
/**
 * What a deployment backend implements: {@link dev.switchback.deploy.DeploymentBackend}, and the
 * optional ability {@link dev.switchback.deploy.ArtifactLoader}.
 *
 * <p>A backend makes run what it is told to and says what it sees. It decides nothing: order, waiting
 * for health, retries and going back are the engine's.
 */
package dev.switchback.deploy;

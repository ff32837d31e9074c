// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import dev.switchback.deploy.DeploymentBackend;
import dev.switchback.model.Obstacle;
import dev.switchback.model.RefusedException;
import dev.switchback.storage.BlobStore;
import dev.switchback.storage.Storage;
import java.time.Duration;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What the parts of the front door work with, as handed in by the host.
 *
 * @param storage keeps everything but blobs
 * @param blobs keeps bytes
 * @param backend runs components; null for a library without apps
 * @param clock tells the time
 * @param random makes ids and generated secrets
 * @param pause waits between two looks at health
 * @param heartbeats keeps leases while calls take their time
 * @param authorizer decides who may do what
 * @param approvals says how many people have to approve a plan
 * @param holder names this process in leases
 * @param leaseDuration how long a lease lasts unless renewed
 * @param planValidity how long a plan may be executed
 */
record Site(
    Storage storage,
    BlobStore blobs,
    @Nullable DeploymentBackend backend,
    InstantSource clock,
    RandomGenerator random,
    Pause pause,
    Heartbeats heartbeats,
    Authorizer authorizer,
    ApprovalRule approvals,
    String holder,
    Duration leaseDuration,
    Duration planValidity) {

  /** Tells whether time passes while somebody waits, as it does outside of tests. */
  boolean waitsReally() {
    return pause == Pause.real();
  }

  DeploymentBackend deployment() {
    if (backend == null) {
      throw new IllegalStateException(
          "Cannot change apps: this Switchback was opened without a deployment backend;"
              + " hand one in with Switchback.builder().backend(...)");
    }
    return backend;
  }

  void authorize(String actor, Authorizer.Action action, String object) {
    authorizer.check(actor, action, object).ifPresent((Obstacle denial) -> {
      throw new RefusedException(
          "Cannot " + action.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ') + " "
              + object,
          denial);
    });
  }
}

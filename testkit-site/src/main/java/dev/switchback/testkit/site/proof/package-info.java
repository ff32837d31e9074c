// SPDX-License-Identifier: Apache-2.0

/**
 * The crash proof: {@link dev.switchback.testkit.site.proof.CrashProof} lets a process die at every
 * call to storage, blobs and backend, and {@link dev.switchback.testkit.site.proof.SiteInvariants}
 * says what has to be true afterwards.
 */
package dev.switchback.testkit.site.proof;

// SPDX-License-Identifier: Apache-2.0

/**
 * Faults on demand: {@link dev.switchback.testkit.faults.Faults} wraps storages, blob stores and
 * deployment backends, counts the calls to all of them, and makes the call of a chosen number fail,
 * lose its answer, happen twice, or end the process as far as the caller can tell. Needs no test
 * framework.
 */
package dev.switchback.testkit.faults;

// SPDX-License-Identifier: Apache-2.0

/**
 * Contract tests which a backend extends to show that it keeps its SPI: {@link
 * dev.switchback.testkit.contract.StorageContract} for a storage as a whole, {@link
 * dev.switchback.testkit.contract.BlobStoreContract} and {@link
 * dev.switchback.testkit.contract.DeploymentBackendContract}.
 *
 * <p>A backend's test extends one of them, says how to open the backend, and overrides a hook for
 * each ability that it has or lacks. Needs JUnit Jupiter and AssertJ. No test sleeps; where time has
 * to pass, a hook lets it pass or the test asks the store until it has.
 */
package dev.switchback.testkit.contract;

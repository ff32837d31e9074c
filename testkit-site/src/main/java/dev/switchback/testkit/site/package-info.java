// SPDX-License-Identifier: Apache-2.0

/**
 * A ready site for the tests of a host: {@link dev.switchback.testkit.site.ReadySite} gives each test
 * one of its own, in memory, with a backend that is told what to get wrong.
 */
package dev.switchback.testkit.site;

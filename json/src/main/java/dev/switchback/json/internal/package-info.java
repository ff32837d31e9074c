// SPDX-License-Identifier: Apache-2.0

/**
 * Reading JSON strictly and writing it canonically, for the packages of this module.
 *
 * <p>Not exported: Jackson's types appear here and in no exported signature.
 */
package dev.switchback.json.internal;

// SPDX-License-Identifier: Apache-2.0
/**
 * Words that every part of Switchback shares: typed ids, {@link dev.switchback.model.Version},
 * {@link dev.switchback.model.Digest}, {@link dev.switchback.model.Setting} (a value that may be
 * secret) and {@link dev.switchback.model.Keyed} (a collection whose items have a stable key).
 *
 * <p>What an app consists of is in {@code dev.switchback.model.spec}.
 */
package dev.switchback.model;

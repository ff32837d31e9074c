// SPDX-License-Identifier: Apache-2.0

/** The front door. Start at {@link dev.switchback.core.Switchback}. */
package dev.switchback.core;

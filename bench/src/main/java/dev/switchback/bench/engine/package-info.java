// SPDX-License-Identifier: Apache-2.0
/** The engine's own cost, and how closely its waves follow the time that the backend needs. */
@org.jspecify.annotations.NullMarked
package dev.switchback.bench.engine;

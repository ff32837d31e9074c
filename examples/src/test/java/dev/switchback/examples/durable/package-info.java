// SPDX-License-Identifier: Apache-2.0
/** Whole sites over the real stores: killed, raced and opened again. */
@NullMarked
package dev.switchback.examples.durable;

import org.jspecify.annotations.NullMarked;

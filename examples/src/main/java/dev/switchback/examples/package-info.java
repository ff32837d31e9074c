// SPDX-License-Identifier: Apache-2.0

/** What a host embeds, each example run by a test. */
@NullMarked
package dev.switchback.examples;

import org.jspecify.annotations.NullMarked;

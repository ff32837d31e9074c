// SPDX-License-Identifier: Apache-2.0

/**
 * The command line: the library, packages and apps of {@code dev.switchback.core} for people and
 * scripts. Start at {@link dev.switchback.cli.Main}; {@link dev.switchback.cli.Root} lists the
 * commands. What a command prints and returns is described in {@code cli/README.md}, and scripts hang
 * on it.
 *
 * <p>This is an application, not an API: nothing here is for other code to call.
 */
@NullMarked
package dev.switchback.cli;

import org.jspecify.annotations.NullMarked;

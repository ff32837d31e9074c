// SPDX-License-Identifier: Apache-2.0
/** What the tables of diffs and plans share to show values to a person. Not exported. */
package dev.switchback.diff.internal;

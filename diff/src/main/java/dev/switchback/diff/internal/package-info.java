// SPDX-License-Identifier: Apache-2.0
/** What both packages of this module share: showing values, walking specs. Not exported. */
package dev.switchback.diff.internal;

// SPDX-License-Identifier: Apache-2.0

/** Canonical JSON (RFC 8785) of every value. */
package dev.switchback.json;

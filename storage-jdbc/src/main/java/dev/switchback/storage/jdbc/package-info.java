// SPDX-License-Identifier: Apache-2.0

/**
 * Keeps everything but blobs in SQL: in SQLite in a directory, or in PostgreSQL. Start at {@link
 * dev.switchback.storage.jdbc.JdbcStorage}.
 *
 * <p>Every write is one transaction that checks the lease first and then what it expects, so that of
 * two writers one wins and the other is told. Values are kept as canonical JSON, beside columns for
 * what is asked for. Lists are read by key, never by position.
 */
package dev.switchback.storage.jdbc;

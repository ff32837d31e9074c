// SPDX-License-Identifier: Apache-2.0
/**
 * What a storage backend implements: {@link dev.switchback.storage.Storage} for values and {@link
 * dev.switchback.storage.BlobStore} for bytes.
 *
 * <p>Rules for all of them. <b>Threads:</b> every method may be called by many threads, and by many
 * processes if the storage outlives one. <b>Atomicity:</b> a method that writes has either done all
 * or nothing when it returns or throws, but for {@link
 * dev.switchback.model.OutcomeUnknownException}. <b>After failure:</b> nothing half-written can be
 * read. <b>Life cycle:</b> open through a provider, close once; a second close does nothing; use after
 * close is an {@link java.lang.IllegalStateException}. <b>Ordering:</b> a read that starts after a
 * write has returned sees it, on any node.
 *
 * <p>The testkit has a contract suite for each interface, to be extended by a backend's tests.
 */
package dev.switchback.storage;

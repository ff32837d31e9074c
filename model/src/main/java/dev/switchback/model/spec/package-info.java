// SPDX-License-Identifier: Apache-2.0
/**
 * What a template version contains and what an app consists of.
 *
 * <p>Start at {@link dev.switchback.model.spec.AppSpec}, then {@link
 * dev.switchback.model.spec.Component}. Every property lives in a {@link
 * dev.switchback.model.Keyed} collection of small records or in one scalar record; the names follow
 * the design's words, and each Javadoc names the RAM field it comes from. Who installed it, and
 * when, is not here but in {@code dev.switchback.model.app}.
 *
 * <p>The records that a spec has thousands of compare by hand: numbers first, then texts in the order
 * they are made in. The method that Java generates starts with the last field, which takes longer
 * where the data is not in the processor's caches.
 */
package dev.switchback.model.spec;

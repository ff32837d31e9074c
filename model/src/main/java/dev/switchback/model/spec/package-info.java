// SPDX-License-Identifier: Apache-2.0
/**
 * What a template version contains and what an app consists of.
 *
 * <p>Start at {@link dev.switchback.model.spec.AppSpec}, then {@link
 * dev.switchback.model.spec.Component}. Every property lives in a {@link
 * dev.switchback.model.Keyed} collection of small records or in one scalar record; the names follow
 * the design's words, and each Javadoc names the RAM field it comes from. Who installed it, and
 * when, is not here but in {@code dev.switchback.model.app}.
 */
package dev.switchback.model.spec;

// SPDX-License-Identifier: Apache-2.0
/**
 * What a vendor publishes: {@link dev.switchback.model.template.TemplateVersion}, one immutable
 * version of a template.
 */
package dev.switchback.model.template;

// SPDX-License-Identifier: Apache-2.0
/**
 * The values Switchback works with: templates, versions, components, apps and records.
 *
 * <p>Start at {@link dev.switchback.model.template.TemplateVersion} for what a vendor publishes and
 * at {@link dev.switchback.model.app.AppState} for what a site has installed. Nothing here does I/O,
 * reads a clock or logs.
 */
@org.jspecify.annotations.NullMarked
module dev.switchback.model {
  requires static transitive org.jspecify;

  exports dev.switchback.model;
  exports dev.switchback.model.app;
  exports dev.switchback.model.spec;
  exports dev.switchback.model.template;
}

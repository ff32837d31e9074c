// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model.template;

/** How far the vendor has come with a template version. RAM calls it {@code dev_status}. */
public enum Stage {
  /** For trial: offered to a site only when it asks for versions in testing. */
  TESTING,
  /** For every site. */
  RELEASED
}

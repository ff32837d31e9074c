// SPDX-License-Identifier: Apache-2.0
package dev.switchback.diff;

/** What has to be brought up to date when a property changes. */
public enum Reach {
  /** The component that has the property. */
  COMPONENT,
  /** What the components share, such as manifests; no component is restarted. */
  SHARED,
  /** What leads to the components; none of them uses it. */
  ROUTES,
  /** What the components share, and the members of the config group. */
  MEMBERS,
  /** What the components share, and the components that use the plugin. */
  USERS,
  /** What the components share, and every component. */
  EVERY_COMPONENT
}

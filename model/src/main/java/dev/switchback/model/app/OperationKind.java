// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model.app;

/** What an operation on an app is for. They differ only in how the wanted state is found. */
public enum OperationKind {
  /** Bring an app up from a template version. */
  INSTALL,
  /** Go to another template version. */
  UPGRADE,
  /** Change what the operator asked for: an image, a value, a number of instances. */
  EDIT,
  /** Go back to an earlier revision, or some components to earlier builds. */
  ROLLBACK,
  /** Take the app down. */
  UNINSTALL
}

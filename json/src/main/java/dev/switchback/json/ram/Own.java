// SPDX-License-Identifier: Apache-2.0
package dev.switchback.json.ram;

/**
 * The names of the fields that Switchback adds to RAM documents, for what RAM has no field for. All
 * stand in one object {@value #OBJECT} beside the fields they complete; Rainbond ignores it.
 */
final class Own {

  /** The object that holds the others. */
  static final String OBJECT = "switchback";

  /** On any object with settings: name of a field to {@code secret} or {@code plain}. */
  static final String KINDS = "kinds";

  static final String SECRET = "secret";
  static final String PLAIN = "plain";

  /** On components and plugins: the digest of the image. */
  static final String IMAGE_DIGEST = "image_digest";

  /** On components and plugins: the image, where the fields for it would be read otherwise. */
  static final String IMAGE = "image";

  /** On components: the initial memory, where it is not what an instance gets. */
  static final String INIT_MEMORY = "init_memory";

  /** On config groups: true for one that only holds items or members. */
  static final String UNDECLARED = "undeclared";

  /** On the document: what it demands of an upgrade to it. */
  static final String UPGRADE_RULES = "upgrade_rules";

  static final String ALLOWED_FROM = "allowed_from";
  static final String REQUIRED_STOP = "required_stop";
  static final String DOWNGRADE_ALLOWED = "downgrade_allowed";

  private Own() {}
}

// SPDX-License-Identifier: Apache-2.0
package dev.switchback.json.ram;

import dev.switchback.model.Setting;
import java.util.regex.Pattern;

/** What kind of setting a text of a RAM document is, where the document does not say. */
final class Settings {

  /** Names of a document may be megabytes long, and telling secrets by name is not linear. */
  private static final int LOOKED_AT = 256;

  /** A list may hold any kind, and the field beside the content need not be right. */
  private static final Pattern HOLDS_SECRET =
      Pattern.compile("\\bkind[\"']?[ \\t]*:[ \\t]*[\"']?Secret\\b");

  private Settings() {}

  static Setting named(String name, String text) {
    return Setting.named(name.length() > LOOKED_AT ? name.substring(0, LOOKED_AT) : name, text);
  }

  /** Returns the content of a Kubernetes manifest. */
  static Setting manifest(String kind, String name, String text) {
    Setting natural = named(name, text);
    boolean secret = kind.equals("Secret") || HOLDS_SECRET.matcher(text).find();
    return secret && !natural.isGenerated() ? Setting.secret(text) : natural;
  }
}

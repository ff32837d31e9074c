// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A value that a vendor or an operator sets: plain text, a secret that never prints, or a mark that
 * asks for a value to be generated at install.
 *
 * <p>{@link #toString()} is safe for messages, logs and reports; {@link #reveal()} is the only way
 * to the text. Two settings are equal when text and kind are equal.
 *
 * <p>Source: RAM documents ask for a generated value with {@code **None**} (one per place) or
 * {@code **None:group**} (one for all places that name the group).
 */
public final class Setting {

  /** What a setting holds. */
  public enum Kind {
    /** Text that may be shown. */
    PLAIN,
    /** Text that must not be shown. */
    SECRET,
    /** No text yet: a mark that asks for a generated secret. */
    GENERATED
  }

  private static final Pattern MARK = Pattern.compile("\\*\\*None(?::(.*))?\\*\\*", Pattern.DOTALL);
  private static final Setting EMPTY = new Setting("", Kind.PLAIN);

  private final String text;
  private final Kind kind;

  private Setting(String text, Kind kind) {
    this.text = text;
    this.kind = kind;
  }

  /** Makes a setting whose text may be shown. */
  public static Setting plain(String text) {
    return requireNonNull(text, "text").isEmpty() ? EMPTY : new Setting(text, Kind.PLAIN);
  }

  /** Makes a setting whose text is never shown; an empty text is not a secret. */
  public static Setting secret(String text) {
    return requireNonNull(text, "text").isEmpty() ? EMPTY : new Setting(text, Kind.SECRET);
  }

  /**
   * Makes the mark for a value to be generated.
   *
   * @param group the name that several places share to get the same value; empty for a value of its
   *     own
   */
  public static Setting generated(String group) {
    requireNonNull(group, "group");
    return new Setting(group.isEmpty() ? "**None**" : "**None:" + group + "**", Kind.GENERATED);
  }

  /**
   * Makes the setting that a text under a name stands for: the generation mark, a secret if the name
   * or the text looks like one, plain text otherwise.
   *
   * <p>A name looks secret when it contains a word such as PASSWORD, SECRET, TOKEN, CREDENTIAL or
   * API_KEY in any case, or ends with KEY, AUTH, DSN, JWT, SALT or the like; a text when it holds a
   * private key, an address with a password in it, such a word with a value behind it or on the line
   * below, as files, commands and statements do, the value of an Authorization header, a line of
   * {@code .pgpass} and the like, a call of a client that is given a password, or a token that tells by
   * itself what it is. Masking too much is harmless, so the rule leans that way.
   *
   * @param name the name of the env variable, config item or field; may be empty
   * @param text the text; may be empty
   */
  public static Setting named(String name, String text) {
    requireNonNull(name, "name");
    if (requireNonNull(text, "text").startsWith("**None")) {
      Matcher mark = MARK.matcher(text);
      if (mark.matches()) {
        String group = mark.group(1);
        return generated(group == null ? "" : group);
      }
    }
    boolean secret = SecretSpellings.isInName(name) || SecretSpellings.isInText(text);
    return secret ? secret(text) : plain(text);
  }

  /** Tells what this setting holds. */
  public Kind kind() {
    return kind;
  }

  /** Tells whether the text must not be shown. */
  public boolean isSecret() {
    return kind == Kind.SECRET;
  }

  /** Tells whether a value is still to be generated. */
  public boolean isGenerated() {
    return kind == Kind.GENERATED;
  }

  /** Returns the group that shares one generated value; empty unless generated and grouped. */
  public Optional<String> generatorGroup() {
    Matcher mark = MARK.matcher(text);
    return isGenerated() && mark.matches()
        ? Optional.ofNullable(mark.group(1)).filter(group -> !group.isEmpty())
        : Optional.empty();
  }

  /** Returns the text itself, secret or not; the mark if the value is still to be generated. */
  public String reveal() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Setting setting && kind == setting.kind && text.equals(setting.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** Returns the text if it may be shown, else {@code (secret)} or {@code (generated)}. */
  @Override
  public String toString() {
    return switch (kind) {
      case PLAIN -> text;
      case SECRET -> "(secret)";
      case GENERATED -> "(generated)";
    };
  }
}

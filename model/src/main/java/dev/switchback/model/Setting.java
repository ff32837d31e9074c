// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Locale;
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
  private static final Pattern SECRET_NAME = Pattern.compile(
      "PASSW|PWD|PASSPHRASE|SECRET|TOKEN|CREDENTIAL|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY"
          + "|SIGNING_?KEY|ENCRYPT\\w{0,20}KEY|PGPASS|(^|[^A-Z])PASS($|[^A-Z])"
          + "|(^|[^A-Z])(KEY|AUTH|DSN|PW|NETRC)$");
  // Keys, addresses, and in files "password = x", "token: x", {"name": "SECRET", "value": "x"}; not
  // what only points elsewhere, as ${X} does, or was masked before.
  private static final Pattern SECRET_TEXT =
      Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY-----|://[^/\\s:@]+:[^/\\s@]+@"
          + "|(?i:passw(?:or)?d|pwd|passphrase|secret|token|credentials?|authorization"
          + "|(?:api|access|private)[_-]?key)[\"']?(?:,?\\s*[\"']?(?i:value)[\"']?)?"
          + "[ \\t]*[:=][ \\t]*[\"']?[^\\s\"'({\\[$<,;]");
  private static final List<String> SECRET_WORDS =
      List.of("pass", "pwd", "secret", "token", "credential", "authorization", "key");
  // Addresses as Go's database drivers take them, what goes into a header, and options of clients
  // that are known to take a password there.
  private static final Pattern SECRET_ARGUMENT =
      Pattern.compile("[^\\s/:@]{1,100}:[^\\s/:@]{1,100}@(?:tcp|unix)\\("
          + "|(?:Basic|Bearer) (?=\\S{0,1000}[\\d=])[\\w+/.~-]{8}"
          + "|(?:mysql|mariadb|sshpass)\\S{0,40} (?:[^\\n|;&]{0,200} )?-p *[\"']?[^\\s\"'$-]"
          + "|redis-cli (?:[^\\n|;&]{0,200} )?-a +[\"']?[^\\s\"'$-]");
  private static final List<String> ARGUMENT_WORDS =
      List.of("@tcp(", "@unix(", "Basic ", "Bearer ", "mysql", "mariadb", "sshpass", "redis-cli");

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
   * API_KEY in any case, or ends with KEY, AUTH, DSN or PW; a text when it holds a private key, an
   * address with a password in it, such a word with a value behind it, as configuration files do, the
   * value of an Authorization header, or a call of a client that is given a password. Masking too much
   * is harmless, so the rule leans that way.
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
    boolean secret =
        (!name.isEmpty() && SECRET_NAME.matcher(name.toUpperCase(Locale.ROOT)).find())
            || (canBeSecret(text) && SECRET_TEXT.matcher(text).find())
            || (canBeArgument(text) && SECRET_ARGUMENT.matcher(text).find());
    return secret ? secret(text) : plain(text);
  }

  /** Spares the search for {@link #SECRET_TEXT}, which is slow, where no part of it can be found. */
  private static boolean canBeSecret(String text) {
    if (text.contains("-----BEGIN ") || text.contains("://")) {
      return true;
    }
    if (text.indexOf(':') < 0 && text.indexOf('=') < 0) {
      return false;
    }
    String lower = text.toLowerCase(Locale.ROOT);
    return SECRET_WORDS.stream().anyMatch(lower::contains);
  }

  private static boolean canBeArgument(String text) {
    if (text.indexOf(' ') < 0 && text.indexOf('@') < 0) {
      return false;
    }
    for (String word : ARGUMENT_WORDS) {
      if (text.contains(word)) {
        return true;
      }
    }
    return false;
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

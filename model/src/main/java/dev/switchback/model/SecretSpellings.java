// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The ways in which vendors and operators spell secrets, in names and in texts.
 *
 * <p>Each spelling of a text has hints: it is searched for only where one of them is, since most
 * texts hold none and a search is slow. Repetitions are bounded or give nothing back, so that no
 * text takes more than its length times a constant.
 */
final class SecretSpellings {

  /** One spelling; {@code hints} are in lower case, and no text without one of them matches. */
  private record Spelling(List<String> hints, Pattern pattern) {

    static Spelling of(String pattern, String... hints) {
      return new Spelling(List.of(hints), Pattern.compile(pattern));
    }

    boolean isIn(String text, String lower) {
      for (String hint : hints) {
        if (lower.contains(hint)) {
          return pattern.matcher(text).find();
        }
      }
      return false;
    }
  }

  private static final int SHORTEST = 5; // pwd=x
  private static final int SHORTEST_TOKEN = 16;
  private static final String PARTING = ":=<\",：$";

  private static final Pattern NAME = Pattern.compile(
      "PASSW|PWD|PASSPHRASE|SECRET|TOKEN|CREDENTIAL|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY"
          + "|SIGNING_?KEY|ENCRYPT\\w{0,20}KEY|PGPASS|REQUIREPASS|MASTERAUTH|密码|口令|密钥|令牌"
          + "|(^|[^A-Z])PASS($|[^A-Z])|(^|[^A-Z])(KEY|AUTH|DSN|PW|NETRC|JWT|SALT|COOKIE|AK|SK)$");

  private static final String WORD = "(?i:passw(?:or)?d|pwd|passphrase|token"
      + "|secret(?:[_-]?key(?:[_-]?base)?)?|credentials?|authorization"
      + "|(?:api|access|private|signing|account|encrypt[a-z]{0,20})[_-]?key"
      + "|requirepass|masterauth|bind_?pw|密码|口令|密钥|令牌)";
  // Not in front of a blank: proxy_pass http://x.
  private static final String WORD_OR_PASS = "(?:" + WORD + "|(?<![a-zA-Z])(?i:pass))";
  // What only points elsewhere, as ${X} does, or was masked before, is no value.
  private static final String VALUE = "[^\\s\\\\\"'({\\[$<,;]";
  // Other arguments of the same command.
  private static final String OTHERS = "(?:[^\\n|;&]{0,200} )?";
  private static final String QUOTE = "\\\\{0,3}[\"']?";

  /** Spellings of more than one part: what is secret comes behind, or before, something else. */
  private static final List<Spelling> PARTED = List.of(
      Spelling.of("-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----", "-----begin "),
      // Addresses with a password; of a web server also with a token in its place.
      Spelling.of(
          "://[^/\\s:@]{0,200}+:[^/\\s@]{1,200}+@|(?i:https?)://[^/\\s:@$]{1,200}+@", "://"),
      // In files password = x, token: x, {"name": "SECRET", "value": "x"}, <password>x</password>,
      // and a line such as requirepass x; in commands --password x; in statements PASSWORD 'x'.
      Spelling.of(
          WORD_OR_PASS + QUOTE + "(?:,?\\s{0,20}+[\"']?(?i:(?:item_|attr_)?value)[\"']?)?"
              + "[ \\t]{0,20}+[:=：][ \\t]{0,20}+"
              + QUOTE
              + VALUE
              + "|<[\\w.:-]{0,60}?" + WORD_OR_PASS + ">\\s{0,20}+" + VALUE
              + "|(?m:^)[ \\t]{0,100}+[\\w.-]{0,60}?" + WORD + "[ \\t]{1,20}+" + QUOTE + VALUE
              + "\\S{0,1000}+[ \\t]{0,20}+(?m:$)"
              + "|(?<![\\w-])--?[\\w.-]{0,60}?" + WORD_OR_PASS
              + "(?:=|[\"',\\s]{1,20}+(?:-[ \\t]{1,20}+)?)" + QUOTE + "(?!-)" + VALUE
              + "|(?i:password)\\s{1,20}+(?:(?i:for)\\s{1,20}+\\S{1,100}+\\s{1,20}+=\\s{0,20}+)?"
              + "[\"'][^\"'$]",
          "pass",
          "pwd",
          "secret",
          "token",
          "credential",
          "auth",
          "_key",
          "-key",
          "ikey",
          "skey",
          "ekey",
          "gkey",
          "nkey",
          "tkey",
          "bindpw",
          "bind_pw",
          "密码",
          "口令",
          "密钥",
          "令牌"),
      Spelling.of(
          "(?i:identified\\s{1,20}+(?:with\\s{1,20}+\\S{1,100}+\\s{1,20}+)?by\\s{1,20}+)"
              + "[\"'][^\"'$]",
          "identified"),
      // Registries in a Docker configuration.
      Spelling.of("\"auth\\\\{0,3}\"\\s{0,20}+:\\s{0,20}+\\\\{0,3}\"[^\"$]", "\"auth"),
      // Constants in PHP, also the keys and salts of WordPress.
      Spelling.of(
          "define\\(\\s{0,20}+[\"'][\\w.-]{0,60}?(?:" + WORD
              + "|_KEY|_SALT)[\"']\\s{0,20}+,\\s{0,20}+" + "[\"'][^\"'$]",
          "define("),
      // A manifest inside another text.
      Spelling.of(
          "(?m:^|[{,])[ \\t-]{0,100}+[\"']?kind[\"']?[ \\t]{0,20}+:[ \\t]{0,20}+[\"']?Secret[\"']?"
              + "[ \\t\\r]{0,20}+(?m:$|[,}])",
          "kind"),
      // Addresses as Go's database drivers take them.
      Spelling.of("(?<![^\\s/:@])[^\\s/:@]++:[^\\s/:@]++@(?:tcp|unix)\\(", "@tcp(", "@unix("),
      // What goes into a header.
      Spelling.of("(?:Basic|Bearer) (?=\\S{0,1000}[\\d=])[\\w+/.~-]{8}", "basic ", "bearer "),
      // Options of clients that are known to take a password there.
      Spelling.of(
          "(?:mysql|mariadb|sshpass|mongo|login)\\S{0,40} " + OTHERS + "-p *[\"']?[^\\s\"'$-]",
          "mysql",
          "mariadb",
          "sshpass",
          "mongo",
          "login"),
      Spelling.of("redis-cli " + OTHERS + "-a +[\"']?[^\\s\"'$-]", "redis-cli"),
      Spelling.of(
          "rabbitmqctl " + OTHERS + "(?:add_user|change_password) \\S{1,100}+ [\"']?[^\\s\"'$-]",
          "rabbitmqctl"),
      // A user with a password, but not the numbers of a user and a group.
      Spelling.of(
          "(?<![\\w-])(?:-u|--user)[ =]{0,5}+[\"']?(?!\\d{1,10}:\\d{1,10}(?:\\s|$))"
              + "[^\\s:/\"'$-][^\\s:/\"']{0,100}+:(?!//)[^\\s\"'$]",
          "-u"));

  /** Tokens that tell by themselves what they are. */
  private static final List<Spelling> TOKENS = List.of(
      Spelling.of("(?<![\\w-])eyJ[\\w-]{10,2000}+\\.[\\w-]{10}", "eyj"),
      Spelling.of(
          "(?<![\\w-])(?:gh[opsur]_|github_pat_|glpat-|xox[abprs]-|npm_|sk-|sk_live_)[\\w-]{16}"
              + "|(?<![\\w-])(?:AKIA|ASIA|AKID|LTAI)[0-9A-Za-z]{12}",
          "gh",
          "glpat-",
          "xox",
          "npm_",
          "sk-",
          "sk_live_",
          "akia",
          "asia",
          "akid",
          "ltai"),
      // Hashes of passwords, as servers keep them in files.
      Spelling.of(
          "\\$(?:apr1|2[aby]|5|6)\\$[\\w./$=,]{10}|\\{SS?HA[\\d-]{0,4}\\}[\\w+/=]{10}",
          "$apr1$",
          "$2a$",
          "$2b$",
          "$2y$",
          "$5$",
          "$6$",
          "{sha",
          "{ssha"),
      // Addresses that let in whoever knows them.
      Spelling.of(
          "hooks\\.slack\\.com/(?:services|workflows)/\\w|[?&]sig=[^\\s&]{8}",
          "hooks.slack", "sig="));

  private SecretSpellings() {}

  /** Tells whether what has this name is likely a secret. */
  static boolean isInName(String name) {
    return !name.isEmpty() && NAME.matcher(name.toUpperCase(Locale.ROOT)).find();
  }

  /** Tells whether a text likely holds a secret, whatever its name. */
  static boolean isInText(String text) {
    if (text.length() < SHORTEST) {
      return false;
    }
    String lower = text.toLowerCase(Locale.ROOT);
    return (hasParts(text) && isAnyIn(PARTED, text, lower))
        || (text.length() >= SHORTEST_TOKEN && isAnyIn(TOKENS, text, lower));
  }

  private static boolean hasParts(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || PARTING.indexOf(c) >= 0) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAnyIn(List<Spelling> spellings, String text, String lower) {
    for (Spelling spelling : spellings) {
      if (spelling.isIn(text, lower)) {
        return true;
      }
    }
    return false;
  }
}

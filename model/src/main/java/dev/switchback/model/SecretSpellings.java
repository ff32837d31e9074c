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
          + "|SIGNING_?KEY|ENCRYPT\\w{0,20}KEY|LICEN[CS]E_?KEY$|PGPASS|REQUIREPASS"
          + "|MASTERAUTH|PRIMARYAUTH"
          + "|SNMP\\w{0,20}COMMUNITY$|密码|口令|密钥|令牌"
          + "|(^|[^A-Z])PASS($|[^A-Z])"
          + "|(^|[^A-Z])(KEY|PSK|AUTH|DSN|PW|NETRC|JWT|SALT|COOKIE|AK|SK)$");

  private static final String WORD =
      "(?i:passw(?:or)?ds?(?:[_.-]?(?:\\d{1,3}|hash))?|pwd|passphrase"
          + "|token|secret(?:[_-]?key(?:[_-]?base)?)?|credentials?|authorization"
          + "|(?:api|access|private|signing|account|pre[_-]?shared|licen[cs]e|encrypt[a-z]{0,20})"
          + "[_-]?key"
          + "|client[_-]key[_-]data|(?<![a-z])psk|requirepass|masterauth|primaryauth|auth[_-]?pass"
          + "|(?:bind|root)_?pw|密码|口令|密钥|令牌)";
  private static final String[] WORD_HINTS = {
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
    "dkey",
    "key-data",
    "key_data",
    "psk",
    "pw",
    "密码",
    "口令",
    "密钥",
    "令牌"
  };
  // Not in front of a blank: proxy_pass http://x.
  private static final String WORD_OR_PASS = "(?:" + WORD + "|(?<![a-zA-Z])(?i:pass|pw(?!==)))";
  // What only points elsewhere, as ${X} does, or was masked before, is no value, nor is null.
  private static final String VALUE =
      "(?!(?i:null|true|false|~)(?:[\\s,;}\\]]|$))[^\\s\\\\\"'({\\[$<,;]";
  private static final String NAMED = "[\\w.-]{0,60}?" + WORD_OR_PASS;
  // Alone on the next line: what has a colon or an equals sign there is another field.
  private static final String BELOW = "\\\\?\\r?\\n[ \\t]{0,100}+(?:-[ \\t]{1,20}+)?(?![-#}]|//)(?:"
      + VALUE + "[^\\s:=]{2,1000}+={0,2}"
      + "|[\"'](?![$\"'])[^\"'\\n]{0,1000}+[\"'][,}\\]]?)[ \\t]{0,20}+\\r?(?m:$)";
  // Other arguments of the same command.
  private static final String OTHERS = "(?:[^\\n|;&]{0,200} )?";
  private static final String QUOTE = "\\\\{0,3}[\"']?";

  /** Spellings of more than one part: what is secret comes behind, or before, something else. */
  private static final List<Spelling> PARTED = List.of(
      Spelling.of(
          "---- ?BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)? ?----|(?m:^)Private-Lines: \\d",
          "---begin ",
          "--- begin ",
          "private-lines"),
      // Addresses with a password; of a web server also with a token in its place.
      Spelling.of(
          "://[^/\\s:@]{0,200}+:[^/\\s@]{1,200}+@|(?i:https?)://[^/\\s:@$]{1,200}+@", "://"),
      // In files password = x, token: x, {"name": "SECRET", "value": "x"}, <password>x</password>,
      // and a line such as requirepass x; in commands --password x; in statements PASSWORD 'x'.
      Spelling.of(
          WORD_OR_PASS + "(?:" + QUOTE + "(?:,?\\s{0,20}+[\"']?(?i:(?:item_|attr_)?value)[\"']?)?"
              + "[ \\t]{0,20}+[:=：][ \\t]{0,20}+"
              + "(?:" + QUOTE + VALUE + "|" + BELOW + ")"
              + "|\"\\s{0,20}+,[^{}]{0,200}?[\"_](?i:value)\"\\s{0,20}+:\\s{0,20}+\"[^\"$])"
              + "|<[\\w.:-]{0,60}?" + WORD_OR_PASS + ">\\s{0,20}+" + VALUE
              + "|(?m:^)[ \\t]{0,100}+[\\w.-]{0,60}?" + WORD + "[ \\t]{1,20}+" + QUOTE + VALUE
              + "\\S{0,1000}+[ \\t]{0,20}+(?m:$)"
              + "|(?<![\\w-])--?[\\w.-]{0,60}?" + WORD_OR_PASS
              + "(?:=|[\"',\\s]{1,20}+(?:-[ \\t]{1,20}+)?)" + QUOTE + "(?!-)" + VALUE
              + "|(?i:password)\\s{1,20}+(?:(?i:for)\\s{1,20}+\\S{1,100}+\\s{1,20}+=\\s{0,20}+)?"
              + "[\"'][^\"'$]",
          WORD_HINTS),
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
      // Names and values that stand in elements or fields of their own.
      Spelling.of(
          "(?i:key|name)=" + QUOTE + NAMED + "[\"']>\\s{0,20}+" + VALUE
              + "|<(?:key|name)>" + NAMED + "</(?:key|name)>\\s{0,20}+<(?:value|string)>\\s{0,20}+"
              + VALUE
              + "|[\"_](?i:value)\"\\s{0,20}+:\\s{0,20}+\"[^\"$][^{}]{0,200}?"
              + "[\"_](?i:name|key)\"\\s{0,20}+:\\s{0,20}+\"" + NAMED + "\""
              + "|value:[ \\t]{1,20}+" + QUOTE + VALUE
              + "[^\\n]{0,1000}+\\n[ \\t]{1,100}+name:[ \\t]{1,20}+"
              + "[\"']?" + NAMED + "[\"']?[ \\t]{0,20}+\\r?(?m:$)",
          "key=",
          "name=",
          "<key>",
          "<name>",
          "value\"",
          "value:"),
      // What is given to a variable that is secret by its name.
      Spelling.of(
          "(?<![\\w-])(?:[A-Z0-9_]{1,60}_(?:KEY|AUTH|DSN|PW|JWT|SALT|COOKIE|AK|SK)|JWT|DSN)"
              + QUOTE
              + "[ \\t]{0,20}+[:=][ \\t]{0,20}+" + QUOTE + VALUE,
          "_key",
          "_auth",
          "dsn",
          "_pw",
          "jwt",
          "_salt",
          "_cookie",
          "_ak",
          "_sk"),
      // Addresses as Go's and Oracle's database drivers take them.
      Spelling.of(
          "(?<![^\\s/:@])[^\\s/:@]++:[^\\s/:@]++@(?:tcp|unix)\\("
              + "|jdbc:oracle:\\w{1,20}+:[^\\s/:@]{1,200}+/[^\\s/@]{1,200}+@",
          "@tcp(",
          "@unix(",
          "jdbc:oracle:"),
      // What goes into a header.
      Spelling.of("(?:Basic|Bearer) (?=\\S{0,1000}[\\d=])[\\w+/.~-]{8}", "basic ", "bearer "),
      // Options of clients that are known to take a password there.
      Spelling.of(
          "(?:mysql|mariadb|sshpass|mongo|cqlsh|login)\\S{0,40} " + OTHERS
              + "-p *[\"']?[^\\s\"'$-]",
          "mysql",
          "mariadb",
          "sshpass",
          "mongo",
          "cqlsh",
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

  /** Lines of the files of known programs, for which no word says what is secret. */
  private static final List<Spelling> LINES = List.of(
      // .pgpass: host:port:database:user:password. Other lists with colons have other ports.
      Spelling.of(
          "(?<![^\\s\"'])(?:[\\w.*/-]{1,253}+|\\[[0-9a-fA-F:.]{2,45}+\\]):(?:\\*|\\d?[56]43\\d)"
              + ":[^\\s:\"']{1,63}+:(?!\\d{1,63}+:)[^\\s:\"']{1,63}+:(?:\\\\.|[^\\s\\\\\"'$:(*{<])"
              + "(?:\\\\.|[^\\s\\\\\"':]){0,200}+(?![^\\s\"'])",
          ":*:",
          "543",
          "643"),
      // .netrc
      Spelling.of(
          "(?m:^)[ \\t]{0,20}+(?:machine\\s{1,20}+\\S{1,253}+|default)\\s{1,20}+login\\s{1,20}+"
              + "\\S{1,200}+\\s{1,20}+password\\s{1,20}+" + QUOTE + VALUE,
          "login"),
      // SNMP
      Spelling.of(
          "(?m:^)[ \\t]{0,20}+(?:snmp-server[ \\t]{1,20}+|r[ow])?community6?"
              + "(?:[ \\t]{1,20}+|[ \\t]{0,20}+[:=][ \\t]{0,20}+)" + QUOTE
              + "(?!(?:edition|version|server|support|https?:))" + VALUE
              + "[^\\s:;,]{0,200}+(?<![.!?])"
              + "(?:[ \\t]{1,20}+(?i:r[ow]|default|[\\d.:/]{1,50}+))?;?[ \\t]{0,20}+\\r?(?m:$)"
              + "|(?m:^)[ \\t]{0,20}+com2sec6?[ \\t]{1,20}+\\S{1,200}+[ \\t]{1,20}+\\S",
          "community",
          "com2sec"),
      // ipsec.secrets
      Spelling.of(":[ \\t]{0,20}+PSK[ \\t]{1,20}+" + QUOTE + VALUE, "psk"),
      // npm
      Spelling.of("(?<![a-zA-Z\\d])_auth[ \\t]{0,20}+=[ \\t]{0,20}+" + QUOTE + VALUE, "_auth"),
      // Docker, in YAML
      Spelling.of(
          "(?m:^)[ \\t]{1,100}+auth:[ \\t]{1,20}+[\"']?(?=\\S{0,200}\\d)(?=\\S{0,200}[A-Z])"
              + "[A-Za-z0-9+/]{12,1000}+={0,2}(?![^\\s\"'])",
          "auth:"),
      // Redis and Sentinel: what is set, access lists
      Spelling.of(
          "(?i:set)[ \\t]{1,20}+requirepass[ \\t]{1,20}+" + QUOTE + VALUE
              + "|auth-pass[ \\t]{1,20}+\\S{1,200}+[ \\t]{1,20}+" + QUOTE + VALUE
              + "|(?m:^)[ \\t]{0,20}+user[ \\t]{1,20}+\\S{1,200}+[ \\t]{1,20}+(?:on|off)[ \\t]"
              + "(?:[^\\n]{0,500}[ \\t])?>[^\\s>]",
          "requirepass",
          "auth-pass",
          "user"),
      // HAProxy
      Spelling.of(
          "stats[ \\t]{1,20}+auth[ \\t]{1,20}+[^\\s:]{1,200}+:[^\\s$]"
              + "|(?m:^)[ \\t]{0,20}+user[ \\t]{1,20}+\\S{1,200}+[ \\t]{1,20}+"
              + "(?:insecure-)?password[ \\t]{1,20}+" + QUOTE + VALUE,
          "auth",
          "password"),
      // Headers that a web server sets
      Spelling.of(
          "_header[ \\t]{1,20}+[\"']?[\\w-]{0,60}?" + WORD + "[\"']?[ \\t]{1,20}+" + QUOTE + VALUE,
          "_header"));

  /** Calls of clients that are known to take a password. */
  private static final List<Spelling> CALLS = List.of(
      Spelling.of(
          "ldap(?:search|modify|add|delete|passwd|whoami)[ \\t]" + OTHERS + "-w *[\"']?[^\\s\"'$-]",
          "ldap"),
      Spelling.of(
          "mc (?:alias set|config host add)(?: [^\\s$]{1,200}+){3} [\"']?[^\\s\"'$-]",
          "alias set", "host add"),
      Spelling.of(
          "htpasswd " + OTHERS + "-\\w{0,5}b\\w{0,5} (?:\\S{1,200}+ ){1,2}[\"']?[^\\s\"'$-]",
          "htpasswd"),
      Spelling.of(
          "(?:^|[\\s\"'])[^\\s:\"']{1,100}+:[^\\s\"'$]{1,100}+[\"']?\\s{0,20}+\\|\\s{0,20}+"
              + "(?:sudo )?chpasswd",
          "chpasswd"));

  /** Tokens that tell by themselves what they are. */
  private static final List<Spelling> TOKENS = List.of(
      Spelling.of("(?<![\\w-])eyJ[\\w-]{10,2000}+\\.[\\w-]{10}", "eyj"),
      Spelling.of(
          "(?<![\\w-])(?:gh[opsur]_|github_pat_|glpat-|xox[abprs]-|xapp-|npm_|sk-"
              + "|[rs]k_(?:live|test)_|dop_v1_|pypi-AgE|hvs\\.|AIza|AGE-SECRET-KEY-1)[\\w-]{16}"
              + "|(?<![\\w-])(?:AKIA|ASIA|AKID|LTAI)[0-9A-Za-z]{12}",
          "gh",
          "glpat-",
          "xox",
          "xapp-",
          "npm_",
          "pypi-",
          "sk-",
          "k_live_",
          "k_test_",
          "dop_v1_",
          "hvs.",
          "aiza",
          "age-secret",
          "akia",
          "asia",
          "akid",
          "ltai"),
      // Private keys in Base64, as manifests and kubeconfigs hold them.
      Spelling.of("LS0tLS1CRUdJTi(?:BSU0Eg|BQUklW|BFQyBQ|BPUEVO|BFTkNS|BEU0Eg)", "ls0tls1crudjti"),
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
          "hooks\\.slack\\.com/(?:services|workflows)/\\w|discord(?:app)?\\.com/api/webhooks/\\d"
              + "|webhook/send\\?key=\\w|[?&](?i:sig|x-amz-signature)=[^\\s&]{8}",
          "hooks.slack", "api/webhooks/", "webhook/send", "sig=", "signature="));

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
    return (hasParts(text)
            && (isAnyIn(PARTED, text, lower)
                || isAnyIn(LINES, text, lower)
                || isAnyIn(CALLS, text, lower)))
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

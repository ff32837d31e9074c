// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import java.util.BitSet;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds host names in a text and puts others in their place, all at once.
 *
 * <p>A name is taken for a host only where a host can stand, since {@code mysql} is also a kind of
 * database and the name of an image: behind {@code //}, behind a user and his password, before one of
 * the ports it is reached under, before {@code .namespace.svc}, behind a word such as {@code host=} or
 * {@code server:}, and in an item whose own name says so, such as {@code DB_HOST}. Where it stands
 * otherwise it stays, and is reported. Case counts.
 */
final class HostText {

  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]*");
  private static final Pattern HOST_ITEM = Pattern.compile(
      "(?i)(^|[^a-z])(host|hosts|hostname|addr|address|addresses|server|servers|endpoint|nodes)$");
  private static final Pattern USER = Pattern.compile("[:/][^\\s@/]*@$");
  private static final Pattern ASSIGNED =
      Pattern.compile("(?i)(host|hosts|hostname|addr|address|server|servers|endpoint)"
          + "[\"']?\\s{0,16}(?:=>|[:=,>])\\s{0,16}[\"']?$|(^|\\s)(--[a-z-]*host|-h)[ =]$");
  private static final Pattern IN_CLUSTER = Pattern.compile("\\.[a-z0-9-]+\\.svc(?![A-Za-z0-9_-])");
  private static final Pattern PORT = Pattern.compile(":(\\d{1,5})(?![A-Za-z0-9_.-])");
  private static final int LOOK_BACK = 64;
  private static final int HASHES = 1 << 16;

  private final SortedMap<String, String> names;
  private final Map<String, Set<Integer>> ports;

  /** The last bits of the hashes of all names, which nearly no other word has. */
  private final BitSet hashes = new BitSet(HASHES);

  /**
   * Prepares for a set of names.
   *
   * @param names each name and what it becomes
   * @param ports the ports that each name is reached under
   */
  HostText(SortedMap<String, String> names, Map<String, Set<Integer>> ports) {
    this.names = names;
    this.ports = ports;
    names.keySet().forEach(name -> hashes.set(name.hashCode() & (HASHES - 1)));
  }

  /** The text with other names, the names that were replaced, and those that stand there still. */
  record Result(String text, Set<String> replaced, Set<String> left) {}

  /**
   * Replaces the names in a text.
   *
   * @param item the key of the item that the text is the value of
   */
  Result replace(String item, String text) {
    return mayName(text)
        ? replaceWords(item, text)
        : new Result(text, Collections.emptySet(), Collections.emptySet());
  }

  /** Tells quickly whether a name may be among the words of a text; most texts have none. */
  private boolean mayName(String text) {
    boolean inWord = false;
    int hash = 0; // of the word so far, as of a string
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isAlphanumeric(c) || (inWord && (c == '-' || c == '_'))) {
        hash = inWord ? 31 * hash + c : c;
        inWord = true;
      } else {
        if (inWord && isOfName(hash)) {
          return true;
        }
        inWord = false;
      }
    }
    return inWord && isOfName(hash);
  }

  private boolean isOfName(int hash) {
    return hashes.get(hash & (HASHES - 1));
  }

  private static boolean isAlphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  private Result replaceWords(String item, String text) {
    boolean hostItem = HOST_ITEM.matcher(item).find();
    TreeSet<String> replaced = new TreeSet<>();
    TreeSet<String> left = new TreeSet<>();
    StringBuilder result = new StringBuilder();
    int copied = 0;
    Matcher word = WORD.matcher(text);
    while (word.find()) {
      String here = names.get(word.group());
      if (here == null || !isWhole(text, word.start())) {
        continue;
      }
      if (isHost(hostItem, text, word)) {
        result.append(text, copied, word.start()).append(here);
        copied = word.end();
        replaced.add(word.group());
      } else {
        left.add(word.group());
      }
    }
    return copied == 0
        ? new Result(text, Collections.emptySet(), left)
        : new Result(result.append(text, copied, text.length()).toString(), replaced, left);
  }

  /** Tells whether no other name ends where the word begins. */
  private static boolean isWhole(String text, int start) {
    return start == 0 || "._-".indexOf(text.charAt(start - 1)) < 0;
  }

  private boolean isHost(boolean hostItem, String text, Matcher word) {
    int start = word.start();
    int end = word.end();
    if (IN_CLUSTER.matcher(text).region(end, text.length()).lookingAt()) {
      return true;
    }
    if (end + 1 < text.length()
        && text.charAt(end) == '.'
        && Character.isLetterOrDigit(text.charAt(end + 1))) {
      return false; // the host of somebody else, of which this is the first label
    }
    CharSequence before = text.subSequence(Math.max(0, start - LOOK_BACK), start);
    return before.toString().endsWith("//")
        || USER.matcher(before).find()
        || ASSIGNED.matcher(before).find()
        || isBeforePort(text, word)
        || (hostItem && standsAlone(text, start, end));
  }

  private boolean isBeforePort(String text, Matcher word) {
    int start = word.start();
    Matcher port = PORT.matcher(text).region(word.end(), text.length());
    return (start == 0 || text.charAt(start - 1) != '/')
        && port.lookingAt()
        && ports.getOrDefault(word.group(), Set.of()).contains(Integer.valueOf(port.group(1)));
  }

  /** Tells whether the word is an entry of its own in a list of hosts. */
  private static boolean standsAlone(String text, int start, int end) {
    return (start == 0 || ",; \"'[".indexOf(text.charAt(start - 1)) >= 0)
        && (end == text.length() || ",;: \"']\n".indexOf(text.charAt(end)) >= 0);
  }
}

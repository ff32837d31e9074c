// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.arbitraries;

import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Digest;
import dev.switchback.model.RecordId;
import dev.switchback.model.Setting;
import dev.switchback.model.TemplateId;
import dev.switchback.model.Version;
import dev.switchback.model.VersionRef;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Image;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Draws small values from one seed: the same seed, the same values. Pools are small, so that two
 * draws often meet and become an edit instead of an addition.
 */
final class Dice {

  /** What canonical JSON can hold as a number without loss. */
  private static final long MAX_EXACT = (1L << 53) - 1;

  private static final List<String> NAMES = List.of(
      "A",
      "PORT",
      "DB_HOST",
      "DB_PASSWORD",
      "JAVA_OPTS",
      "log.level",
      "名前",
      "ключ",
      "with space",
      "quote\"d",
      "naïve-🚀");

  private static final List<String> TEXTS = List.of(
      "",
      "",
      "0",
      "1",
      "true",
      "null",
      "nginx",
      "value",
      "two words",
      " padded ",
      "a=b;c",
      "line one\nline two\n",
      "tab\tand\\slash/",
      "\"quoted\" 'single'",
      "${ENV} $(cmd) {{tpl}}",
      "数据库",
      "Привет",
      "🚀 up",
      "e\u0301",
      "\u2028\u2029",
      "\u0001\u001f\u007f",
      "<b>&amp;</b>",
      "https://example.org/path?q=1",
      "postgres://user:hunter2@db/app",
      "**None**");

  private static final List<String> VERSIONS = List.of(
      "1.0",
      "v1.0",
      "1.0.0",
      "1.0.1",
      "1.1",
      "1.9",
      "1.10",
      "2.0",
      "v2.0",
      "2.0-rc1",
      "2.0-rc2",
      "2.0.0-SNAPSHOT",
      "3",
      "5.14.2-release",
      "2024-05-01",
      "20240501",
      "1.0.0+build.7",
      "latest",
      "1.0-alpine",
      "1.0-p1",
      "版本1.0",
      "k8s-1.20",
      "99999999999999999999.0");

  private static final List<String> KEYS = List.of(
      "web",
      "api",
      "db",
      "cache",
      "worker",
      "0f3a9c5d7e1b4826a0c4e8f2b6d09173",
      "Web",
      "組件-1",
      "a key with spaces",
      "node:1/x");

  private final SplittableRandom random;

  Dice(int seed) {
    this.random = new SplittableRandom(seed);
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  /** Answers true one time in {@code times}. */
  boolean oneIn(int times) {
    return random.nextInt(times) == 0;
  }

  boolean flip() {
    return random.nextBoolean();
  }

  <T> T pick(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  String word(String... values) {
    return values[random.nextInt(values.length)];
  }

  <E extends Enum<E>> E pick(Class<E> type) {
    E[] constants = type.getEnumConstants();
    return constants[random.nextInt(constants.length)];
  }

  <T> @Nullable T maybe(Supplier<T> value) {
    return flip() ? value.get() : null;
  }

  /** Any text: often empty, seldom large. */
  String text() {
    if (oneIn(40)) {
      return ("large " + hex(4) + " 文").repeat(300);
    }
    return oneIn(4) ? pick(TEXTS) + hex(2) : pick(TEXTS);
  }

  /** A name from a small pool, never empty. */
  String name() {
    return pick(NAMES);
  }

  String path() {
    return word("/data", "/etc/app.conf", "/var/lib/数据", "/data/sub dir", "/");
  }

  String hex(int bytes) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < bytes; i++) {
      text.append(String.format("%02x", random.nextInt(256)));
    }
    return text.toString();
  }

  Setting setting() {
    return switch (below(8)) {
      case 0 -> Setting.secret("hunter2-" + hex(2));
      case 1 -> Setting.secret(text());
      case 2 -> Setting.generated(word("", "", "db", "群"));
      default -> Setting.plain(text());
    };
  }

  /** Text that is one canonical JSON value. */
  Setting json() {
    String text = word(
        "null",
        "true",
        "0",
        "-1.5",
        "\"text\"",
        "[]",
        "[1,2,[3]]",
        "{}",
        "{\"a\":1,\"b\":[null]}",
        "{\"名\":\"🚀\",\"深\":{\"x\":{\"y\":{}}}}");
    return oneIn(6) ? Setting.secret(text) : Setting.plain(text);
  }

  /** Zero, which mostly means "not stated", or anything up to the greatest. */
  int number() {
    return switch (below(8)) {
      case 0, 1 -> 0;
      case 2 -> 1;
      case 3 -> Integer.MAX_VALUE;
      default -> below(5000);
    };
  }

  @Nullable
  Integer numberOrNone() {
    return maybe(this::number);
  }

  int port() {
    return pick(List.of(1, 53, 80, 443, 3306, 8080, 65_535));
  }

  /** A count that may be as large as canonical JSON allows. */
  long count() {
    return oneIn(10) ? MAX_EXACT : random.nextInt(100_000);
  }

  Instant instant() {
    long second = random.nextLong(0, 4_102_444_800L);
    return switch (below(3)) {
      case 0 -> Instant.ofEpochSecond(second);
      case 1 -> Instant.ofEpochSecond(second, below(1000) * 1_000_000L);
      default -> Instant.ofEpochSecond(second, below(1_000_000_000));
    };
  }

  Digest digest() {
    return new Digest(hex(32));
  }

  Image image() {
    String reference = word(
        "",
        "nginx:1.11",
        "nginx:1.12",
        "mysql:8.0.36",
        "registry.example.org:5000/team/app:2.0",
        "busybox@sha256:" + "ab".repeat(32),
        "公司/应用:最新");
    return new Image(reference, oneIn(3) ? digest() : null, word("", "", "20240501120000", hex(4)));
  }

  String versionText() {
    return oneIn(5) ? below(20) + "." + below(20) + "." + below(20) : pick(VERSIONS);
  }

  AppId appId() {
    return new AppId(oneIn(4) ? "a" + hex(8) : word("shop", "Shop", "0", "erp.prod", "a_b-c.D"));
  }

  ComponentKey key() {
    return new ComponentKey(oneIn(5) ? hex(16) : pick(KEYS));
  }

  /** Usually the key of a component that {@code spec} has; if it has none, or rarely, another. */
  ComponentKey keyOf(AppSpec spec) {
    if (spec.components().isEmpty() || oneIn(12)) {
      return new ComponentKey(word("gone", "elsewhere"));
    }
    return spec.components().get(below(spec.components().size())).id();
  }

  RecordId recordId() {
    return new RecordId(oneIn(8) ? "記録 " + hex(4) : hex(8) + "-" + hex(4));
  }

  VersionRef versionRef() {
    String template = word("shop", "Shop", "模板", "a@b", "0f3a9c5d7e1b4826", "with space");
    return new VersionRef(new TemplateId(template), Version.parse(versionText()));
  }
}

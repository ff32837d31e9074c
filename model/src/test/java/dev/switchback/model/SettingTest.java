// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingTest {

  @Test
  void toString_ofSecret_hidesTheText() {
    Setting secret = Setting.secret("hunter2");

    assertThat(secret).hasToString("(secret)");
    assertThat(secret.reveal()).isEqualTo("hunter2");
    assertThat(secret.isSecret()).isTrue();
  }

  @Test
  void toString_ofPlainText_isTheText() {
    assertThat(Setting.plain("nginx")).hasToString("nginx");
    assertThat(Setting.plain("nginx").isSecret()).isFalse();
  }

  @Test
  void secret_ofNothing_isNoSecret() {
    assertThat(Setting.secret("")).isEqualTo(Setting.plain(""));
  }

  @Test
  void equality_isOfTextAndKind() {
    assertThat(Setting.plain("a")).isEqualTo(Setting.plain("a"));
    assertThat(Setting.plain("a")).isNotEqualTo(Setting.secret("a"));
    assertThat(Setting.plain("a")).isNotEqualTo(Setting.plain("b"));
    assertThat(Setting.plain("**None**")).isNotEqualTo(Setting.generated(""));
  }

  @Test
  void generated_withAndWithoutGroup_isAMark() {
    Setting alone = Setting.generated("");
    Setting grouped = Setting.generated("db");

    assertThat(alone.reveal()).isEqualTo("**None**");
    assertThat(alone.generatorGroup()).isEmpty();
    assertThat(grouped.reveal()).isEqualTo("**None:db**");
    assertThat(grouped.generatorGroup()).contains("db");
    assertThat(grouped.isGenerated()).isTrue();
    assertThat(grouped).hasToString("(generated)");
  }

  @Test
  void named_ofMark_asksForAValue() {
    assertThat(Setting.named("DB_PASSWORD", "**None**")).isEqualTo(Setting.generated(""));
    assertThat(Setting.named("x", "**None:db**")).isEqualTo(Setting.generated("db"));
    assertThat(Setting.named("x", "**None:**")).isEqualTo(Setting.generated(""));
    assertThat(Setting.named("x", "see **None**").isGenerated()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PASSWORD",
        "MYSQL_ROOT_PASSWORD",
        "db_passwd",
        "redisPwd",
        "SECRET",
        "CLIENT_SECRET",
        "AUTH_TOKEN",
        "AWS_ACCESS_KEY",
        "API_KEY",
        "apiKey",
        "PRIVATE_KEY",
        "DB_PASS",
        "PASS",
        "credential",
        "SIGNING_KEY",
        "ENCRYPTION_KEY",
        "passphrase",
        "KEY",
        "AUTH",
        "redis_auth",
        "DSN",
        "DB_PW",
        "PGPASSFILE",
        "/root/.pgpass",
        "/etc/nginx/.htpasswd",
        "/root/.netrc",
        "JWT",
        "AUTH_SALT",
        "ERLANG_COOKIE",
        "requirepass",
        "OSS_SK",
        "root密码"
      })
  void named_ofSecretName_isSecret(String name) {
    assertThat(Setting.named(name, "value").isSecret()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "PORT",
        "DB_HOST",
        "MONKEY_NAME",
        "COMPASS_URL",
        "BYPASSED",
        "LANG",
        "AUTHOR",
        "OAUTH",
        "RPW",
        "DISK",
        "BASALT",
        "COOKIE_DOMAIN"
      })
  void named_ofOtherName_isPlain(String name) {
    assertThat(Setting.named(name, "value").isSecret()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgres://user:hunter2@db/app",
        "-----BEGIN RSA PRIVATE KEY-----\nMII",
        "-----BEGIN PRIVATE KEY-----",
        "user=app\npassword = hunter2\n",
        "kind: ConfigMap\ndata:\n  db-token: hunter2\n",
        "{\"apiKey\":\"hunter2\"}",
        "[{\"name\":\"DB_PASSWORD\",\"value\":\"hunter2\"}]",
        "- name: DB_PASSWORD\n  value: hunter2\n",
        "run --password=hunter2",
        "Authorization: Bearer hunter2",
        "root:hunter2@tcp(db:3306)/shop",
        "root:hunter2@unix(/run/mysqld.sock)/shop",
        "Basic aGVsbG86aHVudGVyMg==",
        "Bearer eyJhbGciOiJIUzI1NiJ9.e30.x",
        "mysqladmin -uroot -phunter2 ping",
        "mysqldump -h db -p'hunter2' shop",
        "until mysql -u root -p\"hunter2\" -e 'select 1'; do :; done",
        "sshpass -p hunter2 ssh host",
        "redis-cli -h cache -a hunter2 ping",
        "redis-server --requirepass hunter2",
        "redis-server --requirepass=hunter2",
        "[\"redis-server\",\"--requirepass\",\"hunter2\"]",
        "[\"redis-server\", \"--requirepass\", \"hunter2\"]",
        "args:\n- --db-pass\n- hunter2\n",
        "port 6379\nrequirepass hunter2\nappendonly yes\n",
        "masterauth \"hunter2\"",
        "ldap_bindpw hunter2\r\n",
        "run --password hunter2",
        "run -password 'hunter2'",
        "run --token hunter2",
        "minio server --secret-key hunter2",
        "minio server --secret-key=hunter2",
        "secretKey: hunter2",
        "curl -u admin:hunter2 http://web",
        "curl -uadmin:hunter2 http://web",
        "etcdctl --user=root:hunter2 get",
        "mongo -u root -p hunter2",
        "mongodump --uri x -p 'hunter2'",
        "docker login -u me -p hunter2 registry",
        "rabbitmqctl -q add_user me hunter2",
        "<password>hunter2</password>",
        "<db.password> hunter2 </db.password>",
        "<property name=\"password\" value=\"hunter2\"/>",
        "CREATE USER 'me'@'%' IDENTIFIED BY 'hunter2'",
        "ALTER USER me IDENTIFIED WITH mysql_native_password BY 'hunter2'",
        "CREATE USER me PASSWORD 'hunter2'",
        "SET PASSWORD FOR root = 'hunter2'",
        "{\"auths\": {\"registry\": {\"auth\": \"bWU6aHVudGVyMg==\"}}}",
        "{\\\"token\\\": \\\"hunter2\\\"}",
        "git clone https://hunter2@github.com/me/it",
        "https://hunter2@sentry.example.org/1",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.x",
        "ghp_abcdefghijklmnopqrstuvwxyz0123456789",
        "AKIAIOSFODNN7EXAMPLE",
        "密码=hunter2",
        "密码：hunter2",
        "redis://:hunter2@cache:6379",
        "mail:\n  pass: hunter2\n",
        "smtp_pass = hunter2",
        "{\"user\": \"me\", \"pass\": \"hunter2\"}",
        "secret_key_base: hunter2",
        "encryption_key: hunter2",
        "encryptionKey: hunter2",
        "signing-key: hunter2",
        "DefaultEndpointsProtocol=https;AccountKey=hunter2;",
        "bind_pw hunter2",
        "define('DB_PASSWORD', 'hunter2');",
        "define( \"LOGGED_IN_SALT\", \"hunter2\" );",
        "[{\"item_key\":\"TOKEN\",\"item_value\":\"hunter2\"}]",
        "apiVersion: v1\nkind: Secret\ndata:\n  a: aHVudGVyMg==\n",
        "{\"kind\":\"Secret\",\"data\":{\"a\":\"aHVudGVyMg==\"}}",
        "admin:$apr1$abcdefgh$abcdefghijklmnopqrstu.",
        "admin:$2y$05$abcdefghijklmnopqrstuu",
        "admin:{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=",
        "https://hooks.slack.com/services/T0/B0/abc",
        "https://store.example.org/x?sv=1&sig=abcdefgh12"
      })
  void named_ofSecretText_isSecret(String text) {
    assertThat(Setting.named("", text).isSecret()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.org/a:b@c",
        "nginx:1.25",
        "user@example.org",
        "",
        "password=${DB_PASSWORD}",
        "PASSWORD=(secret)",
        "secretName: tls",
        "passwordless=yes",
        "Basic authentication is on",
        "mysqladmin -uroot ping",
        "mysqladmin -uroot -p$MYSQL_ROOT_PASSWORD ping",
        "mysqladmin -uroot -p\"${MYSQL_ROOT_PASSWORD}\" ping",
        "mysql --protocol tcp -P 3306",
        "redis-cli -h cache -a $REDIS ping",
        "mkdir -p /data/mysql && cp -p a b",
        "mail root@tcp(25)",
        "redis-server --requirepass $REDIS_PASSWORD",
        "redis-server --requirepass \"${REDIS_PASSWORD}\"",
        "run --password-file /run/x --verbose",
        "docker login -u me --password-stdin",
        "run --token --verbose",
        "token-service run",
        "Your password has to be long",
        "run --bypass 5",
        "docker run -u 1000:1000 nginx",
        "npm -u http://registry",
        "<password>${DB_PASSWORD}</password>",
        "IDENTIFIED BY '${DB_PASSWORD}'",
        "auth: basic",
        "ssh://git@example.org/it",
        "https://${USER}@example.org",
        "disk-scheduler-with-a-long-name",
        "monkey business as usual",
        "proxy_pass http://api:8080;",
        "bypass: 5",
        "compass=north",
        "primary_key: id",
        "- key: disk\n  operator: Exists\n",
        "kind: SecretStore",
        "kind: ConfigMap\ndata:\n  a: b\n",
        "http://:8080/",
        "define('WP_DEBUG', 'true');",
        "echo $5$6",
        "run 'a' pass b"
      })
  void named_ofOtherText_isPlain(String text) {
    assertThat(Setting.named("URL", text).isSecret()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-",
        " -",
        " -a",
        " --x-",
        "password ",
        "password\n",
        "<password>",
        "<a",
        "--password ",
        "-u ",
        "-u a",
        "-u 1:",
        "mysql ",
        "mysql -x ",
        "a:",
        "a:b@",
        "://",
        "://a:",
        "https://a",
        "eyJa",
        "eyJ.",
        "Basic ",
        "Bearer a",
        "identified with ",
        "\"auth\" ",
        "secret\\\\\\",
        "password for ",
        "define(",
        "define('a",
        "kind",
        "kind :",
        "$5$",
        "{ssha",
        "&sig=",
        " ",
        "\n"
      })
  @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void named_ofTextMadeToTakeLong_takesNoLonger(String part) {
    String hints =
        "passkey mysql login redis-cli rabbitmqctl identified \"auth @tcp( eyj basic bearer -u "
            + "define( kind $5$ {sha hooks.slack sig= ";
    assertThat(Setting.named("", hints).isSecret()).isFalse();

    Setting.named("", hints + part.repeat(200_000 / part.length()));
  }
}

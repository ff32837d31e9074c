// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets in the files and commands of known programs, beyond what {@link SettingTest} names. */
final class SecretSpellingsTest {

  @ParameterizedTest
  @ValueSource(strings = {"LICENSE_KEY", "licenceKey", "WIFI_PSK", "SNMP_COMMUNITY", "primaryauth"})
  void isInName_ofSecret_isTrue(String name) {
    assertThat(SecretSpellings.isInName(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"LICENSE", "LICENSE_KEY_FILE", "COMMUNITY", "UPSKILL", "PSKOV"})
  void isInName_ofOther_isFalse(String name) {
    assertThat(SecretSpellings.isInName(name)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // .pgpass and .netrc
        "db:5432:shop:app:hunter2",
        "# host:port:database:user:password\ndb:5432:shop:app:hunter2\n",
        "*:*:*:app:hunter2",
        "[::1]:6432:*:app:hun\\:ter2",
        "echo \"db:15432:*:app:hunter2\" > ~/.pgpass",
        "machine api.example.org login me password hunter2",
        "default\n  login me\n  password hunter2\n",
        // SNMP
        "community hunter2",
        "community: hunter2",
        "snmp-server community hunter2 ro",
        "rocommunity hunter2 10.0.0.0/8",
        "com2sec readonly default hunter2",
        // Keys of networks and licences
        "psk=hunter2",
        "network={\n  ssid=\"x\"\n  psk=\"hunter2\"\n}",
        "wpa_psk: hunter2",
        "pre-shared-key = hunter2",
        "10.0.0.1 10.0.0.2 : PSK \"hunter2\"",
        "license_key=hunter2",
        "licenceKey: hunter2",
        // On the line below
        "password:\n  hunter2",
        "password: \r\n    hunter2\r\nport: 5",
        "{\"password\":\n\"hunter2\"}",
        "token =\n  hunter2==\n",
        "passwords:\n- hunter2\n",
        "psk = \\\n  hunter2",
        // Names and values apart
        "<entry key=\"password\">hunter2</entry>",
        "<name>db.password</name>\n  <value>hunter2</value>",
        "<key>password</key><string>hunter2</string>",
        "{\"name\":\"DB_PASSWORD\",\"type\":\"string\",\"value\":\"hunter2\"}",
        "{\"attr_value\": \"hunter2\", \"attr_name\": \"DB_PASSWORD\"}",
        "- value: hunter2\n  name: DB_PASSWORD\n",
        "password1=hunter2",
        "password_hash: hunter2",
        "db_pw=hunter2",
        "REDIS_AUTH=hunter2\n",
        "docker run -e APP_KEY=base64:hunter2 x",
        "{\"SESSION_SALT\": \"hunter2\"}",
        // Private keys
        "-----BEGIN PGP PRIVATE KEY BLOCK-----",
        "---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----",
        "PuTTY-User-Key-File-2: ssh-rsa\nPrivate-Lines: 14\nAAAA",
        "AGE-SECRET-KEY-1QQQQQQQQQQQQQQQQQQQQ",
        "client-key-data: aHVudGVyMg==",
        "tls.key: LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBLRVktLS0tLQo=",
        // Files of programs
        "jdbc:oracle:thin:scott/hunter2@//db:1521/orcl",
        "auths:\n  registry:\n    auth: bWU6aHVudGVyMg==",
        "//registry/:_auth=aHVudGVyMg==",
        "set requirepass hunter2",
        "sentinel auth-pass main hunter2",
        "user app on >hunter2 ~app:* +@all",
        "    auth_pass hunter2",
        "rootpw hunter2",
        "  stats auth admin:hunter2",
        "  user admin insecure-password hunter2",
        "proxy_set_header X-Api-Key \"hunter2\";",
        // Calls
        "ldapsearch -x -D cn=admin -w hunter2",
        "mc alias set m http://h:9000 admin hunter2",
        "htpasswd -nb me hunter2",
        "echo 'me:hunter2' | chpasswd",
        "cqlsh -u me -p hunter2",
        // Tokens
        "sk_test_abcdefghijklmnop",
        "AIzaSyA1234567890abcdef",
        "https://discord.com/api/webhooks/1/x",
        "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=x",
        "https://store.example.org/x?X-Amz-Signature=abcdef01"
      })
  void isInText_ofSecret_isTrue(String text) {
    assertThat(SecretSpellings.isInText(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nginx@sha256:5f4dcc3b5aa765d61d8327deb882cf995f4dcc3b5aa765d61d8327deb882cf99",
        "registry.example.org:5000/team/app:1.2.3",
        "d9f67e6aa1f9e5b2b2b35d9d9f67e6aa1f9e5b2b",
        "550e8400-e29b-41d4-a716-446655440000",
        "\"integrity\": \"sha512-3oSeUO0TMV67hN1AmbXsK4yaqU7tjiHlbxRDZOpH0KW9/Pw==\",",
        "https://example.org:8443/path?a=b&key=c",
        "postgres://db:5432/shop",
        "jdbc:oracle:thin:@//db:1521/orcl",
        "jdbc:mysql://db:3306/shop?useSSL=false",
        "2001:db8:85a3:0:0:8a2e:370:7334",
        "root:x:0:0:root:/root:/bin/bash",
        "arn:aws:iam::123456789012:role/x",
        "0.0.0.0:53:udp:dns:a",
        "frontend:80:backend:8080:tcp",
        "5432:5432:5432:5432:5432",
        "*:5432:*:app:$PASSWORD",
        "community edition",
        "edition: community",
        "community: https://example.org",
        "community = true",
        "The community has decided",
        "community includes:",
        "license: Apache-2.0",
        "license_key_file: /etc/license",
        "license_key=${LICENSE_KEY}",
        "psk_file=/etc/psk",
        "key_mgmt=WPA-PSK",
        "password:\n",
        "password:\nport: 5",
        "password:\n  secretKeyRef:\n    name: a\n",
        "password:\n  # set below\nuser: a",
        "password:\n  {{ .Values.password }}",
        "password:\n  ${PASSWORD}",
        "password:\n  - name: a",
        "{\"password\":\n}",
        "passphrase:\n`",
        "password:\n\n\nnext\n",
        "\"password\": null",
        "password: ~",
        "automountServiceAccountToken: false",
        "- value: a\n- name: DB_PASSWORD\n",
        "{\"value\": \"a\"}, {\"name\": \"DB_PASSWORD\"}",
        "--label KEY=VALUE",
        "primary_key=id",
        "-----BEGIN CERTIFICATE-----",
        "certificate-authority-data: LS0tLS1CRUdJTiBDRVJU",
        "  auth: basic",
        "  auth: someLongWordOfLetters",
        "user app on",
        "user me > file",
        "proxy_set_header Authorization $http_authorization;",
        "ping -w 3 db",
        "pypi-charset-normalizer-and-more"
      })
  void isInText_ofOther_isFalse(String text) {
    assertThat(SecretSpellings.isInText(text)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a:*:",
        "a:*:a:a:",
        "*",
        "[",
        "[:",
        ":*:",
        "machine ",
        "default login ",
        "community ",
        "community\t",
        "com2sec a ",
        "password:\n ",
        "password:\n-",
        "password:\na",
        "password\", ",
        "\"value\":\"a",
        "value: a\n name: ",
        "key=\"a",
        "<key>a",
        "A_",
        "A_KEY ",
        "auth: A1",
        "  auth: ",
        "user a on ",
        "auth-pass ",
        "stats auth a",
        "_header a",
        "ldapadd ",
        "mc alias set a ",
        "htpasswd -b ",
        "a:b|",
        "jdbc:oracle:a:a/"
      })
  @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void isInText_ofTextMadeToTakeLong_takesNoLonger(String part) {
    String hints =
        "543,:*:,login,community,com2sec,psk,_key,_auth,key=,<key>,value\",value:,auth:,auth-pass,"
            + "user,stats,_header,ldap,alias set,htpasswd,chpasswd,jdbc:oracle: ";
    assertThat(SecretSpellings.isInText(hints)).isFalse();

    SecretSpellings.isInText(hints + part.repeat(200_000 / part.length()));
  }
}

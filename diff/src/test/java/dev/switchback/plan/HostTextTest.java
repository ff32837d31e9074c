// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HostTextTest {

  private static final HostText TEXTS = new HostText(
      new TreeMap<>(Map.of("mysql", "mysql-2", "web", "mysql", "my-cache", "c")),
      Map.of("mysql", Set.of(3306, 33060), "web", Set.of(80)));

  private static String replaced(String item, String text) {
    return TEXTS.replace(item, text).text();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
          jdbc:mysql://mysql/shop?useSSL=false        | jdbc:mysql://mysql-2/shop?useSSL=false
          jdbc:mysql://mysql:3306,mysql:33060/shop    | jdbc:mysql://mysql-2:3306,mysql-2:33060/shop
          mysql://shop:pw@mysql                       | mysql://shop:pw@mysql-2
          http://shop@mysql/x                         | http://shop@mysql-2/x
          shop:pw@tcp(mysql:3306)/shop                | shop:pw@tcp(mysql-2:3306)/shop
          mysql:3306                                  | mysql-2:3306
          [mysql:3306]                                | [mysql-2:3306]
          mysql.shop.svc.cluster.local                | mysql-2.shop.svc.cluster.local
          mysql.shop.svc                              | mysql-2.shop.svc
          {"host": "mysql", "port": 3306}             | {"host": "mysql-2", "port": 3306}
          define('DB_HOST', 'mysql');                 | define('DB_HOST', 'mysql-2');
          spring.db.hostname=mysql                    | spring.db.hostname=mysql-2
          <server>mysql</server>                      | <server>mysql-2</server>
          address => mysql                            | address => mysql-2
          mysqldump --host mysql --user root          | mysqldump --host mysql-2 --user root
          mysqldump --db-host=mysql                   | mysqldump --db-host=mysql-2
          mysqldump -h mysql                          | mysqldump -h mysql-2
          http://web/ and http://mysql/               | http://mysql/ and http://mysql-2/
          http://mysql./shop, see also http://mysql.  | http://mysql-2./shop, see also http://mysql-2.
          tcp://my-cache                              | tcp://c
          db.host          =  mysql                   | db.host          =  mysql-2
          """)
  void replace_host_isRenamed(String text, String expected) {
    assertThat(replaced("TEXT", text)).isEqualTo(expected);
    assertThat(TEXTS.replace("TEXT", text).replaced()).isNotEmpty();
    assertThat(TEXTS.replace("TEXT", text).left()).doesNotContain("my-cache", "web");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
          mysql
          type: mysql
          mysql:8.0
          mysql:8
          mysql:33061
          mysql:3306.1
          hub/mysql:3306
          hosts mysql
          someone@mysql
          localhost = mysql7
          -mysql
          """)
  void replace_wordThatMayBeSomethingElse_stays(String text) {
    assertThat(replaced("TEXT", text)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
          mysql.example.com
          http://mysql.example.com/
          db.mysql
          my_mysql:3306
          x-mysql:3306
          http://mysql-2/
          http://mysqld/
          http://MYSQL/
          mysql.shop.svcs
          -mysql:3306
          .mysql:3306
          """)
  void replace_nameOfSomethingElse_isNotEvenLeft(String text) {
    HostText.Result result = TEXTS.replace("TEXT", text);

    assertThat(result.text()).isEqualTo(text);
    assertThat(result.replaced()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "DB_HOST,mysql,mysql-2",
    "db.host,mysql,mysql-2",
    "HOSTNAME,mysql,mysql-2",
    "DB_ADDR,mysql:1234,mysql-2:1234",
    "REDIS_NODES,my-cache mysql,c mysql-2",
    "common/DB_SERVER,mysql,mysql-2",
    "DB_HOST,mysql.example.com,mysql.example.com",
    "DB_HOST,my.mysql,my.mysql",
    "DB_HOST,x/mysql,x/mysql",
    "DB_HOST,mysql/x,mysql/x",
    "GHOST,mysql,mysql",
    "HOST_KIND,mysql,mysql",
    "DB_TYPE,mysql,mysql"
  })
  void replace_wholeValue_dependsOnTheNameOfTheItem(String item, String text, String expected) {
    assertThat(replaced(item, text)).isEqualTo(expected);
  }

  @Test
  void replace_twoHosts_areSwappedAtOnceAndReported() {
    HostText.Result result = TEXTS.replace("HOSTS", "mysql,web;my-cache, type mysql-x");

    assertThat(result.text()).isEqualTo("mysql-2,mysql;c, type mysql-x");
    assertThat(result.replaced()).containsExactly("my-cache", "mysql", "web");
    assertThat(result.left()).isEmpty();
  }

  @Test
  void replace_partly_reportsWhatIsLeft() {
    HostText.Result result = TEXTS.replace("/etc/a.yml", "type: mysql\nurl: tcp://mysql:3306\n");

    assertThat(result.text()).isEqualTo("type: mysql\nurl: tcp://mysql-2:3306\n");
    assertThat(result.replaced()).containsExactly("mysql");
    assertThat(result.left()).containsExactly("mysql");
  }

  @Test
  void replace_nothingToDo_isTheSameText() {
    String text = "a text without hosts";

    assertThat(TEXTS.replace("TEXT", text).text()).isSameAs(text);
    assertThat(TEXTS.replace("DB_HOST", "").text()).isEmpty();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.switchback.json.ram;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What makes two documents that say the same two documents. */
final class DiscrepanciesTest {

  private static final String PORTS = "{'apps': [{'service_key': 'web', 'port_map_list': [%s]}]}";

  @Test
  void differences_ofFormatOrderAndWhatIsEmpty_areNone() {
    assertThat(between(
            "{'apps': [{'service_key': 'web', 'memory': 64}, {'service_key': 'db'}]}",
            "{'plugins': [], 'apps': [ {'service_key': 'db', 'cmd': '', 'labels': {}},"
                + " {'memory': '64', 'vm': null, 'service_key': 'web'}]}"))
        .isEmpty();
  }

  @Test
  void differences_ofWhatOnlyTheSiteKnows_areNone() {
    assertThat(between(
            "{'update_time': 1, 'apps': [{'service_key': 'web', 'need_share': true, 'probes':"
                + " [{'mode': 'liveness', 'probe_id': 'p1', 'service_id': 's1', 'ID': 1}]}],"
                + " 'plugins': [{'plugin_key': 'mesh', 'plugin_id': 'm1', 'image': 'hub/mesh'}]}",
            "{'update_time': 2, 'apps': [{'service_key': 'web', 'report': {}, 'probes':"
                + " [{'mode': 'liveness', 'probe_id': 'p2', 'service_id': 's2', 'ID': 2}]}],"
                + " 'plugins': [{'plugin_key': 'mesh', 'plugin_id': 'm2', 'image': 'hub/other'}]}"))
        .isEmpty();
  }

  @Test
  void differences_ofAnyOtherField_areSaidByPath() {
    assertThat(between(
            PORTS.formatted("{'container_port': 80, 'weight': 1}, {'container_port': 81}"),
            PORTS.formatted("{'container_port': 81}, {'container_port': 80, 'weight': {'of': 1}}")))
        .containsExactly("$.apps[0].port_map_list[0].weight");
    assertThat(between(
            PORTS.formatted("{'container_port': 80}, {'container_port': 80}"),
            PORTS.formatted("{'container_port': 80}")))
        .containsExactly("$.apps[0].port_map_list");
    assertThat(between("{'apps': [], 'image': 'x'}", "{'apps': []}")).containsExactly("$.image");
    assertThat(between(
            PORTS.formatted("{'container_port': 80, 'tags': ['a', 'b']}"),
            PORTS.formatted("{'container_port': 80, 'tags': ['a1:b']}")))
        .containsExactly("$.apps[0].port_map_list[0].tags");
  }

  @Test
  void differences_beyondTwenty_areCut() {
    String fields = IntStream.range(0, 50)
        .mapToObj(each -> "'field" + each + "': 1")
        .collect(Collectors.joining(", "));
    assertThat(between("{'apps': [], " + fields + "}", "{'apps': []}")).hasSize(20);
  }

  private static Iterable<String> between(String one, String other) {
    return Documents.parse(one).differences(Documents.parse(other));
  }
}

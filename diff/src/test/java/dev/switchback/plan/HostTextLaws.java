// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;

/** A name in an address is found whatever stands around it. */
final class HostTextLaws {

  @Property(tries = 500)
  void replace_aNameInAnAddress_isFound(
      @ForAll @CharRange(from = 'a', to = 'z') @StringLength(min = 1, max = 12) String first,
      @ForAll @CharRange(from = '-', to = '9') @StringLength(max = 8) String rest,
      @ForAll String before,
      @ForAll String after) {
    String name = first + rest.replaceAll("[./]", "-") + "x";
    HostText hosts = new HostText(new TreeMap<>(Map.of(name, "here")), Map.of(name, Set.of(80)));

    HostText.Result result = hosts.replace("URL", before + " //" + name + "/ " + after);

    assertThat(result.replaced()).containsExactly(name);
    assertThat(result.text()).contains(" //here/ ");
  }
}

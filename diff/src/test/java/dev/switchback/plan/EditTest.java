// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.model.ComponentKey;
import org.junit.jupiter.api.Test;

final class EditTest {

  private static final ComponentKey WEB = new ComponentKey("web");

  @Test
  void toString_ofCommandOrLabelThatLooksSecret_masksIt() {
    assertThat(new Edit.SetCommand(WEB, "login --password hunter2"))
        .hasToString("SetCommand[web (secret)]");
    assertThat(new Edit.SetLabel(WEB, "DB_PASSWORD", "hunter2"))
        .hasToString("SetLabel[web DB_PASSWORD=(secret)]");
    assertThat(new Edit.SetCommand(WEB, "run --fast")).hasToString("SetCommand[web run --fast]");
  }
}

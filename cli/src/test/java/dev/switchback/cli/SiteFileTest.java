// SPDX-License-Identifier: Apache-2.0
package dev.switchback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.deploy.AppTarget;
import dev.switchback.deploy.ComponentTarget;
import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Keyed;
import dev.switchback.model.Setting;
import dev.switchback.model.app.StepAction;
import dev.switchback.model.app.StepId;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.EnvVar;
import dev.switchback.model.spec.Image;
import dev.switchback.model.spec.Volume;
import dev.switchback.testkit.simulation.SimulatedBackend;
import dev.switchback.testkit.simulation.SimulatedState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The simulated site in its file. */
final class SiteFileTest {

  private static final AppId APP = new AppId("app");
  private static final ComponentKey WEB = new ComponentKey("web");

  @TempDir
  private Path directory;

  private SiteBackend open() {
    return new SiteBackend(new SiteFile(directory.resolve("site.json")));
  }

  private static ComponentTarget target(String image) {
    Component web = Component.builder(WEB)
        .image(Image.of(image))
        .env(Keyed.of(new EnvVar("PASSWORD", Setting.secret("s"), "", true, 0)))
        .volumes(Keyed.of(new Volume("/data", "data", "", 0, "", "", "", "", "", null)))
        .build();
    AppSpec spec = AppSpec.builder().components(Keyed.of(web)).build();
    return new ComponentTarget(new AppTarget(APP, 1, spec), WEB, StepAction.CREATE);
  }

  private static String running(SiteBackend site) {
    Image running = site.observe(APP).get(0).image();
    return running == null ? "nothing" : running.reference();
  }

  @Test
  void apply_otherBackendOnTheSameFile_seesIt() {
    SiteBackend first = open();
    SiteBackend second = open();
    assertThat(second.observe(APP)).isEmpty();
    first.apply(new StepId("one"), target("web:1"));
    assertThat(running(second)).as("still rolling").isEqualTo("nothing");
    assertThat(running(first)).isEqualTo("web:1");
    second.apply(new StepId("two"), target("web:2"));
    assertThat(running(first)).as("the one before serves").isEqualTo("web:1");
    assertThat(running(second)).isEqualTo("web:2");
    second.remove(new StepId("three"), APP, WEB);
    assertThat(first.observe(APP)).isEmpty();
  }

  @Test
  void apply_sameStepInAnotherProcess_isDoneOnce() {
    open().apply(new StepId("one"), target("web:1"));
    SiteBackend later = open();
    later.apply(new StepId("one"), target("web:2"));
    running(later);
    assertThat(running(later)).isEqualTo("web:1");
  }

  @Test
  void write_state_comesBackEqual() throws IOException {
    SimulatedBackend backend = new SimulatedBackend();
    backend.apply(new StepId("one"), target("web:1"));
    backend.observe(APP);
    backend.observe(APP);
    backend.apply(new StepId("two"), target("web:2"));
    backend.applyShared(new StepId("three"), target("web:2").app());
    backend.writeVolume(APP, WEB, "/data", "rows");
    SimulatedState state = backend.snapshot();
    Path file = directory.resolve("site.json");
    assertThat(SiteJson.read(SiteJson.write(state), file)).isEqualTo(state);
  }

  @Test
  void write_change_leavesOneFile() throws IOException {
    open().apply(new StepId("one"), target("web:1"));
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(file -> file.getFileName().toString()).sorted().toList())
          .isEqualTo(List.of("site.json", "site.json.lock"));
    }
  }
}

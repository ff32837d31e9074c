// SPDX-License-Identifier: Apache-2.0
package dev.switchback.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.switchback.core.ExecutionOptions;
import dev.switchback.core.Switchback;
import dev.switchback.json.JsonFormats;
import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Keyed;
import dev.switchback.model.VersionRef;
import dev.switchback.model.app.Build;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.Image;
import dev.switchback.model.template.TemplateVersion;
import dev.switchback.plan.Edit;
import dev.switchback.plan.EditRequest;
import dev.switchback.plan.InstallRequest;
import dev.switchback.plan.PlanRequest;
import dev.switchback.plan.RollbackRequest;
import dev.switchback.storage.PageRequest;
import dev.switchback.testkit.simulation.SimulatedBackend;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** One component goes from one build to the next, and back to the build before. */
public final class ComponentStory {

  private static final AppId SITE = new AppId("site");
  private static final ComponentKey WEB = new ComponentKey("web");

  private final Path directory;
  private final SimulatedBackend backend;
  private final Narrator narrator;
  private final ExecutionOptions options;

  /**
   * Prepares the story.
   *
   * @param directory an empty directory
   * @param backend runs the app
   * @param out takes what there is to tell
   */
  public ComponentStory(Path directory, SimulatedBackend backend, PrintStream out) {
    this.directory = directory;
    this.backend = backend;
    this.narrator = new Narrator(out);
    this.options = ExecutionOptions.builder()
        .healthInterval(Duration.ofMillis(50))
        .listener(narrator)
        .build();
  }

  /**
   * What has become of the component.
   *
   * @param running the image that the backend saw after the install, the edit and the rollback
   * @param builds the build history at the end, latest first
   * @param rollback the record of the rollback
   */
  public record Outcome(List<String> running, List<Build> builds, OperationRecord rollback) {}

  /** Tells the story in a directory of its own, or in the one that is named. */
  public static void main(String[] args) throws IOException {
    Path directory =
        args.length > 0 ? Path.of(args[0]) : Files.createTempDirectory("switchback-component-");
    PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);
    try (SimulatedBackend backend = new SimulatedBackend()) {
      new ComponentStory(directory, backend, out).tell();
    }
  }

  /** Tells the story from the first build to the way back. */
  public Outcome tell() {
    try (Switchback site =
        Switchback.builder().directory(directory).backend(backend).open()) {
      narrator.chapter("nginx 1.11 is installed");
      execute(site, new InstallRequest(publish(site)));
      String installed = running(site);

      narrator.chapter("The operator goes to nginx 1.12");
      execute(site, new EditRequest(List.of(new Edit.SetImage(WEB, Image.of("nginx:1.12")))));
      String edited = running(site);

      narrator.chapter("Both builds are in the history; the earlier one is gone back to");
      List<Build> builds = builds(site);
      builds.forEach(build ->
          narrator.line("  build " + build.version() + "  " + build.image().reference()));
      narrator.line("");
      Build earlier = builds.get(1);
      PlanRequest back = RollbackRequest.builds(Map.of(WEB, earlier.version())).build();
      OperationRecord rollback = execute(site, back);
      String rolledBack = running(site);

      return new Outcome(List.of(installed, edited, rolledBack), builds(site), rollback);
    }
  }

  /** Publishes a template that a host makes by itself, without a RAM document. */
  private static VersionRef publish(Switchback site) {
    AppSpec spec = AppSpec.builder()
        .components(Keyed.of(
            Component.builder("web").name("Web").image(Image.of("nginx:1.11")).build()))
        .build();
    VersionRef ref = VersionRef.parse("static-site@1.0");
    site.library()
        .publish(
            TemplateVersion.builder(ref, spec, JsonFormats.appSpec().digest(spec))
                .build(),
            "");
    return ref;
  }

  private OperationRecord execute(Switchback site, PlanRequest request) {
    OperationRecord record = site.apps().execute(site.apps().plan(SITE, request), options);
    narrator.record(record);
    narrator.status(site.apps().status(SITE));
    return record;
  }

  /** Returns the image that runs, as the backend sees it, not as it is recorded. */
  private static String running(Switchback site) {
    return site.apps().status(SITE).observations().stream()
        .filter(seen -> seen.component().equals(WEB))
        .map(seen -> seen.image() == null ? "" : seen.image().reference())
        .findFirst()
        .orElse("");
  }

  /** Returns the builds of the component, latest first. */
  private static List<Build> builds(Switchback site) {
    return site.apps().builds(SITE, WEB, PageRequest.first(10)).items();
  }
}

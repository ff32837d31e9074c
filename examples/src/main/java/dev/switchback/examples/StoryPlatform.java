// SPDX-License-Identifier: Apache-2.0
package dev.switchback.examples;

import dev.switchback.deploy.ArtifactLoader;
import dev.switchback.deploy.DeploymentBackend;
import dev.switchback.deploy.DeploymentException;
import dev.switchback.deploy.docker.DockerBackend;
import dev.switchback.deploy.docker.MachineImage;
import dev.switchback.json.JsonFormats;
import dev.switchback.model.AppId;
import dev.switchback.model.Keyed;
import dev.switchback.model.app.StepId;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.Image;
import dev.switchback.model.template.TemplateVersion;
import dev.switchback.testkit.simulation.SimulatedBackend;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a story runs its app: on Docker if an engine answers, else on a simulated site.
 *
 * <p>The images of the stories do not exist. On Docker each has a stand-in made of this machine's
 * busybox, which answers on the ports that the stories use.
 */
final class StoryPlatform implements AutoCloseable {

  private static final Path BUSYBOX = Path.of("/bin/busybox");
  private static final String SERVE = """
      for port in 80 5432 6379 8080; do /bin/busybox httpd -p $port -h /www; done
      trap 'exit 0' TERM
      while :; do /bin/busybox sleep 1 & wait $!; done
      """;

  private final DeploymentBackend backend;
  private final @Nullable DockerBackend docker;

  private StoryPlatform(DeploymentBackend backend, @Nullable DockerBackend docker) {
    this.backend = backend;
    this.docker = docker;
  }

  /** Looks for an engine, and says what it found. */
  static StoryPlatform find(PrintStream out) {
    if (!Files.isExecutable(BUSYBOX)) {
      out.println("The site is simulated: " + BUSYBOX + " (package busybox-static) is not there to"
          + " make images of.");
      return simulated();
    }
    try {
      DockerBackend docker = DockerBackend.builder().publishOn("127.0.0.1").open();
      out.println("The site is the Docker Engine of this machine, with stand-ins for the images.");
      return new StoryPlatform(docker, docker);
    } catch (DeploymentException e) {
      out.println("The site is simulated: no Docker Engine answers.");
      return simulated();
    }
  }

  private static StoryPlatform simulated() {
    return of(new SimulatedBackend());
  }

  /** Runs the app on a backend that needs no images. */
  static StoryPlatform of(DeploymentBackend backend) {
    return new StoryPlatform(backend, null);
  }

  DeploymentBackend backend() {
    return backend;
  }

  /** Returns a version whose images can be run here. */
  TemplateVersion stock(TemplateVersion version) {
    if (docker == null) {
      return version;
    }
    ArtifactLoader loader = docker.artifactLoader().orElseThrow();
    Keyed<Component> components = version.spec().components().stream()
        .map(component -> {
          MachineImage image = standIn(component.image().reference());
          loader.load(image.digest(), image.open());
          return component.toBuilder()
              .image(new Image(
                  component.image().reference(),
                  image.digest(),
                  component.image().buildVersion()))
              .build();
        })
        .collect(Keyed.collector());
    AppSpec spec = version.spec().toBuilder().components(components).build();
    return version.toBuilder()
        .spec(spec)
        .specDigest(JsonFormats.appSpec().digest(spec))
        .build();
  }

  private static MachineImage standIn(String reference) {
    return MachineImage.builder()
        .program(BUSYBOX)
        .file("/serve", SERVE)
        .file("/www/index.html", reference + "\n")
        .file("/www/healthz", "well\n")
        .file("/www/ready", "well\n")
        .file("/www/health/ready", "well\n")
        .script("/bin/worker", "#!/bin/busybox sh\nexit 0\n")
        .entrypoint(BUSYBOX.toString(), "sh", "/serve")
        .build();
  }

  /** Takes down what is left of an app, with its volumes; the stand-ins stay on the engine. */
  void clear(AppId app) {
    if (docker != null) {
      docker
          .observe(app)
          .forEach(seen ->
              docker.remove(new StepId("story-end-" + seen.component()), app, seen.component()));
      docker.removeVolumes(app);
    }
  }

  @Override
  public void close() {
    backend.close();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.switchback.deploy.docker;

import dev.switchback.deploy.ArtifactLoader;
import dev.switchback.model.Keyed;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.Image;
import dev.switchback.model.spec.Port;
import dev.switchback.model.spec.Probe;
import java.nio.file.Path;

/** Images made of this machine's busybox, and components that run them. */
final class Images {

  static final String SERVE = "/bin/busybox httpd -f -p 8080 -h /www";

  private Images() {}

  /** An image whose web server on port 8080 tells its version. */
  static MachineImage web(String version) {
    return MachineImage.builder()
        .program(Path.of("/bin/busybox"))
        .file("/www/index.html", version + "\n")
        .file("/etc/version", version + "\n")
        .command(SERVE.split(" "))
        // As the first process of its container busybox would not hear anything gentler.
        .stopSignal("SIGKILL")
        .build();
  }

  static Image load(DockerBackend backend, String version) {
    MachineImage image = web(version);
    ArtifactLoader loader = backend.artifactLoader().orElseThrow();
    loader.load(image.digest(), image.open());
    return new Image("example/web:" + version, image.digest(), version);
  }

  /** A component that serves over HTTP inside the app, with a readiness probe. */
  static Component web(String key, Image image) {
    return Component.builder(key)
        .name(key)
        .image(image)
        .ports(Keyed.of(new Port(8080, "http", "WEB", true, false, "", "")))
        .probes(Keyed.of(probe("http")))
        .build();
  }

  static Probe probe(String scheme) {
    return new Probe("readiness", scheme, "/", 8080, "", "", 1, 1, 1, 3, 1, true);
  }

  static Keyed<Port> published() {
    return Keyed.of(new Port(8080, "http", "WEB", true, true, "", ""));
  }
}

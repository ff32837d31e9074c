// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.contract;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchback.deploy.AppTarget;
import dev.switchback.deploy.ArtifactLoader;
import dev.switchback.deploy.DeploymentException;
import dev.switchback.deploy.Inspector;
import dev.switchback.deploy.Observation;
import dev.switchback.model.Digest;
import dev.switchback.model.app.StepAction;
import dev.switchback.model.spec.Component;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What the optional abilities of a backend promise: {@link Inspector}, whose tests pass where the
 * backend is none, and {@link ArtifactLoader}, whose tests pass where {@link #artifact} is empty.
 */
public abstract class DeploymentAbilitiesContract extends DeploymentAnswersContract {

  /** Makes a test of the contract. */
  protected DeploymentAbilitiesContract() {}

  @Test
  final void check_ofWhatCanRun_tellsNothingAndChangesNothing() {
    AppTarget target = app(APP, 1, component("web", 1), withVolume(component("db", 1)));

    assertThat(backend.check(target)).isEmpty();
    assertThat(backend.leftOut(app(APP, 0), target)).isEmpty();
    assertThat(backend.observe(APP)).isEmpty();
  }

  @Test
  final void inspect_whereNothingDrifted_returnsWhatIsRecorded() {
    Inspector inspector = backend.inspector().orElse(null);
    if (inspector == null) {
      return;
    }
    Component web = component("web", 1);
    Component db = withVolume(component("db", 2));
    create(APP, 1, web);
    create(APP, 1, db);
    create(OTHER_APP, 1, component("cache", 1));

    assertThat(inspector.inspect(app(APP, 1, web, db))).containsExactly(db, web);
  }

  @Test
  final void inspect_whereAnotherImageRuns_tellsOfIt() {
    Inspector inspector = backend.inspector().orElse(null);
    if (inspector == null) {
      return;
    }
    create(APP, 1, component("web", 1));
    Observation before = awaitReady(APP, WEB);

    List<Component> seen = inspector.inspect(app(APP, 2, component("web", 2)));

    assertThat(seen)
        .extracting(component -> component.image().reference())
        .containsExactly(component("web", 1).image().reference());
    assertThat(backend.observe(APP)).as("looking changes nothing").containsExactly(before);
  }

  @Test
  final void inspect_ofComponentThatIsNotThere_leavesItOut() {
    Inspector inspector = backend.inspector().orElse(null);
    if (inspector == null) {
      return;
    }
    Component web = component("web", 1);
    create(APP, 1, web);

    assertThat(inspector.inspect(app(APP, 1, web, component("db", 1)))).containsExactly(web);
    assertThat(inspector.inspect(app(OTHER_APP, 1, web))).isEmpty();
  }

  @Test
  final void inspect_ofComponentThatIsNotRecorded_addsIt() {
    Inspector inspector = backend.inspector().orElse(null);
    if (inspector == null) {
      return;
    }
    Component web = component("web", 1);
    create(APP, 1, web);
    create(APP, 1, component("db", 1));

    List<Component> seen = inspector.inspect(app(APP, 1, web));

    assertThat(seen).extracting(Component::id).containsExactly(DB, WEB);
    assertThat(seen.get(0).image().reference())
        .isEqualTo(component("db", 1).image().reference());
    assertThat(seen.get(1)).isEqualTo(web);
  }

  @Test
  final void takeDown_behindTheBack_isSeenAndMended() {
    Meddling meddling = meddling().orElse(null);
    if (meddling == null) {
      return;
    }
    Component web = component("web", 1);
    Component db = component("db", 1);
    create(APP, 1, web);
    create(APP, 1, db);

    meddling.takeDown(APP, WEB);

    assertThat(backend.observe(APP)).extracting(Observation::component).containsExactly(DB);
    backend
        .inspector()
        .ifPresent(it -> assertThat(it.inspect(app(APP, 1, web, db))).containsExactly(db));
    backend.apply(nextStep(), target(app(APP, 2, web, db), WEB, StepAction.UPDATE));
    awaitReady(APP, WEB);
  }

  @Test
  final void load_ofNewImage_makesItRunnable() {
    Artifact artifact = artifact().orElse(null);
    if (artifact == null) {
      return;
    }
    Digest digest = digest(artifact);
    assertThat(loader().present(List.of(digest, Digest.of("nowhere")))).isEmpty();

    loader().load(digest, artifact.open());

    assertThat(loader().present(List.of(digest, Digest.of("nowhere")))).containsExactly(digest);
    Component web = component("web", 1).toBuilder().image(artifact.image()).build();
    create(APP, 1, web);
    assertThat(awaitReady(APP, WEB).generation()).isEqualTo(1);
  }

  @Test
  final void load_ofSameImageAgain_doesNothingMore() {
    Artifact artifact = artifact().orElse(null);
    if (artifact == null) {
      return;
    }
    Digest digest = digest(artifact);
    loader().load(digest, artifact.open());

    loader().load(digest, artifact.open());
    backend.close();
    backend = anotherHandle();

    assertThat(loader().present(List.of(digest, digest))).containsExactly(digest);
    loader().load(digest, artifact.open());
    assertThat(loader().present(List.of(digest))).containsExactly(digest);
  }

  @Test
  final void load_bySeveralAtOnce_takesItInOnce() {
    Artifact artifact = artifact().orElse(null);
    if (artifact == null) {
      return;
    }
    Digest digest = digest(artifact);

    List<Race.Outcome<Boolean>> outcomes =
        Race.runAll(runner -> loader().load(digest, artifact.open()));

    assertThat(outcomes).as("%s", outcomes).allMatch(Race.Outcome::succeeded);
    assertThat(loader().present(List.of(digest))).containsExactly(digest);
  }

  @Test
  final void load_ofWhatIsNoImage_isRefusedAndLeavesNothing() {
    Artifact artifact = artifact().orElse(null);
    if (artifact == null) {
      return;
    }
    byte[] text = "no image".getBytes(StandardCharsets.UTF_8);
    byte[] whole = bytes(artifact);

    refuses(Digest.of(text), new ByteArrayInputStream(text));
    refuses(Digest.of("empty"), InputStream.nullInputStream());
    refuses(digest(artifact), new ByteArrayInputStream(whole, 0, whole.length / 3));
    refuses(
        digest(artifact),
        new SequenceInputStream(
            new ByteArrayInputStream(whole, 0, whole.length / 3), new BrokenStream()));

    loader().load(digest(artifact), artifact.open());
    assertThat(loader().present(List.of(digest(artifact)))).containsExactly(digest(artifact));
  }

  @Test
  final void load_ofImageWithAnotherDigest_isRefused() {
    Artifact artifact = artifact().orElse(null);
    if (artifact == null) {
      return;
    }
    refuses(Digest.of("another one"), artifact.open());
  }

  private void refuses(Digest digest, InputStream image) {
    assertThatThrownBy(() -> loader().load(digest, image)).isInstanceOf(DeploymentException.class);
    assertThat(loader().present(List.of(digest))).isEmpty();
  }

  private ArtifactLoader loader() {
    Optional<ArtifactLoader> loader = backend.artifactLoader();
    assertThat(loader).as("the backend takes artifacts in, as artifact() says").isPresent();
    return loader.orElseThrow();
  }

  private static Digest digest(Artifact artifact) {
    Digest digest = artifact.image().digest();
    assertThat(digest).as("the image of an artifact names its digest").isNotNull();
    return requireNonNull(digest);
  }

  private static byte[] bytes(Artifact artifact) {
    try (InputStream in = artifact.open()) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends like a connection that is cut. */
  private static final class BrokenStream extends InputStream {

    @Override
    public int read() throws IOException {
      throw new IOException("The stream breaks off, as the test wants");
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      return read();
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.app.Build;
import dev.switchback.model.app.Lease;
import dev.switchback.model.spec.Image;
import dev.switchback.storage.BuildStore;
import dev.switchback.storage.Commit;
import dev.switchback.storage.FencedOffException;
import dev.switchback.storage.Page;
import dev.switchback.storage.PageRequest;
import dev.switchback.storage.StaleStateException;
import dev.switchback.storage.Storage;
import dev.switchback.testkit.arbitraries.Samples;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a {@link BuildStore} promises. */
public abstract class BuildStoreContract extends StorageFixture {

  private static final ComponentKey WEB = new ComponentKey("web");
  private static final ComponentKey DB = new ComponentKey("db");

  /** Makes a test of the contract. */
  protected BuildStoreContract() {}

  private BuildStore builds() {
    return storage.builds();
  }

  private static Build build(String version, long sequence) {
    return build(APP, WEB, version, sequence);
  }

  private static Build build(AppId app, ComponentKey component, String version, long sequence) {
    return new Build(
        app,
        component,
        version,
        sequence,
        Build.Status.SUCCESS,
        Image.of("nginx:1.11"),
        "",
        Instant.EPOCH);
  }

  private List<Build> listed(int limit) {
    return all(page -> builds().list(APP, WEB, page), limit);
  }

  private static List<String> versions(List<Build> builds) {
    return builds.stream().map(Build::version).toList();
  }

  @Test
  final void append_ofAnyBuild_keepsEveryPart() {
    Lease lease = lease(APP);
    for (int seed = 0; seed < SAMPLES; seed++) {
      Build any = Samples.build(seed);
      Build build = new Build(
          APP,
          WEB,
          "构建 " + seed,
          seed + 1L,
          any.status(),
          any.image(),
          any.command(),
          any.builtAt());
      append(storage, lease, build);

      assertThat(builds().find(APP, WEB, build.version())).as("sample %s", seed).contains(build);
      assertThat(builds().list(APP, WEB, PageRequest.first(1)).items())
          .as("sample %s", seed)
          .containsExactly(build);
    }
  }

  @Test
  final void find_ofUnknownBuild_isEmpty() {
    append(storage, lease(APP), build("b1", 1));

    assertThat(builds().find(APP, WEB, "b2")).isEmpty();
    assertThat(builds().find(APP, DB, "b1")).isEmpty();
    assertThat(builds().find(OTHER_APP, WEB, "b1")).isEmpty();
  }

  @Test
  final void list_isTheLatestFirstWhateverTheNamesSay() {
    Lease lease = lease(APP);
    append(storage, lease, build("b9", 1));
    append(storage, lease, build("b10", 2));
    append(storage, lease, build("b1", 7));
    append(storage, lease, build("a", 10));

    for (int limit = 1; limit <= 5; limit++) {
      assertThat(versions(listed(limit))).containsExactly("a", "b1", "b10", "b9");
    }
  }

  @Test
  final void append_ofOtherComponentsAndApps_keepsThemApart() {
    Lease lease = lease(APP);
    append(storage, lease, build("b1", 1));
    append(storage, lease, build(APP, DB, "b1", 1));
    append(storage, lease(OTHER_APP), build(OTHER_APP, WEB, "b1", 1));

    assertThat(listed(10)).containsExactly(build("b1", 1));
    assertThat(builds().find(APP, DB, "b1")).contains(build(APP, DB, "b1", 1));
    assertThat(builds().find(OTHER_APP, WEB, "b1")).contains(build(OTHER_APP, WEB, "b1", 1));
  }

  @Test
  final void append_ofVersionThatIsThere_isStaleAndWritesNothing() {
    Lease lease = lease(APP);
    append(storage, lease, build("b1", 1));

    assertThatThrownBy(() -> append(storage, lease, build("b1", 2)))
        .isInstanceOf(StaleStateException.class);
    assertThat(listed(10)).containsExactly(build("b1", 1));
  }

  @Test
  final void append_ofSequenceThatIsNotTheLast_isStaleAndWritesNothing() {
    Lease lease = lease(APP);
    append(storage, lease, build("b1", 5));

    assertThatThrownBy(() -> append(storage, lease, build("b2", 5)))
        .isInstanceOf(StaleStateException.class);
    assertThatThrownBy(() -> append(storage, lease, build("b2", 4)))
        .isInstanceOf(StaleStateException.class);
    assertThat(listed(10)).containsExactly(build("b1", 5));
    assertThat(builds().find(APP, WEB, "b2")).isEmpty();
  }

  @Test
  final void append_ofSequenceBeforeTheFirst_isRefusedAndWritesNothing() {
    Lease lease = lease(APP);

    assertThatThrownBy(() -> append(storage, lease, build("b0", 0)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(listed(10)).isEmpty();
  }

  @Test
  final void list_withNumbersOfAnySize_isTheGreatestFirst() {
    Lease lease = lease(APP);
    List<Long> numbers = List.of(1L, 1L << 31, (1L << 53) - 1, 1L << 53, (1L << 53) + 1);
    numbers.forEach(number -> append(storage, lease, build("b" + number, number)));
    append(storage, lease, build("last", Long.MAX_VALUE));

    assertThatThrownBy(() -> append(storage, lease, build("more", Long.MAX_VALUE)))
        .isInstanceOf(StaleStateException.class);
    for (int limit = 1; limit <= 7; limit++) {
      assertThat(listed(limit))
          .extracting(Build::sequence)
          .containsExactly(Long.MAX_VALUE, (1L << 53) + 1, 1L << 53, (1L << 53) - 1, 1L << 31, 1L);
    }
  }

  @Test
  final void anything_withANameThatNoBuildCanHave_findsNone() {
    Lease lease = lease(APP);
    append(storage, lease, build("b?", 1));

    for (String name : List.of("", "b", "B?", "b? ", "b\u0000", "b?\u0000", "b\ud800", "b\udc00")) {
      assertThat(builds().find(APP, WEB, name)).as(name).isEmpty();
      storage.commit(
          lease,
          Commit.of(APP).forgetBuilds(List.of(new Commit.BuildName(WEB, name))).build());
    }
    assertThat(versions(listed(10))).containsExactly("b?");
  }

  @Test
  final void append_withoutTheLease_isFencedOffAndWritesNothing() {
    Lease released = releasedLease(APP);
    assertThatThrownBy(() -> append(storage, released, build("b1", 1)))
        .isInstanceOf(FencedOffException.class);

    Lease lost = lostLease(APP);
    assertThatThrownBy(() -> append(storage, lost, build("b1", 1)))
        .isInstanceOf(FencedOffException.class);
    assertThat(listed(10)).isEmpty();
  }

  @Test
  final void append_underLeaseOfAnotherApp_isRefusedAndWritesNothing() {
    Lease other = lease(OTHER_APP);

    assertThatThrownBy(() -> append(storage, other, build("b1", 1)))
        .isInstanceOfAny(IllegalArgumentException.class, FencedOffException.class);
    assertThat(listed(10)).isEmpty();
  }

  @Test
  final void list_whileBuildsAreAdded_neverRepeatsOrMissesOne() {
    Lease lease = lease(APP);
    for (int i = 1; i <= 4; i++) {
      append(storage, lease, build("b" + i, i));
    }

    PageRequest request = PageRequest.first(2);
    Page<Build> first = builds().list(APP, WEB, request);
    append(storage, lease, build("b5", 5));
    Page<Build> second = builds().list(APP, WEB, request.after(first));
    List<Build> seen = new ArrayList<>(first.items());
    seen.addAll(second.items());

    assertThat(versions(seen)).containsExactly("b4", "b3", "b2", "b1");
    assertThat(second.hasNext()).isFalse();
  }

  @Test
  final void append_byManyAtOnce_isGrantedToOneANumber() {
    Lease lease = lease(APP);
    List<Storage> handles = handlesForRace();

    for (int sequence = 1; sequence <= 5; sequence++) {
      int next = sequence;
      Race.Outcome<Boolean> winner = onlyWinner(
          Race.runAll(i -> append(handles.get(i), lease, build("b" + next + " by " + i, next))),
          StaleStateException.class);

      assertThat(versions(listed(10)))
          .hasSize(next)
          .first()
          .isEqualTo("b" + next + " by " + winner.runner());
    }
  }

  @Test
  final void builds_afterReopening_areStillThere() {
    if (!survivesReopen()) {
      return;
    }
    append(storage, lease(APP), build("b1", 1));
    storage.close();
    storage = anotherHandle();

    assertThat(listed(10)).containsExactly(build("b1", 1));
  }

  @Test
  final void anything_afterClose_isRefused() {
    Lease lease = lease(APP);
    storage.close();
    storage.close();

    assertThatThrownBy(() -> builds().find(APP, WEB, "b1"))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> append(storage, lease, build("b1", 1)))
        .isInstanceOf(IllegalStateException.class);
  }
}

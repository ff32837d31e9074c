// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.site.proof;

import dev.switchback.model.Keyed;
import dev.switchback.model.Setting;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.EnvVar;
import dev.switchback.model.spec.Image;
import dev.switchback.testkit.memory.ManualClock;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Proves that no operation gets stuck or lies, whenever a process dies. The author of a storage or of
 * a deployment backend extends it in a few lines:
 *
 * <pre>{@code
 * final class MyCrashProofTest extends CrashProof {
 *   @Override
 *   protected ProofSite newSite(ManualClock clock) {
 *     MyDatabase database = MyDatabase.empty();
 *     return new ProofSite(clock) {
 *       @Override
 *       public Storage openStorage() {
 *         return new MyStorage(database);
 *       }
 *     };
 *   }
 * }
 * }</pre>
 *
 * <p>It installs, upgrades, rolls back, edits, uninstalls, pauses and cancels, each under every choice
 * of what to do on failure, and lets a call go wrong: every call, in every way there is. Then it lets
 * the process die, and the one that recovers after it, at every pair of calls; and get stuck at every
 * call while another node takes over. Then it lets two nodes work on one app at random. After each schedule the {@linkplain SiteInvariants invariants} have to
 * hold, everything the backend was asked for has to be in a journal, no node may have written after it
 * was fenced off, and recovering once more has to change nothing.
 *
 * <p>How many schedules were run is printed. One that fails prints itself; {@code
 * -Dswitchback.proof.schedule=...} runs it alone.
 */
public abstract class CrashProof {

  private static final String LIMIT = "switchback.proof.limit";
  private static final String RANDOM = "switchback.proof.random";

  /** About how many pairs there are to one first crash. */
  private static final int CALLS_OF_A_RECOVERY = 30;

  /** Makes a test of the proof. */
  protected CrashProof() {}

  /**
   * Makes an empty site, by several threads at once; one in memory unless overridden.
   *
   * @param clock what the nodes of the schedule tell the time by
   */
  protected ProofSite newSite(ManualClock clock) {
    return ProofSite.inMemory(clock);
  }

  /**
   * Makes a component that the backend can run and that becomes healthy.
   *
   * @param key its key
   * @param version 1 or 2; the two run different images
   */
  protected Component component(String key, int version) {
    return Component.builder(key)
        .name(key)
        .image(Image.of(key + ":" + version))
        .env(Keyed.of(
            new EnvVar("PASSWORD", Setting.named("PASSWORD", "**None:shop**"), "", true, 0)))
        .build();
  }

  /**
   * Makes a component that the backend accepts and that never becomes healthy; empty, and the proof
   * goes without, if there is no such thing.
   */
  protected Optional<Component> brokenComponent(String key) {
    return Optional.of(component(key, 2).toBuilder()
        .image(Image.of(key + ":2-" + ProofSite.BROKEN))
        .build());
  }

  /**
   * Returns how many schedules of each kind but the random ones are run at most, spread evenly over all
   * there are. All of them unless overridden; {@code -Dswitchback.proof.limit} takes
   * its place.
   */
  protected int limit() {
    return Integer.MAX_VALUE;
  }

  /**
   * Returns how many random schedules with two nodes are run. Ten thousand unless overridden; {@code
   * -Dswitchback.proof.random} takes its place.
   */
  protected int randomSchedules() {
    return 10_000;
  }

  @Test
  final void oneFault_atEveryCall_leavesTheAppWhole() {
    try (Proof proof = new Proof(this)) {
      proof.run("with one fault", proof.oneFault(), limit(LIMIT, limit()), proof::check);
    }
  }

  @Test
  final void twoCrashes_atEveryPairOfCalls_leaveTheAppWhole() {
    try (Proof proof = new Proof(this)) {
      int first = Math.max(1, limit(LIMIT, limit()) / CALLS_OF_A_RECOVERY);
      proof.run("with two crashes", proof.oneCrash(), first, proof::checkPairs);
    }
  }

  @Test
  final void lateNode_atEveryCall_leavesTheAppWhole() {
    try (Proof proof = new Proof(this)) {
      int limit = limit(LIMIT, limit());
      proof.run("with a node that is taken over", proof.lateCall(), limit, proof::check);
    }
  }

  @Test
  final void twoNodes_atRandom_leaveTheAppWhole() {
    try (Proof proof = new Proof(this)) {
      int random = limit(RANDOM, randomSchedules());
      proof.run("with two nodes at random", proof.random(random), random, proof::checkRandom);
    }
  }

  private static int limit(String property, int otherwise) {
    return Integer.getInteger(property, otherwise);
  }
}

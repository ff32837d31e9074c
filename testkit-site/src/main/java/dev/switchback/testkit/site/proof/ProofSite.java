// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.site.proof;

import static java.util.Objects.requireNonNull;

import dev.switchback.deploy.DeploymentBackend;
import dev.switchback.storage.BlobStore;
import dev.switchback.storage.Storage;
import dev.switchback.testkit.memory.ManualClock;
import dev.switchback.testkit.memory.MemoryBlobStore;
import dev.switchback.testkit.memory.MemoryStorage;
import dev.switchback.testkit.simulation.SimulatedBackend;
import java.time.Duration;
import java.util.Optional;

/**
 * Where one schedule of the {@linkplain CrashProof crash proof} takes place: storage, blobs and
 * backend of one site, empty at first. All of it is in memory; who proves another part overrides how
 * that is opened.
 */
public class ProofSite implements AutoCloseable {

  /** An image reference with this in it is never healthy on the simulated backend. */
  static final String BROKEN = "broken";

  private final ManualClock clock;
  private final MemoryStorage storage;
  private final MemoryBlobStore blobs;
  private final SimulatedBackend backend;

  /** Makes an empty site, whose nodes tell the time by {@code clock}. */
  public ProofSite(ManualClock clock) {
    this(
        requireNonNull(clock, "clock"),
        new MemoryStorage(clock),
        new MemoryBlobStore(clock),
        new SimulatedBackend());
  }

  private ProofSite(
      ManualClock clock, MemoryStorage storage, MemoryBlobStore blobs, SimulatedBackend backend) {
    this.clock = clock;
    this.storage = storage;
    this.blobs = blobs;
    this.backend = backend.neverHealthyImage(BROKEN);
  }

  /** Makes an empty site of which nothing is overridden, and which can be copied. */
  static ProofSite inMemory(ManualClock clock) {
    return new InMemory(
        clock, new MemoryStorage(clock), new MemoryBlobStore(clock), new SimulatedBackend());
  }

  /** Opens the storage for one node; the proof closes it. */
  public Storage openStorage() {
    return storage.another();
  }

  /** Opens the blob store for one node; the proof closes it. */
  public BlobStore openBlobs() {
    return blobs.another();
  }

  /**
   * Opens the backend for one node, or returns the one that all share. {@link #close} closes it: a
   * node that died closes nothing.
   */
  public DeploymentBackend openBackend() {
    return backend;
  }

  /** Returns how long a lease lasts. Half a minute, by the clock of the storage, unless overridden. */
  public Duration leaseDuration() {
    return Duration.ofSeconds(30);
  }

  /**
   * Lets every lease run out. Moves the clock of the nodes on; a storage with a clock of its own waits
   * as well, and has a short {@link #leaseDuration}.
   */
  public void expireLeases() {
    clock.advance(leaseDuration().plusSeconds(1));
  }

  /**
   * Waits, on behalf of a node that looks at health or tries again. Moves the clock of the nodes on; a
   * backend that needs real time waits as well.
   */
  public void pause(Duration duration) {
    clock.advance(duration);
  }

  /** Returns how long a component may take to become healthy. Five seconds unless overridden. */
  public Duration patience() {
    return Duration.ofSeconds(5);
  }

  /**
   * Copies the site with everything in it; neither sees the other any more. Empty unless overridden:
   * the proof then goes through anew what came before. With a copy it is several times as fast.
   *
   * @param clock what the nodes on the copy tell the time by; shows the same time
   */
  public Optional<ProofSite> copy(ManualClock clock) {
    return Optional.empty();
  }

  /** Closes what is left open. */
  @Override
  public void close() {}

  private static final class InMemory extends ProofSite {

    InMemory(
        ManualClock clock, MemoryStorage storage, MemoryBlobStore blobs, SimulatedBackend backend) {
      super(clock, storage, blobs, backend);
    }

    @Override
    public Optional<ProofSite> copy(ManualClock clock) {
      ProofSite from = this;
      return Optional.of(new InMemory(
          clock,
          from.storage.copy(clock),
          from.blobs.copy(clock),
          SimulatedBackend.restore(from.backend.snapshot())));
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.switchback.examples.durable;

import dev.switchback.deploy.DeploymentBackend;
import dev.switchback.storage.Storage;
import dev.switchback.storage.jdbc.JdbcStorage;
import dev.switchback.testkit.memory.ManualClock;
import dev.switchback.testkit.simulation.SimulatedBackend;
import dev.switchback.testkit.site.proof.CrashProof;
import dev.switchback.testkit.site.proof.ProofSite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.io.TempDir;

/**
 * A part of the crash proof over the embedded database; {@code -Dswitchback.proof.limit} and {@code
 * -Dswitchback.proof.random} ask for more of it.
 */
final class SqliteCrashProofTest extends CrashProof {

  private static final String FILE = "switchback.db";
  private static final Duration LEASE = Duration.ofMillis(10);

  @TempDir
  Path directory;

  @Override
  protected int limit() {
    return 60;
  }

  @Override
  protected int randomSchedules() {
    return 60;
  }

  @Override
  protected ProofSite newSite(ManualClock clock) {
    return new SqliteSite(clock, newDirectory(), new SimulatedBackend());
  }

  private Path newDirectory() {
    try {
      return Files.createTempDirectory(directory, "site");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private final class SqliteSite extends ProofSite {

    private final Path place;
    private final SimulatedBackend backend;

    SqliteSite(ManualClock clock, Path place, SimulatedBackend backend) {
      super(clock);
      this.place = place;
      this.backend = backend.neverHealthyImage("broken"); // as the components of the proof say
    }

    @Override
    public Storage openStorage() {
      return JdbcStorage.open(place);
    }

    @Override
    public DeploymentBackend openBackend() {
      return backend;
    }

    @Override
    public Duration leaseDuration() {
      return LEASE;
    }

    @Override
    public void expireLeases() {
      super.expireLeases();
      // The database tells the time of its leases, and nobody can set its clock.
      LockSupport.parkNanos(LEASE.toNanos());
    }

    @Override
    public Optional<ProofSite> copy(ManualClock clock) {
      Path other = newDirectory();
      String url = "jdbc:sqlite:" + place.resolve(FILE);
      try (Connection connection = DriverManager.getConnection(url);
          Statement statement = connection.createStatement()) {
        statement.execute("vacuum into '" + other.resolve(FILE) + "'");
      } catch (SQLException e) {
        throw new IllegalStateException("Cannot copy the site in " + place, e);
      }
      return Optional.of(
          new SqliteSite(clock, other, SimulatedBackend.restore(backend.snapshot())));
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import static java.util.Objects.requireNonNull;

import dev.switchback.deploy.DeploymentBackend;
import dev.switchback.storage.BlobStore;
import dev.switchback.storage.BlobStoreProvider;
import dev.switchback.storage.Storage;
import dev.switchback.storage.StorageException;
import dev.switchback.storage.StorageProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.ServiceLoader;
import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The front door: a library of template versions, packages to carry them, and the apps of a site.
 *
 * <p>{@link #at} is all a library needs; a site that runs apps hands in a deployment backend with
 * {@link #builder}. Every method may be called by many threads.
 */
public final class Switchback implements AutoCloseable {

  private final Library library;
  private final Packages packages;
  private final Apps apps;
  private final Audit audit;
  private final Retention retention;
  private final Deque<AutoCloseable> opened;

  private Switchback(Site site, Deque<AutoCloseable> opened) {
    this.library = new Library(site);
    this.packages = new Packages(site, library);
    this.apps = new Apps(site);
    this.audit = new Audit(site);
    this.retention = new Retention(site);
    this.opened = opened;
  }

  /**
   * Opens the library in {@code directory}, and makes one if there is none: SQLite for values, an OCI
   * image layout for blobs. It has no backend, so apps can be looked at but not changed.
   *
   * @throws StorageException if it cannot be opened; the message says why and what to do
   */
  public static Switchback at(Path directory) {
    return builder().directory(directory).open();
  }

  /** Starts to say what to open. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns the library: publishing, listing and reading template versions. */
  public Library library() {
    return library;
  }

  /** Returns the packages: export to a file, look into a file, import from a file. */
  public Packages packages() {
    return packages;
  }

  /** Returns the apps: planning, executing, looking back. */
  public Apps apps() {
    return apps;
  }

  /** Returns what people decide about apps: holds, approvals, follow-ups; and whether it is unchanged. */
  public Audit audit() {
    return audit;
  }

  /** Returns the way to let go of what is old and not needed any more. */
  public Retention retention() {
    return retention;
  }

  /** Closes what this opened; what the host handed in stays open. A second call does nothing. */
  @Override
  public void close() {
    while (!opened.isEmpty()) {
      closeOne(opened.pop());
    }
  }

  private static void closeOne(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception e) {
      System.getLogger(Switchback.class.getName())
          .log(System.Logger.Level.WARNING, "Cannot close " + closeable, e);
    }
  }

  /** Says what to open. Either a directory, or a storage and a blob store, are needed. */
  public static final class Builder {

    private @Nullable Path directory;
    private String storageProvider = "sqlite";
    private @Nullable Storage storage;
    private @Nullable BlobStore blobs;
    private @Nullable DeploymentBackend backend;
    private InstantSource clock = InstantSource.system();
    private RandomGenerator random = new SecureRandom();
    private Pause pause = Pause.real();
    private @Nullable ScheduledExecutorService heartbeats;
    private @Nullable ExecutionOptions recovery;
    private Authorizer authorizer = Authorizer.allowAll();
    private ApprovalRule approvals = ApprovalRule.none();
    private @Nullable String holder;
    private Duration leaseDuration = Duration.ofSeconds(30);
    private Duration planValidity = Duration.ofDays(7);

    private Builder() {}

    /** Keeps values and blobs in {@code directory}, but for what is handed in. */
    public Builder directory(Path directory) {
      this.directory = requireNonNull(directory, "directory");
      return this;
    }

    /** Chooses the provider of the storage in the directory by name; {@code sqlite} by default. */
    public Builder storageProvider(String storageProvider) {
      this.storageProvider = requireNonNull(storageProvider, "storageProvider");
      return this;
    }

    /** Keeps values in {@code storage}, which the host closes. */
    public Builder storage(Storage storage) {
      this.storage = requireNonNull(storage, "storage");
      return this;
    }

    /** Keeps blobs in {@code blobs}, which the host closes. */
    public Builder blobs(BlobStore blobs) {
      this.blobs = requireNonNull(blobs, "blobs");
      return this;
    }

    /** Runs apps with {@code backend}, which the host closes. */
    public Builder backend(DeploymentBackend backend) {
      this.backend = requireNonNull(backend, "backend");
      return this;
    }

    /** Tells the time by {@code clock}. */
    public Builder clock(InstantSource clock) {
      this.clock = requireNonNull(clock, "clock");
      return this;
    }

    /** Makes ids and generated secrets with {@code random}; a secure one by default. */
    public Builder random(RandomGenerator random) {
      this.random = requireNonNull(random, "random");
      return this;
    }

    /**
     * Renews the leases of operations on a thread of {@code heartbeats}, which the host closes; by
     * default on a thread that is there while operations run.
     */
    public Builder heartbeats(ScheduledExecutorService heartbeats) {
      this.heartbeats = requireNonNull(heartbeats, "heartbeats");
      return this;
    }

    /**
     * Waits between two looks at health, and before trying again, with {@code pause}. One that does
     * not really wait is for tests: leases are then renewed between calls only, by the thread that
     * makes them, so that the same calls come in the same order each time.
     */
    public Builder pause(Pause pause) {
      this.pause = requireNonNull(pause, "pause");
      return this;
    }

    /**
     * Finishes, with {@code options}, what an earlier process left behind when it died: on a daemon
     * thread that ends when nothing is left. By default nothing is recovered until {@link Apps#recover}
     * is called or the next operation on the app is begun.
     */
    public Builder recoverOnOpen(ExecutionOptions options) {
      this.recovery = requireNonNull(options, "options");
      return this;
    }

    /** Asks {@code authorizer} before every change; by default everything is allowed. */
    public Builder authorizer(Authorizer authorizer) {
      this.authorizer = requireNonNull(authorizer, "authorizer");
      return this;
    }

    /**
     * Demands as many approvals of a plan as {@code approvals} says before it can be executed; none by
     * default. They are given by {@link Audit#approve}.
     */
    public Builder approvals(ApprovalRule approvals) {
      this.approvals = requireNonNull(approvals, "approvals");
      return this;
    }

    /** Names this process in leases, for a person to find it; its process id by default. */
    public Builder holder(String holder) {
      this.holder = requireNonNull(holder, "holder");
      return this;
    }

    /** Sets how long the lease of an app lasts unless renewed; 30 seconds by default. */
    public Builder leaseDuration(Duration leaseDuration) {
      this.leaseDuration = requireNonNull(leaseDuration, "leaseDuration");
      return this;
    }

    /** Sets how long a plan may be executed; seven days by default. */
    public Builder planValidity(Duration planValidity) {
      this.planValidity = requireNonNull(planValidity, "planValidity");
      return this;
    }

    /**
     * Opens it.
     *
     * @throws IllegalStateException if there is neither a directory nor both stores, or no provider
     *     for the directory
     * @throws StorageException if the directory cannot be opened; the message says why and what to do
     */
    public Switchback open() {
      Deque<AutoCloseable> opened = new ArrayDeque<>();
      try {
        BlobStore usedBlobs = blobs;
        if (usedBlobs == null) {
          usedBlobs = openBlobs(makeDirectory(place("blob store").resolve("oci")));
          opened.push(usedBlobs);
        }
        Storage usedStorage = storage;
        if (usedStorage == null) {
          usedStorage = openStorage(place("storage"));
          opened.push(usedStorage);
        }
        Site site = new Site(
            usedStorage,
            usedBlobs,
            backend,
            clock,
            random,
            pause,
            openHeartbeats(opened),
            authorizer,
            approvals,
            holder == null ? defaultHolder() : holder,
            leaseDuration,
            planValidity);
        Switchback switchback = new Switchback(site, opened);
        if (recovery != null && backend != null) {
          opened.push(OpeningRecovery.start(site, switchback.apps, recovery));
        }
        return switchback;
      } catch (RuntimeException e) {
        opened.forEach(Switchback::closeOne);
        throw e;
      }
    }

    private Heartbeats openHeartbeats(Deque<AutoCloseable> opened) {
      if (heartbeats != null) {
        return Heartbeats.on(heartbeats);
      }
      if (pause != Pause.real()) {
        return Heartbeats.none();
      }
      ScheduledExecutorService scheduler = Heartbeats.scheduler();
      opened.push(scheduler::shutdownNow);
      return Heartbeats.on(scheduler);
    }

    private BlobStore openBlobs(Path place) {
      return Providers.named(
              "files",
              BlobStoreProvider.class,
              ServiceLoader.load(BlobStoreProvider.class),
              BlobStoreProvider::name)
          .open(place);
    }

    private Storage openStorage(Path place) {
      return Providers.named(
              storageProvider,
              StorageProvider.class,
              ServiceLoader.load(StorageProvider.class),
              StorageProvider::name)
          .open(place);
    }

    private Path place(String missing) {
      if (directory == null) {
        throw new IllegalStateException(
            "Cannot open: no " + missing + " was handed in and no directory to keep it in");
      }
      return makeDirectory(directory);
    }

    private static Path makeDirectory(Path place) {
      try {
        return Files.createDirectories(place);
      } catch (IOException e) {
        throw new StorageException(
            "Cannot open " + place + ": it is no directory and cannot be made one (" + e + ")", e);
      }
    }

    private String defaultHolder() {
      byte[] unique = new byte[4];
      random.nextBytes(unique);
      return "process " + ProcessHandle.current().pid() + "/" + HexFormat.of().formatHex(unique);
    }
  }
}

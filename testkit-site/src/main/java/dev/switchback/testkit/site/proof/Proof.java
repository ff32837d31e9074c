// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.site.proof;

import dev.switchback.core.ExecutionOptions;
import dev.switchback.core.Switchback;
import dev.switchback.model.app.OnFailure;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.storage.RecordQuery;
import dev.switchback.testkit.faults.Fault;
import dev.switchback.testkit.faults.FaultPlan;
import dev.switchback.testkit.faults.Faults;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Runs schedules, counts them, and reports those that fail. */
final class Proof implements AutoCloseable {

  private static final int SHOWN = 5;
  private static final String ONLY = "switchback.proof.schedule";

  /** Whether this run is for one schedule alone, whose calls are to be seen. */
  static final boolean REPLAYS = System.getProperty(ONLY) != null;

  private final CrashProof proof;
  private final Scenes scenes;
  private final Map<String, Trial> prepared = new ConcurrentHashMap<>();
  private final AtomicInteger run = new AtomicInteger();
  private final AtomicInteger fencedOff = new AtomicInteger();

  Proof(CrashProof proof) {
    this.proof = proof;
    this.scenes = new Scenes(proof);
  }

  /** Lists the schedules in which one call of an operation goes wrong in one way. */
  List<Schedule> oneFault() {
    List<Schedule> schedules = new ArrayList<>();
    forEachCall((schedule, number) -> {
      for (Fault fault : Fault.values()) {
        schedules.add(schedule.with(FaultPlan.at(number, fault)));
      }
    });
    return schedules;
  }

  /**
   * Lists the schedules in which the process dies after a call of an operation. What it leaves when it
   * dies before a call is what it left when it died after the call before.
   */
  List<Schedule> oneCrash() {
    List<Schedule> schedules = new ArrayList<>();
    forEachCall((schedule, number) ->
        schedules.add(schedule.with(FaultPlan.at(number, Fault.CRASH_AFTER))));
    return schedules;
  }

  /**
   * Lists the schedules in which a call of an operation is so late that another node takes over: it
   * recovers, or cancels.
   */
  List<Schedule> lateCall() {
    List<Schedule> schedules = new ArrayList<>();
    forEachCall((schedule, number) -> {
      for (Takeover takeover : List.of(Takeover.RECOVER, Takeover.CANCEL)) {
        schedules.add(schedule.with(FaultPlan.at(number, Fault.DELAY)).with(takeover));
      }
    });
    return schedules;
  }

  /** Lists the schedules that are drawn from the seeds 1 to {@code count}. */
  List<Schedule> random(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(Schedule::random).toList();
  }

  private void forEachCall(BiConsumer<Schedule, Integer> action) {
    for (Scene scene : scenes.all()) {
      for (OnFailure onFailure : OnFailure.values()) {
        Schedule schedule = new Schedule(scene.name(), onFailure, Takeover.NONE, List.of());
        int calls = count(scene, onFailure);
        for (int number = 1; number <= calls; number++) {
          action.accept(schedule, number);
        }
      }
    }
  }

  /**
   * Runs schedules on all processors.
   *
   * @param limit how many of them at most, spread evenly
   * @param check returns what is wrong after a schedule, or after those that follow from it
   * @throws AssertionError if anything is; the message has the first few
   */
  void run(String what, List<Schedule> all, int limit, Function<Schedule, List<String>> check) {
    long start = System.nanoTime();
    Optional<Schedule> only = Optional.ofNullable(System.getProperty(ONLY)).map(Schedule::parse);
    List<Schedule> schedules = only.map(List::of).orElseGet(() -> spread(all, limit));
    List<String> failures = all(schedules, only.isEmpty() ? check : this::check);
    System.out.printf(
        "Crash proof, %s: %d schedules %s in %d s, %d writes of fenced nodes refused, %d failed%n",
        proof.getClass().getSimpleName(),
        run.get(),
        what,
        (System.nanoTime() - start) / 1_000_000_000L,
        fencedOff.get(),
        failures.size());
    if (!failures.isEmpty()) {
      throw new AssertionError(failures.size() + " of " + run.get() + " schedules " + what
          + " failed, such as\n"
          + failures.stream().limit(SHOWN).collect(Collectors.joining("\n")));
    }
  }

  /** Checks on threads of our own, which have the class loader of the test. */
  private static List<String> all(
      List<Schedule> schedules, Function<Schedule, List<String>> check) {
    ExecutorService threads =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try {
      List<Callable<List<String>>> tasks = new ArrayList<>();
      schedules.forEach(schedule -> tasks.add(() -> check.apply(schedule)));
      List<String> failures = new ArrayList<>();
      for (Future<List<String>> done : threads.invokeAll(tasks)) {
        failures.addAll(done.get());
      }
      return failures;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The proof was interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("The proof broke", e);
    } finally {
      threads.shutdownNow();
    }
  }

  private static List<Schedule> spread(List<Schedule> all, int limit) {
    if (all.size() <= limit) {
      return all;
    }
    double step = (double) all.size() / limit;
    return IntStream.range(0, limit).mapToObj(i -> all.get((int) (i * step))).toList();
  }

  /** Returns how many calls an operation makes when nothing goes wrong. */
  int count(Scene scene, OnFailure onFailure) {
    try (Trial trial = prepare(scene)) {
      Schedule schedule =
          new Schedule(scene.name(), onFailure, Takeover.NONE, List.of(FaultPlan.none()));
      return perform(trial, scene, schedule).calls().size();
    }
  }

  /** Runs a schedule and returns what is wrong afterwards, if anything. */
  List<String> check(Schedule schedule) {
    if (schedule.isRandom()) {
      return checkRandom(schedule);
    }
    run.incrementAndGet();
    Scene scene = scene(schedule);
    return guard(schedule, () -> {
      try (Trial trial = prepare(scene)) {
        perform(trial, scene, schedule);
        for (FaultPlan plan : schedule.faults().subList(1, schedule.faults().size())) {
          recover(trial, schedule.onFailure(), plan);
        }
        trial.settle(schedule.onFailure());
        fencedOff.addAndGet(trial.ledger().fencedOff());
        return trial.violations();
      }
    });
  }

  /** Runs the schedules with a second crash, at each call of the recovery from the first. */
  List<String> checkPairs(Schedule first) {
    Scene scene = scene(first);
    List<String> failures = new ArrayList<>();
    try (Trial crashed = prepare(scene)) {
      perform(crashed, scene, first);
      boolean again = true;
      for (int number = 1; again; number++) {
        FaultPlan plan = FaultPlan.at(number, Fault.CRASH_AFTER);
        Schedule pair = first.followedBy(plan);
        run.incrementAndGet();
        AtomicBoolean crashedAgain = new AtomicBoolean();
        failures.addAll(guard(pair, () -> {
          try (Trial trial = crashed.copy().orElseGet(() -> prepare(scene, first))) {
            crashedAgain.set(recover(trial, first.onFailure(), plan).crashed());
            trial.settle(first.onFailure());
            return trial.violations();
          }
        }));
        again = crashedAgain.get();
      }
    }
    return failures;
  }

  /** Lets two nodes work on one app as the seed of the schedule says. */
  List<String> checkRandom(Schedule schedule) {
    run.incrementAndGet();
    return guard(schedule, () -> {
      try (Trial trial = prepare(scenes.installed())) {
        new RandomCourse(trial, scenes, schedule.seed()).run();
        trial.settle(OnFailure.STOP);
        fencedOff.addAndGet(trial.ledger().fencedOff());
        return trial.violations();
      }
    });
  }

  /** Returns all records, after the course that a seed gives. */
  List<OperationRecord> course(int seed) {
    try (Trial trial = prepare(scenes.installed())) {
      new RandomCourse(trial, scenes, seed).run();
      return trial.records(RecordQuery.all());
    }
  }

  /** Makes a site on which everything has happened that comes before {@code scene}. */
  private Trial prepare(Scene scene) {
    Trial ready = prepared.computeIfAbsent(scene.name(), name -> {
      Trial trial = Trial.on(proof, scenes.versions());
      scene.prelude().accept(trial.open());
      return trial;
    });
    return ready.copy().orElseGet(() -> {
      Trial trial = Trial.on(proof, scenes.versions());
      scene.prelude().accept(trial.open());
      return trial;
    });
  }

  private Trial prepare(Scene scene, Schedule schedule) {
    Trial trial = prepare(scene);
    perform(trial, scene, schedule);
    return trial;
  }

  private Faults perform(Trial trial, Scene scene, Schedule schedule) {
    ProofSite place = trial.place();
    Faults faults = trial.faults(
        schedule.faults().get(0),
        place.leaseDuration().multipliedBy(2),
        late -> {
          place.pause(late);
          schedule.takeover().on(trial, schedule.onFailure());
        },
        () -> {});
    Switchback node = trial.open(faults, place::pause);
    trial.attempt(() -> scene.work().run(node, Scene.options(place, schedule.onFailure())));
    return faults;
  }

  private Faults recover(Trial trial, OnFailure onFailure, FaultPlan plan) {
    trial.place().expireLeases();
    Faults faults =
        trial.faults(plan, trial.place().leaseDuration(), trial.place()::pause, () -> {});
    Switchback node = trial.open(faults, trial.place()::pause);
    ExecutionOptions options = Scene.options(trial.place(), onFailure).build();
    trial.attempt(() -> node.apps().recover(options));
    return faults;
  }

  private Scene scene(Schedule schedule) {
    return scenes.all().stream()
        .filter(scene -> scene.name().equals(schedule.scene()))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(
            "Invalid schedule " + schedule + ": there is no scene of that name"));
  }

  /** Returns what is wrong after a schedule, told with the schedule; a check that breaks is wrong, too. */
  private static List<String> guard(Object schedule, Supplier<List<String>> check) {
    List<String> violations;
    try {
      violations = check.get();
    } catch (RuntimeException e) {
      violations = List.of("the check broke: " + Trial.trace(e));
    }
    return violations.isEmpty()
        ? List.of()
        : List.of("-D" + ONLY + "=\"" + schedule + "\"\n    " + String.join("\n    ", violations));
  }

  /** Closes what was prepared. */
  @Override
  public void close() {
    prepared.values().forEach(Trial::close);
  }
}

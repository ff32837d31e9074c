// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Tries again what failed and may safely be tried again, a little later each time. Waits by the
 * {@link Pause} of the site, so that a test does not.
 */
final class Retries {

  private static final int ATTEMPTS = 5;
  private static final Duration FIRST_WAIT = Duration.ofMillis(100);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  private final Site site;
  private final Instant notAfter;

  private Retries(Site site, Instant notAfter) {
    this.site = site;
    this.notAfter = notAfter;
  }

  /** Makes one that gives up after a few attempts. */
  static Retries of(Site site) {
    return new Retries(site, Instant.MAX);
  }

  /** Makes one that also gives up where the next attempt would come after {@code deadline}. */
  static Retries until(Site site, Instant deadline) {
    return new Retries(site, deadline);
  }

  /** Runs {@code call}, again as long as {@code safe} says so of what it throws. */
  <T> T call(Supplier<T> call, Predicate<RuntimeException> safe) {
    Retry.AsyncContext<T> attempts = null;
    while (true) {
      try {
        return call.get();
      } catch (RuntimeException e) {
        attempts = attempts == null ? attempts(safe) : attempts;
        long wait = attempts.onError(e);
        if (wait < 0 || site.clock().instant().plusMillis(wait).isAfter(notAfter)) {
          throw e;
        }
        site.pause().forAbout(Duration.ofMillis(wait));
      }
    }
  }

  /** As {@link #call}, for what has no answer. */
  void run(Runnable call, Predicate<RuntimeException> safe) {
    call(
        () -> {
          call.run();
          return true;
        },
        safe);
  }

  private <T> Retry.AsyncContext<T> attempts(Predicate<RuntimeException> safe) {
    RetryConfig config = RetryConfig.custom()
        .maxAttempts(ATTEMPTS)
        .intervalFunction(waits(site.random()))
        .retryOnException(e -> e instanceof RuntimeException failure && safe.test(failure))
        .build();
    return Retry.of("switchback", config).asyncContext();
  }

  /** Twice as long each time, more or less: nodes that failed together do not return together. */
  private static IntervalFunction waits(RandomGenerator random) {
    return IntervalFunction.of(
        FIRST_WAIT.toMillis(),
        last -> Math.min(LONGEST_WAIT.toMillis(), Math.round(last * (1.5 + random.nextDouble()))));
  }
}

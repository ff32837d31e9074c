// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.site;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives each test a site of its own: memory for storage and blobs, a simulated backend, and a clock
 * that only moves when somebody waits or the test says so.
 *
 * <p>A test, its constructor and its {@code @BeforeEach} methods may have parameters of these types:
 * {@link dev.switchback.core.Switchback}, {@link dev.switchback.model.AppId} (the app of {@link #app}),
 * {@link dev.switchback.testkit.simulation.SimulatedBackend}, {@link
 * dev.switchback.testkit.memory.ManualClock}, {@link dev.switchback.storage.Storage} and {@link
 * dev.switchback.storage.BlobStore}. All of them belong to the one site of the test, which is closed
 * after it. An annotation on a method takes the place of the one on its class.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(ReadySiteExtension.class)
public @interface ReadySite {

  /** The versions of {@link SampleShop} that are in the library. */
  String[] published() default {"1.0", "2.0"};

  /** The version that is installed, published or not; empty for none. */
  String installed() default "";

  /** The id of the app that is installed, or is to be. */
  String app() default "shop";
}

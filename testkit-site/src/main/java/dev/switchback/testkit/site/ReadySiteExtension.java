// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.site;

import static java.util.Objects.requireNonNull;

import dev.switchback.core.Switchback;
import dev.switchback.model.AppId;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.app.RecordStatus;
import dev.switchback.storage.BlobStore;
import dev.switchback.storage.Storage;
import dev.switchback.testkit.memory.ManualClock;
import dev.switchback.testkit.memory.MemoryBlobStore;
import dev.switchback.testkit.memory.MemoryStorage;
import dev.switchback.testkit.simulation.SimulatedBackend;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/** Makes the site of {@link ReadySite} when a test asks for the first part of it. */
public final class ReadySiteExtension implements ParameterResolver {

  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(ReadySiteExtension.class);

  private static final Map<Class<?>, Function<Made, Object>> PARTS = Map.of(
      Switchback.class, made -> made.site,
      AppId.class, made -> made.app,
      SimulatedBackend.class, made -> made.backend,
      ManualClock.class, made -> made.clock,
      Storage.class, made -> made.storage,
      BlobStore.class, made -> made.blobs);

  /** Makes one; JUnit does. */
  public ReadySiteExtension() {}

  @Override
  public ExtensionContextScope getTestInstantiationExtensionContextScope(
      ExtensionContext rootContext) {
    return ExtensionContextScope.TEST_METHOD;
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return context.getTestMethod().isPresent()
        && PARTS.containsKey(parameter.getParameter().getType());
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getStore(NAMESPACE)
        .computeIfAbsent(Made.class, key -> new Made(settings(context)), Made.class)
        .part(parameter.getParameter().getType());
  }

  private static ReadySite settings(ExtensionContext context) {
    return AnnotationSupport.findAnnotation(context.getTestMethod(), ReadySite.class)
        .or(() -> Stream.<Class<?>>iterate(
                context.getRequiredTestClass(), Objects::nonNull, Class::getEnclosingClass)
            .flatMap(type -> AnnotationSupport.findAnnotation(type, ReadySite.class).stream())
            .findFirst())
        .orElseThrow(() -> new IllegalStateException(
            "Cannot make a site for " + context.getDisplayName() + ": nothing has @ReadySite"));
  }

  /** One site with everything it consists of. */
  private static final class Made implements AutoCloseable {

    private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final MemoryStorage storage = new MemoryStorage(clock);
    private final MemoryBlobStore blobs = new MemoryBlobStore(clock);
    private final SimulatedBackend backend = new SimulatedBackend();
    private final AppId app;
    private final Switchback site;

    Made(ReadySite settings) {
      this.app = new AppId(settings.app());
      this.site = Switchback.builder()
          .storage(storage)
          .blobs(blobs)
          .backend(backend)
          .clock(clock)
          .random(new Random(1))
          .pause(clock::advance)
          .holder("the site under test")
          .open();
      String installed = settings.installed();
      Stream.concat(Arrays.stream(settings.published()), Stream.of(installed))
          .filter(version -> !version.isEmpty())
          .distinct()
          .forEach(version -> site.library().publish(SampleShop.version(version), "vendor"));
      if (!installed.isEmpty()) {
        OperationRecord record = site.apps().install(app, SampleShop.ref(installed));
        if (record.status() != RecordStatus.SUCCEEDED) {
          throw new IllegalStateException("Cannot make the site ready: " + record.message());
        }
      }
    }

    Object part(Class<?> type) {
      return requireNonNull(PARTS.get(type)).apply(this);
    }

    @Override
    public void close() {
      site.close();
      backend.close();
      blobs.close();
      storage.close();
    }
  }
}

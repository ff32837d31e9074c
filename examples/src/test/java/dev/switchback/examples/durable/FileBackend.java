// SPDX-License-Identifier: Apache-2.0
package dev.switchback.examples.durable;

import dev.switchback.deploy.AppTarget;
import dev.switchback.deploy.ComponentTarget;
import dev.switchback.deploy.DeploymentBackend;
import dev.switchback.deploy.Inspector;
import dev.switchback.deploy.Observation;
import dev.switchback.json.JsonFormats;
import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.app.StepId;
import dev.switchback.model.spec.Component;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * A platform whose content is a file for each app, so that it outlives the process that changes it. A
 * change takes a moment before and after it is made, in which the process may die.
 */
final class FileBackend implements DeploymentBackend {

  private static final String COMPONENT = "component.";
  private static final String STEP = "step.";
  private static final String GENERATION = "generation.";
  private static final String DONE = "done.";

  private final Path directory;
  private final Duration moment;
  private final Runnable beforeChange;

  FileBackend(Path directory, Duration moment, Runnable beforeChange) {
    this.directory = directory;
    this.moment = moment;
    this.beforeChange = beforeChange;
  }

  @Override
  public List<Observation> observe(AppId app) {
    Properties content = read(app);
    List<Observation> found = new ArrayList<>();
    for (String key : keys(content)) {
      found.add(new Observation(
          new ComponentKey(key),
          Observation.Health.READY,
          Long.parseLong(content.getProperty(GENERATION + key)),
          new StepId(content.getProperty(STEP + key)),
          component(content, key).image(),
          List.of()));
    }
    return found;
  }

  @Override
  public Optional<Inspector> inspector() {
    return Optional.of(target -> {
      Properties content = read(target.app());
      return keys(content).stream().map(key -> component(content, key)).toList();
    });
  }

  private static SortedSet<String> keys(Properties content) {
    SortedSet<String> keys = new TreeSet<>();
    for (String name : content.stringPropertyNames()) {
      if (name.startsWith(COMPONENT)) {
        keys.add(name.substring(COMPONENT.length()));
      }
    }
    return keys;
  }

  private static Component component(Properties content, String key) {
    return JsonFormats.component().read(content.getProperty(COMPONENT + key));
  }

  @Override
  public void apply(StepId step, ComponentTarget target) {
    String key = target.component().value();
    change(target.app().app(), step, content -> {
      content.setProperty(COMPONENT + key, JsonFormats.component().text(target.wanted()));
      content.setProperty(STEP + key, step.value());
      content.setProperty(GENERATION + key, String.valueOf(target.app().generation()));
    });
  }

  @Override
  public void remove(StepId step, AppId app, ComponentKey component) {
    change(app, step, content -> {
      content.remove(COMPONENT + component.value());
      content.remove(STEP + component.value());
      content.remove(GENERATION + component.value());
    });
  }

  @Override
  public void applyShared(StepId step, AppTarget target) {
    change(target.app(), step, content -> {});
  }

  private void change(AppId app, StepId step, Consumer<Properties> change) {
    beforeChange.run();
    takeAMoment();
    Properties content = read(app);
    if (!content.containsKey(DONE + step.value())) {
      change.accept(content);
      content.setProperty(DONE + step.value(), "");
      write(app, content);
    }
    takeAMoment();
  }

  private void takeAMoment() {
    if (!moment.isZero()) {
      LockSupport.parkNanos(moment.toNanos());
    }
  }

  private Properties read(AppId app) {
    Properties content = new Properties();
    Path file = directory.resolve(app + ".properties");
    if (Files.exists(file)) {
      try (Reader reader = Files.newBufferedReader(file)) {
        content.load(reader);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return content;
  }

  private void write(AppId app, Properties content) {
    Path next = directory.resolve(app + ".next");
    try {
      try (Writer writer = Files.newBufferedWriter(next)) {
        content.store(writer, null);
      }
      Files.move(next, directory.resolve(app + ".properties"), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {}
}

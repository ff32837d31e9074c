// SPDX-License-Identifier: Apache-2.0
package dev.switchback.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.core.AppFollowUp;
import dev.switchback.core.AppStatus;
import dev.switchback.deploy.Observation;
import dev.switchback.deploy.Observation.Finding;
import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Obstacle;
import dev.switchback.model.RecordId;
import dev.switchback.model.RefusedException;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.Build;
import dev.switchback.model.app.OperationKind;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.app.Origin;
import dev.switchback.model.app.RecordStatus;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.Image;
import dev.switchback.storage.RecordQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What there is to see of apps: the list, one app, its builds, its records. */
final class AppCommands {

  private AppCommands() {}

  /** Lists the apps. */
  @Command(name = "apps", description = "List the apps of the site.")
  static final class ListApps extends HomeCommand {

    @Override
    int run(Home home, Output output) {
      List<AppState> apps = Home.all(home.apps()::list);
      Table table = Table.of("APP", "TEMPLATE", "VERSION", "REVISION", "COMPONENTS", "INSTALLED");
      apps.forEach(app -> table.row(
          app.app(),
          app.version().template(),
          app.version().version(),
          app.generation(),
          app.spec().components().size(),
          app.installed() ? "yes" : "no"));
      output.text(table.isEmpty() ? "There are no apps." : table.toString());
      output.document(() -> {
        ObjectNode node = Json.object();
        node.set("apps", Json.list(apps, AppCommands::head));
        return node;
      });
      return ExitCode.DONE;
    }
  }

  private static ObjectNode head(AppState app) {
    return Json.object()
        .put("app", app.app().value())
        .put("template", app.version().template().value())
        .put("version", app.version().version().text())
        .put("generation", app.generation())
        .put("installed", app.installed())
        .put("components", app.spec().components().size());
  }

  /** Shows one app as it is recorded and as it runs. */
  @Command(name = "status", description = "Show an app as recorded and as it runs.")
  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  static final class Status extends HomeCommand {

    @Parameters(index = "0", paramLabel = "APP", description = "The app.")
    private AppId app;

    @Parameters(
        index = "1",
        arity = "0..1",
        paramLabel = "COMPONENT",
        description = "A component to show with its env.")
    private @Nullable ComponentKey component;

    @Override
    int run(Home home, Output output) {
      AppStatus status = home.apps().status(app);
      ComponentKey only = component;
      if (only != null) {
        require(status.state(), only);
        output.text(SpecText.component(status.state().spec().component(only).orElseThrow()));
      } else {
        output.text(text(home, status));
      }
      output.document(() -> document(home, status, only));
      return ExitCode.DONE;
    }

    private static String text(Home home, AppStatus status) {
      AppState state = status.state();
      StringBuilder text = new StringBuilder();
      SpecText.head(text, "App", state.app().value());
      SpecText.head(text, "Version", state.version() + (state.installed() ? "" : " (uninstalled)"));
      SpecText.head(text, "Revision", Long.toString(state.generation()));
      SpecText.head(text, "Record", state.record().map(RecordId::value).orElse(""));
      state
          .hostNames()
          .forEach(
              (name, here) -> SpecText.head(text, "Host name", name + " is " + here + " here"));
      SpecText.head(text, "Site", home.siteText());
      Table table = Table.of("COMPONENT", "NAME", "VERSION", "IMAGE", "RUNS", "REPLICAS", "HEALTH");
      SortedMap<ComponentKey, Observation> seen = byComponent(status);
      for (Component component : state.spec().components()) {
        Observation observation = seen.remove(component.id());
        table.row(
            component.id(),
            Text.shorten(component.name(), 30),
            version(state, component.id()),
            component.image().reference(),
            runs(component, observation),
            component.scaling().minReplicas(),
            health(state, component.id(), observation));
      }
      seen.forEach((key, observation) -> table.row(
          key,
          "",
          "not recorded",
          "",
          runs(null, observation),
          "",
          Text.word(observation.health())));
      return text.append('\n').append(table).toString();
    }

    private static String version(AppState state, ComponentKey key) {
      Origin origin = state.origins().get(key);
      return origin == null ? "-" : origin.version().version().text();
    }

    private static String runs(@Nullable Component recorded, @Nullable Observation observation) {
      Image running = observation == null ? null : observation.image();
      if (running == null) {
        return "-";
      }
      boolean same = recorded != null && running.equals(recorded.image());
      return same ? "the same" : running.reference();
    }

    private static String health(
        AppState state, ComponentKey key, @Nullable Observation observation) {
      String health = observation == null
          ? "not there"
          : Text.word(observation.health())
              + observation.findings().stream()
                  .map(Finding::message)
                  .findFirst()
                  .map(message -> ": " + message)
                  .orElse("");
      return state.unsettled().contains(key) ? health + " (its last step failed)" : health;
    }

    private static SortedMap<ComponentKey, Observation> byComponent(AppStatus status) {
      SortedMap<ComponentKey, Observation> seen = new TreeMap<>();
      status.observations().forEach(one -> seen.put(one.component(), one));
      return seen;
    }

    private static ObjectNode document(Home home, AppStatus status, @Nullable ComponentKey only) {
      AppState state = status.state();
      ObjectNode node = head(state);
      node.put("record", Json.text(state.record()));
      node.put("backend", "simulated");
      node.put("site", home.siteText());
      ObjectNode names = node.putObject("hostNames");
      state.hostNames().forEach(names::put);
      SortedMap<ComponentKey, Observation> seen = byComponent(status);
      List<Component> shown = state.spec().components().stream()
          .filter(component -> only == null || component.id().equals(only))
          .toList();
      node.set(
          "components",
          Json.list(shown, component -> component(state, component, seen.get(component.id()))));
      state.spec().components().forEach(component -> seen.remove(component.id()));
      node.set("notRecorded", Json.texts(seen.keySet()));
      return node;
    }

    private static ObjectNode component(
        AppState state, Component component, @Nullable Observation observation) {
      ObjectNode node = SpecJson.component(component);
      Origin origin = state.origins().get(component.id());
      node.put("version", origin == null ? null : origin.version().version().text());
      node.put("settled", !state.unsettled().contains(component.id()));
      Image running = observation == null ? null : observation.image();
      node.put("runningImage", running == null ? null : running.reference());
      node.put("health", observation == null ? null : Text.word(observation.health()));
      node.set(
          "findings",
          Json.list(
              observation == null ? List.of() : observation.findings(),
              finding ->
                  Json.object().put("reason", finding.reason()).put("message", finding.message())));
      return node;
    }
  }

  /** Lists the builds of a component. */
  @Command(name = "builds", description = "List the builds of a component, latest first.")
  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  static final class Builds extends HomeCommand {

    @Parameters(index = "0", paramLabel = "APP", description = "The app.")
    private AppId app;

    @Parameters(index = "1", paramLabel = "COMPONENT", description = "The component.")
    private ComponentKey component;

    @Override
    int run(Home home, Output output) {
      AppState state = home.app(app);
      List<Build> builds = Home.all(page -> home.apps().builds(app, component, page));
      if (builds.isEmpty()) {
        require(state, component);
      }
      Optional<Build> current = current(state, component, builds);
      Table table = Table.of("BUILD", "STATUS", "IMAGE", "COMMAND", "BUILT", "NOW");
      builds.forEach(build -> table.row(
          build.version(),
          Text.word(build.status()),
          build.image().reference(),
          Text.shorten(Text.masked(build.command()), 40),
          Text.time(build.builtAt()),
          current.equals(Optional.of(build)) ? "*" : ""));
      output.text(table.isEmpty() ? "There are no builds." : table.toString());
      output.document(() -> {
        ObjectNode node = Json.object().put("app", app.value()).put("component", component.value());
        node.put("name", Names.of(state).name(component));
        node.set(
            "builds",
            Json.list(builds, build -> PlanJson.build(build, current.equals(Optional.of(build)))));
        return node;
      });
      return ExitCode.DONE;
    }
  }

  /** Returns the build that a component runs by the recorded state; the latest if several match. */
  static Optional<Build> current(AppState state, ComponentKey key, List<Build> builds) {
    Component component = state.spec().component(key).orElse(null);
    if (component == null) {
      return Optional.empty();
    }
    return builds.stream()
        .filter(build -> build.image().equals(component.image()))
        .filter(build -> build.command().equals(component.command()))
        .findFirst();
  }

  /** Refuses when an app has no such component. */
  static void require(AppState state, ComponentKey key) {
    if (state.spec().component(key).isEmpty()) {
      throw new RefusedException(
          "Cannot find the component " + key,
          Obstacle.of(
              "component-missing",
              state.app() + " has no component " + key,
              state.installed()
                  ? "choose one of "
                      + state.spec().components().stream()
                          .map(Component::toString)
                          .collect(Text.joined())
                  : "install it first: it was uninstalled"));
    }
  }

  /** Lists the records of an app, or shows one. */
  @Command(name = "records", description = "List the records of an app, latest first.")
  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  static final class Records extends HomeCommand {

    @Parameters(index = "0", paramLabel = "APP", description = "The app.")
    private AppId app;

    @Parameters(
        index = "1",
        arity = "0..1",
        paramLabel = "ID",
        description = "A record to show in full.")
    private @Nullable RecordId id;

    @Option(names = "--kind", paramLabel = "KIND", description = "Of this kind; repeatable.")
    private List<OperationKind> kinds = new ArrayList<>();

    @Option(names = "--status", paramLabel = "STATUS", description = "Of this status; repeatable.")
    private List<RecordStatus> statuses = new ArrayList<>();

    @Override
    int run(Home home, Output output) {
      AppState state = home.app(app);
      RecordQuery query = RecordQuery.ofApp(app);
      RecordQuery narrowed = kinds.isEmpty() ? query : query.ofKind(kinds);
      RecordQuery wanted = statuses.isEmpty() ? narrowed : narrowed.withStatus(statuses);
      List<OperationRecord> all = Home.all(page -> home.apps().records(wanted, page));
      List<OperationRecord> records =
          all.stream().filter(record -> id == null || record.id().equals(id)).toList();
      if (id != null && records.isEmpty()) {
        throw new RefusedException(
            "Cannot find the record " + id,
            Obstacle.of(
                "record-missing",
                app + " has no record " + id,
                "choose one that 'records " + app + "' lists"));
      }
      Names names = names(home, state, records);
      output.text(id == null ? RecordText.list(records) : RecordText.full(records.get(0), names));
      output.document(() -> {
        ObjectNode node = Json.object().put("app", app.value());
        Set<String> ticked = home.audit().followUps(app).stream()
            .filter(one -> one.ticked().isPresent())
            .map(AppFollowUp::id)
            .collect(Collectors.toSet());
        node.set("records", Json.list(records, record -> PlanJson.record(record, names, ticked)));
        return node;
      });
      return ExitCode.DONE;
    }

    /** One record may be about components that are gone: the revisions around it have their names. */
    private Names names(Home home, AppState state, List<OperationRecord> records) {
      Names names = Names.of(state);
      if (id != null) {
        LongStream.of(records.get(0).resultGeneration(), records.get(0).baseGeneration())
            .filter(generation -> generation > 0)
            .mapToObj(generation -> home.apps().revision(app, generation))
            .forEach(revision -> revision.ifPresent(names::and));
      }
      return names;
    }
  }
}

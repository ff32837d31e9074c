// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import dev.switchback.diff.Place;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Digest;
import dev.switchback.model.Setting;
import dev.switchback.model.app.Build;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Image;
import dev.switchback.model.template.Stage;
import dev.switchback.model.template.TemplateVersion;
import dev.switchback.model.template.UpgradeRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A scenario file: what is published and done, and the plan that is to come out, as it is rendered.
 *
 * <p>A line at the left margin is a command; indented lines belong to it; {@code #} starts a
 * comment.
 *
 * <pre>
 * version V [like V] [testing] [stop] [downgrade] [from=RANGE,RANGE]   lines of {@link SpecScript}
 * install V                                   and so on: every request below, planned and carried out
 * change                                      lines of {@link SpecScript}: the operator's edits
 * build KEY VERSION success|failure|lost IMAGE
 * unsettled KEY                               the last step of the component failed
 * missing KEY                                 the component did not come about at the install
 * artifacts TEXT TEXT                         digests of these texts are there, no others
 * forget N                                    the revision N is kept no longer
 * parallel N
 * plan REQUEST                                the plan to compare, last
 * expect                                      everything after it is the rendered plan
 *
 * REQUEST is one of
 *   install V [host=NAME>HERE]
 *   upgrade V [policy=P] [component=KEY] [only=PLACE] [except=PLACE] [map=KEY>KEY] [new=KEY] [take=PLACE]
 *       [mine=PLACE] [host=NAME>HERE]
 *   edit                                      lines: image KEY REF · env KEY N=V · no-env KEY N · replicas KEY N · ...
 *   rollback record=N|revision=N|KEY=BUILD … [remove-added] [recreate] [edits=keep|overwrite|ask] [accept-older]
 *   uninstall
 * </pre>
 */
final class Scenario {

  private final Site site = new Site();
  private final Map<String, AppSpec> specs = new TreeMap<>();
  private Plan plan = Plan.builder(
          dev.switchback.model.app.OperationKind.UNINSTALL, Site.APP, new UninstallRequest())
      .build();

  private Scenario() {}

  /** Plays the commands and returns the plan of the last one. */
  static Plan play(String script) {
    Scenario scenario = new Scenario();
    String command = "";
    List<String> body = new ArrayList<>();
    for (String line : script.lines().toList()) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      if (line.startsWith(" ")) {
        body.add(line);
        continue;
      }
      scenario.command(command, body);
      command = line;
      body = new ArrayList<>();
    }
    scenario.command(command, body);
    return scenario.plan;
  }

  private void command(String command, List<String> body) {
    List<String> words = List.of(command.split(" +", -1));
    String rest = words.size() > 1 ? words.get(1) : "";
    switch (words.get(0)) {
      case "" -> {}
      case "version" -> version(words, body);
      case "change" -> site.edit(SpecScript.apply(site.state().spec(), body));
      case "build" -> build(words);
      case "artifacts" -> {
        site.artifactsChecked = true;
        words.stream().skip(1).map(Digest::of).forEach(site.present::add);
      }
      case "unsettled" -> site.unsettle(new ComponentKey(rest));
      case "missing" -> site.lose(new ComponentKey(rest));
      case "forget" -> site.forget(Long.parseLong(rest));
      case "parallel" -> site.maxParallel = Integer.parseInt(rest);
      case "plan" ->
        plan = site.plan(request(words.subList(1, words.size()), body)).plan();
      default -> plan = site.run(request(words, body));
    }
  }

  private void version(List<String> words, List<String> body) {
    String name = words.get(1);
    int like = words.indexOf("like");
    AppSpec start = like < 0 ? AppSpec.empty() : specs.get(words.get(like + 1));
    AppSpec spec = SpecScript.apply(start, body);
    specs.put(name, spec);
    List<String> ranges = words.stream()
        .filter(word -> word.startsWith("from="))
        .flatMap(word -> List.of(word.substring(5).split(",", -1)).stream())
        .toList();
    site.publish(TemplateVersion.builder(Site.ref(name), spec, Digest.of("spec " + spec.hashCode()))
        .stage(words.contains("testing") ? Stage.TESTING : Stage.RELEASED)
        .upgradeRules(new UpgradeRules(ranges, words.contains("stop"), words.contains("downgrade")))
        .build());
  }

  private void build(List<String> words) {
    ComponentKey key = new ComponentKey(words.get(1));
    site.builds.add(new Build(
        Site.APP,
        key,
        words.get(2),
        site.builds.size() + 1L,
        Build.Status.valueOf(words.get(3).toUpperCase(Locale.ROOT)),
        Image.of(words.get(4)),
        "",
        Site.NOW));
  }

  private PlanRequest request(List<String> words, List<String> body) {
    List<String> options = words.subList(1, words.size());
    return switch (words.get(0)) {
      case "install" ->
        new InstallRequest(
            Site.ref(words.get(1)),
            options.stream()
                .filter(option -> option.startsWith("host="))
                .map(option -> option.substring(5).split(">", 2))
                .collect(Collectors.toMap(
                    pair -> pair[0], pair -> pair[1], (one, two) -> two, TreeMap::new)));
      case "upgrade" -> upgrade(words.get(1), options.subList(1, options.size()));
      case "edit" -> new EditRequest(body.stream().map(Scenario::edit).toList());
      case "rollback" -> rollback(options);
      case "uninstall" -> new UninstallRequest();
      default -> throw new IllegalArgumentException("Invalid command: " + words);
    };
  }

  private static UpgradeRequest upgrade(String version, List<String> options) {
    UpgradeRequest.Builder request = UpgradeRequest.builder(Site.ref(version));
    for (String option : options) {
      String value = option.substring(option.indexOf('=') + 1);
      switch (option.substring(0, option.indexOf('='))) {
        case "policy" -> request.policy(Policy.named(value));
        case "component" -> request.component(new ComponentKey(value));
        case "only" -> request.only(place(value));
        case "except" -> request.except(place(value));
        case "take" -> request.decide(place(value), Choice.TAKE_VENDOR);
        case "host" -> {
          String[] pair = value.split(">", 2);
          request.hostName(pair[0], pair[1]);
        }
        case "mine" -> request.decide(place(value), Choice.KEEP_MINE);
        case "new" -> request.newComponent(new ComponentKey(value));
        case "map" -> {
          int arrow = value.indexOf('>');
          request.map(
              new ComponentKey(value.substring(0, arrow)),
              new ComponentKey(value.substring(arrow + 1)));
        }
        default -> throw new IllegalArgumentException("Invalid option: " + option);
      }
    }
    return request.build();
  }

  private static Place place(String text) {
    return PlaceText.parse(text);
  }

  private RollbackRequest rollback(List<String> options) {
    RollbackRequest.Builder request = null;
    TreeMap<ComponentKey, String> builds = new TreeMap<>();
    for (String option : options) {
      String[] pair = option.split("=", 2);
      if (pair[0].equals("record")) {
        request = site.before(Integer.parseInt(pair[1]));
      } else if (pair[0].equals("revision")) {
        request = RollbackRequest.revision(Long.parseLong(pair[1]));
      } else if (pair.length == 2 && !pair[0].equals("edits")) {
        builds.put(new ComponentKey(pair[0]), pair[1]);
      }
    }
    if (request == null) {
      return RollbackRequest.builds(builds).build();
    }
    for (String option : options) {
      if (option.startsWith("edits=")) {
        request.operatorEdits(OperatorEdits.valueOf(option.substring(6).toUpperCase(Locale.ROOT)));
      }
    }
    return request
        .removeAdded(options.contains("remove-added"))
        .recreateRemoved(options.contains("recreate"))
        .acceptOlder(options.contains("accept-older"))
        .build();
  }

  private static Edit edit(String line) {
    String[] words = line.strip().split(" ", 3);
    ComponentKey key = new ComponentKey(words[1]);
    String rest = words[2];
    int equals = rest.indexOf('=');
    String left = equals < 0 ? rest : rest.substring(0, equals);
    String right = rest.substring(equals + 1);
    return switch (words[0]) {
      case "image" -> new Edit.SetImage(key, Image.of(rest));
      case "command" -> new Edit.SetCommand(key, rest);
      case "env" -> new Edit.SetEnv(key, left, Setting.named(left, right));
      case "no-env" -> new Edit.RemoveEnv(key, rest);
      case "replicas" -> new Edit.SetReplicas(key, Integer.parseInt(rest));
      case "memory" -> new Edit.SetMemory(key, Integer.parseInt(rest));
      case "cpu" -> new Edit.SetCpu(key, Integer.parseInt(rest));
      case "file" -> new Edit.SetConfigFile(key, left, Setting.plain(right));
      case "port" -> new Edit.SetPort(key, left, right.contains("inner"), right.contains("outer"));
      case "probe" ->
        new Edit.SetProbe(
            key,
            SpecScript.apply(AppSpec.empty(), List.of("component " + key, "  probe " + rest))
                .component(key)
                .orElseThrow()
                .probes()
                .get(0));
      case "label" -> new Edit.SetLabel(key, left, right);
      case "no-label" -> new Edit.RemoveLabel(key, rest);
      case "item" -> new Edit.SetConfigItem(words[1], left, Setting.named(left, right));
      default -> throw new IllegalArgumentException("Invalid edit: " + line);
    };
  }
}

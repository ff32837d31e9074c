// SPDX-License-Identifier: Apache-2.0
package dev.switchback.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.switchback.core.ExecutionOptions;
import dev.switchback.core.ImportReport;
import dev.switchback.core.PublishOptions;
import dev.switchback.core.Switchback;
import dev.switchback.diff.Diff;
import dev.switchback.diff.DiffTable;
import dev.switchback.json.ram.RamDocument;
import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Setting;
import dev.switchback.model.VersionRef;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.OnFailure;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.spec.Component;
import dev.switchback.model.template.Stage;
import dev.switchback.model.template.TemplateVersion;
import dev.switchback.plan.Edit;
import dev.switchback.plan.EditRequest;
import dev.switchback.plan.InstallRequest;
import dev.switchback.plan.Plan;
import dev.switchback.plan.PlanTable;
import dev.switchback.plan.UpgradeCandidate;
import dev.switchback.plan.UpgradeRequest;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A vendor ships two versions of a shop; a customer installs the first, goes to the second and
 * comes back.
 *
 * <p>Vendor and customer share nothing but the package files that are carried from one to the
 * other. The site is a Docker Engine if one answers, else a simulated one.
 */
public final class UpgradeStory {

  private static final AppId SHOP = new AppId("corner-shop");
  private static final ComponentKey WEB = new ComponentKey("web");
  private static final ComponentKey DB = new ComponentKey("db");

  private final Path directory;
  private final StoryPlatform platform;
  private final Narrator narrator;
  private final ExecutionOptions options;

  /**
   * Prepares the story.
   *
   * @param directory an empty directory: the vendor's library, the customer's site and the packages
   *     between them go here
   * @param platform runs the app at the customer's
   * @param out takes what there is to tell
   */
  UpgradeStory(Path directory, StoryPlatform platform, PrintStream out) {
    this.directory = directory;
    this.platform = platform;
    this.narrator = new Narrator(out);
    this.options = ExecutionOptions.builder()
        .actor("anna")
        .onFailure(OnFailure.ROLL_BACK)
        .healthInterval(Duration.ofMillis(50))
        .listener(narrator)
        .build();
  }

  /**
   * What has become of the shop.
   *
   * @param before the recorded state before the upgrade, with the operator's edit in it
   * @param upgradePlan what the upgrade was to do
   * @param upgrade the record of the upgrade
   * @param upgraded the recorded state after it
   * @param rollbackPlan what the rollback was to do
   * @param rollback the record of the rollback
   * @param after the recorded state at the end
   */
  public record Outcome(
      AppState before,
      Plan upgradePlan,
      OperationRecord upgrade,
      AppState upgraded,
      Plan rollbackPlan,
      OperationRecord rollback,
      AppState after) {}

  /** Tells the story in a directory of its own, or in the one that is named. */
  public static void main(String[] args) throws IOException {
    Path directory =
        args.length > 0 ? Path.of(args[0]) : Files.createTempDirectory("switchback-story-");
    PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);
    try (StoryPlatform platform = StoryPlatform.find(out)) {
      new UpgradeStory(directory, platform, out).tell();
      platform.clear(SHOP);
    }
    out.println();
    out.println("Libraries and packages are in " + directory);
  }

  /** Tells the story from the first version to the way back. */
  public Outcome tell() throws IOException {
    try (Switchback vendor = Switchback.at(directory.resolve("vendor"));
        Switchback site = Switchback.builder()
            .directory(directory.resolve("site"))
            .backend(platform.backend())
            .open()) {

      narrator.chapter("The vendor publishes 1.0 and writes it to one file");
      TemplateVersion first = publish(vendor, "shop-1.0.json");
      Path firstFile = export(vendor, first.ref());

      narrator.chapter("The customer imports the file and installs the shop");
      carryIn(site, firstFile);
      install(site, first.ref());

      narrator.chapter("The operator changes a setting");
      edit(site);
      AppState before = site.apps().find(SHOP).orElseThrow();

      narrator.chapter("The vendor publishes 2.0: this is what has changed since 1.0");
      TemplateVersion second = publish(vendor, "shop-2.0.json");
      narrator.table(DiffTable.text(Diff.between(first.spec(), second.spec())));
      Path secondFile = export(vendor, second.ref());

      narrator.chapter("The customer imports it, and the site finds that the shop can be upgraded");
      carryIn(site, secondFile);
      VersionRef newest = findUpgrade(site);

      narrator.chapter("Before anything happens, the plan shows all of it");
      Plan upgradePlan = site.apps().plan(SHOP, UpgradeRequest.to(newest));
      narrator.table(PlanTable.text(upgradePlan));

      narrator.chapter("The customer agrees, and the shop is upgraded");
      OperationRecord upgrade = site.apps().execute(upgradePlan, options);
      narrator.record(upgrade);
      narrator.status(site.apps().status(SHOP));
      AppState upgraded = site.apps().find(SHOP).orElseThrow();

      narrator.chapter("The customer wants 1.0 back: a rollback is planned like anything else");
      Plan rollbackPlan = site.apps().planRollback(upgrade.id());
      narrator.table(PlanTable.text(rollbackPlan));
      OperationRecord rollback = site.apps().execute(rollbackPlan, options);
      narrator.record(rollback);
      narrator.status(site.apps().status(SHOP));
      AppState after = site.apps().find(SHOP).orElseThrow();

      return new Outcome(before, upgradePlan, upgrade, upgraded, rollbackPlan, rollback, after);
    }
  }

  private TemplateVersion publish(Switchback vendor, String document) throws IOException {
    try (InputStream in = UpgradeStory.class.getResourceAsStream(document)) {
      if (in == null) {
        throw new IllegalStateException("Cannot find " + document + " among the resources");
      }
      RamDocument ram = RamDocument.read(in);
      TemplateVersion stocked = platform.stock(ram.toTemplateVersion());
      TemplateVersion version = stocked.spec().equals(ram.spec())
          ? vendor.library().publish(ram, PublishOptions.fromDocument())
          : vendor.library().publish(stocked, "vendor");
      narrator.line("Published " + version.ref() + ", "
          + version.spec().components().size() + " components: " + version.notes());
      return version;
    }
  }

  private Path export(Switchback vendor, VersionRef version) throws IOException {
    Path file = directory.resolve("shop-" + version.version() + ".tar");
    vendor.packages().export(List.of(version), file);
    narrator.line("Wrote " + file.getFileName() + ", " + Files.size(file) / 1024 + " KB");
    return file;
  }

  private void carryIn(Switchback site, Path file) {
    ImportReport report = site.packages().importFrom(file, "anna");
    for (VersionRef version : report.imported()) {
      narrator.line("Imported " + version + " from " + file.getFileName()
          + ", after checking every digest in it");
    }
  }

  private void install(Switchback site, VersionRef version) {
    Plan plan = site.apps().plan(SHOP, new InstallRequest(version));
    narrator.record(site.apps().execute(plan, options));
    narrator.status(site.apps().status(SHOP));
    Component database =
        site.apps().find(SHOP).orElseThrow().spec().component(DB).orElseThrow();
    Setting password = database.env().find("POSTGRES_PASSWORD").orElseThrow().value();
    narrator.line("");
    narrator.line("1.0 leaves passwords to the site; they were drawn at the install: "
        + "POSTGRES_PASSWORD = " + password);
  }

  private void edit(Switchback site) {
    Edit more = new Edit.SetEnv(WEB, "PAGE_SIZE", Setting.plain("36"));
    Plan plan = site.apps().plan(SHOP, new EditRequest(List.of(more)));
    narrator.table(PlanTable.text(plan));
    narrator.record(site.apps().execute(plan, options));
  }

  private VersionRef findUpgrade(Switchback site) {
    UpgradeCandidate newest =
        site.apps().upgrades(SHOP, Stage.RELEASED).newest().orElseThrow();
    narrator.line(SHOP + " is at " + site.apps().find(SHOP).orElseThrow().version()
        + " and can go to " + newest.version());
    return newest.firstHop(); // a required stop on the way comes first
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.switchback.cli;

import dev.switchback.core.Apps;
import dev.switchback.core.Audit;
import dev.switchback.core.Library;
import dev.switchback.core.Packages;
import dev.switchback.core.Retention;
import dev.switchback.core.Switchback;
import dev.switchback.model.AppId;
import dev.switchback.model.Obstacle;
import dev.switchback.model.RefusedException;
import dev.switchback.model.app.AppState;
import dev.switchback.storage.Page;
import dev.switchback.storage.PageRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A home directory that is open: the library, and the simulated site with its apps. */
final class Home implements AutoCloseable {

  private static final String SITE_FILE = "simulated-site.json";
  private static final int PAGE = 500;

  private final Switchback switchback;
  private final SiteBackend site;
  private final Path siteFile;

  private Home(Switchback switchback, SiteBackend site, Path siteFile) {
    this.switchback = switchback;
    this.site = site;
    this.siteFile = siteFile;
  }

  static Home open(Path directory) {
    Path siteFile = directory.resolve(SITE_FILE);
    SiteBackend site = new SiteBackend(new SiteFile(siteFile));
    Switchback switchback =
        Switchback.builder().directory(directory).backend(site).open();
    return new Home(switchback, site, siteFile);
  }

  Library library() {
    return switchback.library();
  }

  Packages packages() {
    return switchback.packages();
  }

  Apps apps() {
    return switchback.apps();
  }

  Audit audit() {
    return switchback.audit();
  }

  Retention retention() {
    return switchback.retention();
  }

  /** Returns the backend, for faults to be put into. */
  SiteBackend site() {
    return site;
  }

  /** Says where apps run: a person must not take the simulation for the real thing. */
  String siteText() {
    return "simulated (nothing really runs), kept in " + siteFile;
  }

  /** Returns the recorded state of an app. */
  AppState app(AppId app) {
    return apps()
        .find(app)
        .orElseThrow(() -> new RefusedException(
            "Cannot find the app " + app,
            Obstacle.of(
                "app-missing",
                "there is no app " + app,
                "choose one that 'apps' lists, or install it")));
  }

  /** Reads a list that comes in pages to its end. */
  static <T> List<T> all(Function<PageRequest, Page<T>> list) {
    List<T> items = new ArrayList<>();
    PageRequest request = PageRequest.first(PAGE);
    Page<T> page = list.apply(request);
    items.addAll(page.items());
    while (page.hasNext()) {
      page = list.apply(request.after(page));
      items.addAll(page.items());
    }
    return items;
  }

  @Override
  public void close() {
    switchback.close();
    site.close();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.switchback.json;

import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Keyed;
import dev.switchback.model.VersionRef;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.Build;
import dev.switchback.model.app.Lease;
import dev.switchback.model.app.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The tables of what a site has: the state of an app, builds, leases. */
final class AppShapes {

  private static final Shape<InstalledFrom> ORIGIN = Shape.<InstalledFrom>table()
      .value("component", Codecs.COMPONENT_KEY, InstalledFrom::component)
      .value("templateKey", Codecs.COMPONENT_KEY, entry -> entry.origin().templateKey())
      .value("version", TemplateShapes.REF, entry -> entry.origin().version())
      .make(AppShapes::installedFrom);

  static final Shape<AppState> APP_STATE = Shape.<AppState>table()
      .value("app", Codecs.APP, AppState::app)
      .value("version", TemplateShapes.REF, AppState::version)
      .optional("versionDigest", Codecs.DIGEST, AppState::versionDigest)
      .whole("generation", AppState::generation)
      .flagOn("installed", AppState::installed)
      .part("spec", SpecShapes.APP_SPEC, AppState::spec)
      .part("base", SpecShapes.APP_SPEC, AppState::base)
      .optional("keptBase", SpecShapes.APP_SPEC, AppState::keptBase)
      .keyed("origins", ORIGIN, AppShapes::origins)
      .map("generated", Codecs.SETTING, AppState::generated)
      .map("hostNames", Codecs.TEXT, AppState::hostNames)
      .list("unsettled", Codecs.COMPONENT_KEY, state -> List.copyOf(state.unsettled()))
      .optional("record", Codecs.RECORD, AppState::record)
      .make(AppShapes::appState);

  static final Shape<Build> BUILD = Shape.<Build>table()
      .value("app", Codecs.APP, Build::app)
      .value("component", Codecs.COMPONENT_KEY, Build::component)
      .value("version", Codecs.TEXT, Build::version)
      .value("sequence", Codecs.WHOLE, Build::sequence)
      .value("status", Codecs.choice(Build.Status.class), Build::status)
      .part("image", ComponentShapes.IMAGE, Build::image)
      .text("command", Build::command)
      .value("builtAt", Codecs.INSTANT, Build::builtAt)
      .make(in -> new Build(
          in.value(),
          in.value(),
          in.text(),
          in.whole(),
          in.value(),
          in.value(),
          in.text(),
          in.value()));

  static final Shape<Lease> LEASE = Shape.<Lease>table()
      .value("app", Codecs.APP, Lease::app)
      .value("holder", Codecs.TEXT, Lease::holder)
      .value("fence", Codecs.WHOLE, Lease::fence)
      .value("acquiredAt", Codecs.INSTANT, Lease::acquiredAt)
      .value("expiresAt", Codecs.INSTANT, Lease::expiresAt)
      .make(in -> new Lease(in.value(), in.text(), in.whole(), in.value(), in.value()));

  private AppShapes() {}

  private static AppState appState(Row in) {
    return AppState.builder(in.<AppId>value(), in.<VersionRef>value())
        .versionDigest(in.orNull())
        .generation(in.whole())
        .installed(in.flag())
        .spec(in.value())
        .base(in.value())
        .keptBase(in.orNull())
        .origins(origins(in.keyed()))
        .generated(in.map())
        .hostNames(in.map())
        .unsettled(in.list())
        .record(in.orNull())
        .build();
  }

  /** Where one component came from: an entry of {@link AppState#origins()}. */
  private record InstalledFrom(ComponentKey component, Origin origin) implements Keyed.Item {

    @Override
    public String key() {
      return component.value();
    }
  }

  private static InstalledFrom installedFrom(Row in) {
    ComponentKey component = in.value();
    ComponentKey templateKey = in.value();
    return new InstalledFrom(component, new Origin(in.value(), templateKey));
  }

  private static Keyed<InstalledFrom> origins(AppState state) {
    List<InstalledFrom> origins = new ArrayList<>();
    state.origins().forEach((key, origin) -> origins.add(new InstalledFrom(key, origin)));
    return Keyed.copyOf(origins);
  }

  private static SortedMap<ComponentKey, Origin> origins(Keyed<InstalledFrom> entries) {
    SortedMap<ComponentKey, Origin> origins = new TreeMap<>();
    entries.forEach(entry -> origins.put(entry.component(), entry.origin()));
    return origins;
  }
}

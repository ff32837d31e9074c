// SPDX-License-Identifier: Apache-2.0
package dev.switchback.json.ram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.json.internal.JsonPath;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which component is which: gives each entry of {@code apps} its key, and finds the component that
 * a dependency, mount, route or config group means. RAM names components by share uuid here, by
 * service key there, sometimes by the id of the source component.
 */
final class Identities {

  private static final String AMBIGUOUS = "";

  private final Map<String, String> byUuid = new HashMap<>();
  private final Map<String, String> byKey = new HashMap<>();
  private final Map<String, String> byId = new HashMap<>();
  private final List<@Nullable ComponentKey> keys = new ArrayList<>();

  private Identities() {}

  /** Takes the identities of finished components. */
  static Identities of(AppSpec spec) {
    Identities identities = new Identities();
    for (Component component : spec.components()) {
      String key = component.key();
      identities.keys.add(component.id());
      identities.add(key, key, component.shareUuid(), component.provenance().serviceId());
    }
    return identities;
  }

  /** Gives keys to the entries of {@code apps}; says what is ambiguous. */
  static Identities read(Fields document) {
    List<Candidate> candidates = new ArrayList<>();
    List<JsonNode> apps = document.list("apps");
    for (int i = 0; i < apps.size(); i++) {
      // What is no object is said where components are read.
      candidates.add(
          apps.get(i) instanceof ObjectNode app ? Candidate.of(app, i) : new Candidate(i));
    }
    tellApart(document, candidates);
    Identities identities = new Identities();
    Set<String> taken = new HashSet<>();
    for (Candidate candidate : candidates) {
      ComponentKey key = candidate.present ? candidate.key(document) : null;
      if (key != null && !taken.add(key.value())) {
        document
            .reading()
            .findings
            .problem(
                "duplicate-component",
                candidate.place(document),
                "the key '" + JsonPath.shorten(key.value())
                    + "' belongs to an earlier component too",
                "give each component its own service_key or service_share_uuid");
        key = null;
      }
      identities.keys.add(key);
      if (key != null) {
        identities.add(key.value(), candidate.serviceKey, candidate.uuid, candidate.id);
        identities.byKey.put(key.value(), key.value());
      }
    }
    return identities;
  }

  private void add(String key, String serviceKey, String uuid, String id) {
    put(byKey, serviceKey, key);
    put(byUuid, uuid, key);
    put(byId, id, key);
  }

  private static void put(Map<String, String> map, String name, String key) {
    if (!name.isEmpty()) {
      map.merge(name, key, (one, other) -> one.equals(other) ? one : AMBIGUOUS);
    }
  }

  /** Components with one service key are told apart by share uuid, else by service id. */
  private static void tellApart(Fields document, List<Candidate> candidates) {
    Map<String, List<Candidate>> byText = new LinkedHashMap<>();
    for (Candidate candidate : candidates) {
      if (candidate.present) {
        byText.computeIfAbsent(candidate.text, text -> new ArrayList<>(1)).add(candidate);
      }
    }
    byText.forEach((text, same) -> {
      if (same.size() < 2) {
        return;
      }
      String by;
      if (areDistinct(same.stream().map(c -> c.uuid).toList())) {
        same.forEach(c -> c.text = c.uuid);
        by = "service_share_uuid";
      } else if (areDistinct(same.stream().map(c -> c.id).toList())) {
        same.forEach(c -> c.text = c.id);
        by = "service_id";
      } else {
        return; // stays a duplicate, which is refused
      }
      document
          .reading()
          .findings
          .warning(
              "shared-key",
              same.get(1).place(document),
              same.size() + " components have the key '" + JsonPath.shorten(text)
                  + "'; they are told apart by " + by,
              "give each component its own service_key");
    });
  }

  private static boolean areDistinct(List<String> texts) {
    return !texts.contains("") && new HashSet<>(texts).size() == texts.size();
  }

  /** Returns the key of entry {@code index} of {@code apps}; null if it cannot have one. */
  @Nullable
  ComponentKey keyOf(int index) {
    return keys.get(index);
  }

  /** Returns the component that a dependency or mount names: by share uuid, key or id. */
  @Nullable
  ComponentKey provider(String text) {
    return first(byUuid.get(text), byKey.get(text), byId.get(text));
  }

  /** Returns the component that a route or config group names: by key, share uuid or id. */
  @Nullable
  ComponentKey member(String text) {
    return first(byKey.get(text), byUuid.get(text), byId.get(text));
  }

  private static @Nullable ComponentKey first(@Nullable String... found) {
    for (String key : found) {
      if (key != null && !key.equals(AMBIGUOUS)) {
        return new ComponentKey(key);
      }
    }
    return null;
  }

  /** Returns what a dependency on {@code component} is to say so that it is found again. */
  String providerText(ComponentKey component, AppSpec spec) {
    return spec.component(component)
        .map(Component::shareUuid)
        .filter(uuid -> component.equals(provider(uuid)))
        .orElse(component.value());
  }

  /** One entry of {@code apps} and what it says of who it is. */
  private static final class Candidate {

    private final int index;
    private final boolean present;
    private final String serviceKey;
    private final String uuid;
    private final String id;
    private String text;

    /** An entry that is no component. */
    private Candidate(int index) {
      this.index = index;
      this.present = false;
      this.serviceKey = "";
      this.uuid = "";
      this.id = "";
      this.text = "";
    }

    private Candidate(int index, String serviceKey, String uuid, String id, String text) {
      this.index = index;
      this.present = true;
      this.serviceKey = serviceKey;
      this.uuid = uuid;
      this.id = id;
      this.text = text;
    }

    // Wrong types are read past here: they are said once, where components are read.
    static Candidate of(ObjectNode app, int index) {
      String serviceKey = quiet(app, "service_key");
      String uuid = quiet(app, "service_share_uuid");
      String id = quiet(app, "service_id");
      String text = serviceKey;
      for (String next :
          List.of(uuid, id, quiet(app, "service_alias"), quiet(app, "k8s_component_name"))) {
        text = text.isBlank() ? next : text;
      }
      if (text.isBlank()) {
        text = madeUp(quiet(app, "service_cname"), index + 1);
      }
      return new Candidate(index, serviceKey, uuid, id, text);
    }

    private static String madeUp(String name, int position) {
      try {
        return ComponentKey.madeUp(name, position).value();
      } catch (IllegalArgumentException e) {
        return name; // is refused where the key is made
      }
    }

    private static String quiet(ObjectNode app, String name) {
      JsonNode value = app.get(name);
      return value == null || value.isNull() || value.isContainerNode() ? "" : value.asText();
    }

    Place place(Fields document) {
      return document.place().key("apps").item(index);
    }

    @Nullable
    ComponentKey key(Fields document) {
      return componentKey(text, place(document), document.reading());
    }
  }

  /** Makes a key of a text, or says why it cannot be one and returns null. */
  static @Nullable ComponentKey componentKey(String text, Place place, Reading reading) {
    try {
      return new ComponentKey(text);
    } catch (IllegalArgumentException e) {
      reading.findings.problem("invalid-value", place, String.valueOf(e.getMessage()), "");
      return null;
    }
  }
}

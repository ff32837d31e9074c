// SPDX-License-Identifier: Apache-2.0
package dev.switchback.bench.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.flipkart.zjsonpatch.JsonDiff;
import java.util.List;
import java.util.Map;
import org.javers.core.Javers;
import org.javers.core.JaversBuilder;
import org.javers.core.MappingStyle;
import org.javers.core.diff.ListCompareAlgorithm;
import org.javers.core.metamodel.clazz.EntityDefinition;

/** The libraries that somebody would take instead. */
final class Tools {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Javers JAVERS = JaversBuilder.javers()
      .withMappingStyle(MappingStyle.FIELD)
      .withListCompareAlgorithm(ListCompareAlgorithm.SIMPLE)
      .withInitialChanges(false)
      .withTerminalChanges(false)
      .registerEntity(new EntityDefinition(Plain.Component.class, "key"))
      .registerValueObjects(
          Plain.Env.class,
          Plain.Port.class,
          Plain.Volume.class,
          Plain.ConfigFile.class,
          Plain.Probe.class,
          Plain.Dependency.class,
          Plain.Label.class)
      .build();

  private Tools() {}

  /** Lets JaVers compare; a component is an entity, what it has are value objects. */
  static org.javers.core.diff.Diff javers(List<Plain.Component> from, List<Plain.Component> to) {
    return JAVERS.compareCollections(from, to, Plain.Component.class);
  }

  /** Makes the JSON tree that a parser makes of a document. */
  static JsonNode tree(Mix mix, int version) {
    return MAPPER.valueToTree(Map.of("apps", HandCoded.of(mix, version)));
  }

  /** Lets zjsonpatch compare. */
  static JsonNode patch(JsonNode from, JsonNode to) {
    return JsonDiff.asJson(from, to);
  }
}

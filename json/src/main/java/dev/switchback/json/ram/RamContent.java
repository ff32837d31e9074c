// SPDX-License-Identifier: Apache-2.0
package dev.switchback.json.ram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.template.TemplateVersion;

/** What a document says: its head and its content. */
record RamContent(Head head, AppSpec spec) {

  static RamContent of(TemplateVersion version) {
    return new RamContent(Head.of(version), version.spec());
  }

  /**
   * Reads a document.
   *
   * @throws dev.switchback.model.RefusedException with every problem, if there is one
   */
  static RamContent read(JsonNode tree, Reading reading) {
    if (!(tree instanceof ObjectNode object)) {
      reading.findings.problem(
          "not-an-object",
          Place.ROOT,
          "the document is no JSON object, so it is no template",
          "check that this is the metadata.json of a RAM package");
      reading.findings.refuseIfAny();
      throw new IllegalStateException("A problem was found");
    }
    Fields document = new Fields(object, Place.ROOT, reading);
    Head head = Head.read(document);
    AppSpec spec = AppReader.read(document);
    reading.findings.refuseIfAny();
    return new RamContent(head, spec);
  }

  boolean saysAs(RamContent other) {
    return head.saysAs(other.head) && spec.equals(other.spec);
  }
}

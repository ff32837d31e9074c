// SPDX-License-Identifier: Apache-2.0
package dev.switchback.packaging;

import dev.switchback.json.JsonFormats;
import dev.switchback.json.ram.RamDocument;
import dev.switchback.model.Digest;
import dev.switchback.model.Obstacle;
import dev.switchback.model.RefusedException;
import dev.switchback.model.template.TemplateVersion;
import java.util.List;

/** Checks that the parts of one template version say the same; writers and readers both ask. */
final class Consistency {

  private Consistency() {}

  /** Adds what does not hold together to {@code obstacles}. */
  static void check(PackagedVersion packaged, String place, List<Obstacle> obstacles) {
    TemplateVersion version = packaged.version();
    Digest actual = JsonFormats.appSpec().digest(version.spec());
    if (!actual.equals(version.specDigest())) {
      obstacles.add(
          altered(place, "its content has the digest " + actual + ", not " + version.specDigest()));
    }
    packaged.ram().ifPresent(ram -> checkRam(version, ram, place, obstacles));
  }

  private static void checkRam(
      TemplateVersion version, byte[] ram, String place, List<Obstacle> obstacles) {
    try {
      Digest digest = RamDocument.read(ram).toTemplateVersion(version.ref()).specDigest();
      if (!digest.equals(version.specDigest())) {
        obstacles.add(altered(
            place,
            "its RAM document has content "
                + digest
                + ", its template document "
                + version.specDigest()));
      }
    } catch (RefusedException e) {
      addAll(e, place + " metadata.json", obstacles);
    }
  }

  private static Obstacle altered(String place, String message) {
    return new Obstacle("altered", place, message, "publish the version anew and export it again");
  }

  /** Adds the reasons of a refusal, with the document in which they lie. */
  static void addAll(RefusedException refusal, String document, List<Obstacle> obstacles) {
    for (Obstacle reason : refusal.obstacles()) {
      String place = (document + " " + reason.place()).strip();
      obstacles.add(new Obstacle(reason.code(), place, reason.message(), reason.nextStep()));
    }
  }
}

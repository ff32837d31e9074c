// SPDX-License-Identifier: Apache-2.0
package dev.switchback.bench.diff;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A component with 128 bits of a digest of all that is in it: the usual way to compare what is kept.
 *
 * @param component the component
 * @param high the first half
 * @param low the second half
 */
record Printed(Plain.Component component, long high, long low) {

  static List<Printed> of(Mix mix, int version) {
    return HandCoded.of(mix, version).stream().map(Printed::of).toList();
  }

  private static Printed of(Plain.Component component) {
    try {
      ByteBuffer digest = ByteBuffer.wrap(MessageDigest.getInstance("SHA-256")
          .digest(component.toString().getBytes(StandardCharsets.UTF_8)));
      return new Printed(component, digest.getLong(), digest.getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  /** Counts the components that differ. */
  static int unequal(List<Printed> from, List<Printed> to) {
    Map<String, Printed> byKey = new HashMap<>(from.size() * 4 / 3 + 1);
    for (Printed before : from) {
      byKey.put(before.component.key(), before);
    }
    int unequal = 0;
    for (Printed after : to) {
      Printed before = byKey.remove(after.component.key());
      if (before == null || before.high != after.high || before.low != after.low) {
        unequal++;
      }
    }
    return unequal + byKey.size();
  }
}

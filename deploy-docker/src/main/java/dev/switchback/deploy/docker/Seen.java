// SPDX-License-Identifier: Apache-2.0
package dev.switchback.deploy.docker;

import dev.switchback.model.Digest;
import dev.switchback.model.spec.Image;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One container of ours as the engine lists it.
 *
 * @param state {@code created}, {@code running}, {@code restarting}, {@code paused}, {@code exited},
 *     {@code removing} or {@code dead}
 * @param status the same for a person, with the verdict of the engine's own health check
 * @param createdAt seconds since the epoch
 * @param imageId what runs, whatever its tags say now
 * @param address in the app's network; empty unless it runs
 */
record Seen(
    String id,
    String name,
    String state,
    String status,
    long createdAt,
    String imageId,
    String address,
    Map<String, String> labels) {

  String label(String name) {
    return labels.getOrDefault(name, "");
  }

  long number(String label) {
    return Long.parseLong(labels.getOrDefault(label, "0"));
  }

  boolean isRunning() {
    return state.equals("running");
  }

  /** Tells whether it was never started. */
  boolean isCreated() {
    return state.equals("created");
  }

  boolean isProxy() {
    return label(Labels.ROLE).equals(Labels.PROXY);
  }

  boolean isGateway() {
    return label(Labels.ROLE).equals(Labels.GATEWAY);
  }

  Image image() {
    String digest = label(Labels.IMAGE_DIGEST);
    @Nullable Digest parsed = digest.isEmpty() ? null : Digest.parse(digest);
    return new Image(label(Labels.IMAGE), parsed, label(Labels.BUILD));
  }
}

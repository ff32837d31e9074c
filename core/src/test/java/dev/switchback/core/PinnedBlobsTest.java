// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchback.model.Digest;
import dev.switchback.storage.BlobStore;
import dev.switchback.storage.PinnedBlob;
import dev.switchback.storage.StorageException;
import dev.switchback.testkit.faults.FaultPlan;
import dev.switchback.testkit.faults.Faults;
import java.io.ByteArrayInputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Retention beside others who keep images in the same blob store. */
final class PinnedBlobsTest {

  private static final RetentionPolicy POLICY =
      RetentionPolicy.builder().grace(Duration.ofHours(1)).build();

  private final Sites sites = new Sites();
  private final List<PinnedBlob> pinned = new ArrayList<>();
  private final Switchback site = open(() -> pinned);

  private Switchback open(Supplier<List<PinnedBlob>> answer) {
    BlobStore shared = (BlobStore) Proxy.newProxyInstance(
        BlobStore.class.getClassLoader(), new Class<?>[] {BlobStore.class}, (p, m, arguments) -> {
          if (m.getName().equals("pinned")) {
            return answer.get();
          }
          try {
            return m.invoke(sites.blobs, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        });
    return sites.builder("node-2", new Faults(FaultPlan.none())).blobs(shared).open();
  }

  @AfterEach
  void close() {
    site.close();
    sites.close();
  }

  private Digest put(String text) {
    sites.blobs.put(Digest.of(text), new ByteArrayInputStream(text.getBytes(UTF_8)));
    return Digest.of(text);
  }

  private Digest manifest(Digest... parts) {
    return put("\n  {\"of\": " + List.of(parts) + "}");
  }

  @Test
  void collect_keepsWhatOthersPinnedAndAllThatItLeadsTo() {
    Digest layer = put("layer");
    Digest signed = manifest(layer);
    Digest signature = manifest(signed, Digest.of("config that is not here"));
    Digest index = manifest(signature);
    Digest stray = put("stray");
    pinned.add(new PinnedBlob(index, "index.json lists it as 'tool:1'"));
    pinned.add(new PinnedBlob(Digest.of("not here"), "index.json lists it"));
    sites.clock.advance(Duration.ofDays(2));

    RetentionReport preview = site.retention().preview(POLICY);

    assertThat(preview.going())
        .extracting(RetentionReport.Item::name)
        .containsExactly(stray.toString());
    assertThat(preview.kept())
        .extracting(item -> item.name() + " " + item.reason())
        .containsExactlyInAnyOrder(
            index + " index.json lists it as 'tool:1'",
            signature + " it is part of image " + index.shortText(),
            signed + " it is part of image " + signature.shortText(),
            layer + " it is part of image " + signed.shortText());
    assertThat(site.retention().collect(POLICY, "anna")).isEqualTo(preview);
    assertThat(sites.blobs.digests()).containsExactlyInAnyOrder(index, signature, signed, layer);
  }

  @Test
  void collect_whileAnImageIsAddedThatSharesALayer_keepsTheLayer() {
    Digest layer = put("layer");
    sites.clock.advance(Duration.ofDays(2));
    List<Integer> asked = new ArrayList<>();
    try (Switchback node = open(() -> {
      asked.add(1);
      // At first it is not listed; then its manifest comes, and the layer is there already.
      return asked.size() == 1 ? List.of() : List.of(new PinnedBlob(manifest(layer), "listed"));
    })) {
      assertThat(node.retention().collect(POLICY, "anna").going()).isEmpty();
    }
    assertThat(sites.blobs.digests()).contains(layer);
  }

  @Test
  void collect_whenNobodyCanTellWhatOthersNeed_removesNothing() {
    site.apps().install(Sites.SHOP, sites.publish("1.0", Sites.shop("1")));
    Digest stray = put("stray");
    sites.clock.advance(Duration.ofDays(100));
    RetentionPolicy strict = RetentionPolicy.builder().operations(0).build();
    try (Switchback node = open(() -> {
      throw new StorageException("Cannot tell which blobs other tools need: it is damaged", null);
    })) {
      assertThatThrownBy(() -> node.retention().preview(strict))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("it is damaged");
      assertThatThrownBy(() -> node.retention().collect(strict, "anna"))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("it is damaged");
    }
    assertThat(sites.blobs.digests()).contains(stray);
    assertThat(site.retention().collect(strict, "anna").going())
        .extracting(RetentionReport.Item::kind)
        .contains(RetentionReport.Kind.JOURNAL, RetentionReport.Kind.BLOB);
  }
}

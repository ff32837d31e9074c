// SPDX-License-Identifier: Apache-2.0
package dev.switchback.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.switchback.model.Digest;

/** The names that stand in a package. Source: OCI image specification 1.1; FORMAT.md. */
final class Oci {

  static final int FORMAT_VERSION = 1;

  static final String LAYOUT_FILE = "oci-layout";
  static final String INDEX_FILE = "index.json";
  static final String BLOBS = "blobs/sha256/";
  static final String LAYOUT_VERSION = "1.0.0";

  static final String INDEX_TYPE = "application/vnd.oci.image.index.v1+json";
  static final String MANIFEST_TYPE = "application/vnd.oci.image.manifest.v1+json";
  static final String EMPTY_TYPE = "application/vnd.oci.empty.v1+json";
  static final String TEMPLATE_TYPE = "application/vnd.switchback.template.v1";
  static final String DOCUMENT_TYPE = "application/vnd.switchback.template.document.v1+json";
  static final String RAM_TYPE = "application/vnd.switchback.ram.v1+json";
  static final String NOTES_TYPE = "text/plain";

  static final String TITLE = "org.opencontainers.image.title";
  static final String REF_NAME = "org.opencontainers.image.ref.name";
  static final String FORMAT = "dev.switchback.package.format";
  static final String TEMPLATE = "dev.switchback.template.id";
  static final String VERSION = "dev.switchback.template.version";

  /** The configuration of an artifact that needs none. */
  static final Blob EMPTY = Blob.of("{}".getBytes(UTF_8));

  private Oci() {}

  /** Bytes and their digest. */
  static final class Blob {

    private final Digest digest;
    private final byte[] bytes;

    private Blob(byte[] bytes) {
      this.digest = Digest.of(bytes);
      this.bytes = bytes;
    }

    static Blob of(byte[] bytes) {
      return new Blob(bytes);
    }

    Digest digest() {
      return digest;
    }

    byte[] bytes() {
      return bytes;
    }
  }
}

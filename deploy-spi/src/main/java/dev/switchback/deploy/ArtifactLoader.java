// SPDX-License-Identifier: Apache-2.0
package dev.switchback.deploy;

import dev.switchback.model.Digest;
import java.io.InputStream;
import java.util.Collection;
import java.util.Set;

/** The ability of a backend to take in artifacts that a site has as blobs. */
public interface ArtifactLoader {

  /**
   * Returns those of {@code digests} that the backend can run, in any order.
   *
   * @throws DeploymentException if it could not be found out
   */
  Set<Digest> present(Collection<Digest> digests);

  /**
   * Takes in one image, an OCI layout in a tar, so that it can be run by {@code digest}. Does nothing
   * if it is there already.
   *
   * @throws DeploymentException if it could not be taken in; nothing of it can be run
   */
  void load(Digest digest, InputStream image);
}

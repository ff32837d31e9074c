// SPDX-License-Identifier: Apache-2.0
package dev.switchback.deploy;

import dev.switchback.model.spec.Component;
import java.util.List;

/** The ability of a backend to tell what of an app really runs, property by property. */
public interface Inspector {

  /**
   * Returns the components of the app as they really run, in key order. Each is the recorded one,
   * changed where what runs is seen to be different; a property that the platform does not show is as
   * recorded. A component that is not there is left out; one that is there under the app's name
   * without being recorded is added, with what can be seen of it. Secrets are seen as they are:
   * compare them, do not show them.
   *
   * @param recorded the app as it is recorded
   * @throws DeploymentException if it could not be found out
   */
  List<Component> inspect(AppTarget recorded);
}

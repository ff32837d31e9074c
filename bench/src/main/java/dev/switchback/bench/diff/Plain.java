// SPDX-License-Identifier: Apache-2.0
package dev.switchback.bench.diff;

import java.util.List;

/**
 * A template in plain records: what somebody would write who needs no more than this mix. The
 * hand-coded peers compare these, JaVers inspects them.
 */
final class Plain {

  private Plain() {}

  record Component(
      String key,
      String shareUuid,
      String name,
      String alias,
      String image,
      String build,
      String command,
      String versionLabel,
      int memoryMb,
      int cpuMillis,
      int replicas,
      List<Env> env,
      List<Env> connections,
      List<Port> ports,
      List<Volume> volumes,
      List<ConfigFile> configFiles,
      List<Probe> probes,
      List<Dependency> dependencies,
      List<Label> labels) {}

  record Env(String name, String value, String label, boolean changeable, int port) {}

  record Port(
      int number,
      String protocol,
      String alias,
      boolean inner,
      boolean outer,
      String kubernetesName) {}

  record Volume(String path, String name, String type, int capacityGb, String accessMode) {}

  record ConfigFile(String path, String name, String content) {}

  record Probe(
      String mode,
      String scheme,
      String path,
      int port,
      int initialDelaySeconds,
      int periodSeconds,
      int timeoutSeconds,
      int failureThreshold,
      int successThreshold) {}

  record Dependency(String provider) {}

  record Label(String name, String value) {}
}

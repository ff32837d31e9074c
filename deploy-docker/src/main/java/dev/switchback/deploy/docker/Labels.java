// SPDX-License-Identifier: Apache-2.0
package dev.switchback.deploy.docker;

/** The labels on everything this backend creates: they are all it remembers. */
final class Labels {

  private static final String PREFIX = "dev.switchback.";

  /** The app; its absence means that something is not ours. */
  static final String APP = PREFIX + "app";

  /** The key of the component; absent on what the app's components share. */
  static final String COMPONENT = PREFIX + "component";

  /** {@link #INSTANCE}, {@link #PROXY}, {@link #GATEWAY}, {@link #NETWORK} or {@link #VOLUME}. */
  static final String ROLE = PREFIX + "role";

  static final String GENERATION = PREFIX + "generation";
  static final String STEP = PREFIX + "step";

  /** The steps before, latest first, so that an old request that comes again is recognised. */
  static final String EARLIER_STEPS = PREFIX + "earlier-steps";

  /** Counts the changes of a component; the generation does not, as taking back lowers it. */
  static final String TURN = PREFIX + "turn";

  /** The number of this instance, from zero. */
  static final String REPLICA = PREFIX + "replica";

  /** How many instances there are to be. */
  static final String REPLICAS = PREFIX + "replicas";

  /** How this turn takes over from the one before: a {@link Turn.Handover}. */
  static final String HANDOVER = PREFIX + "handover";

  /** What consumers see of the component, as {@link Face} writes it. */
  static final String FACE = PREFIX + "face";

  /** Whether consumers reach the instances through a proxy. */
  static final String PROXIED = PREFIX + "proxied";

  /** What to ask an instance for its health, as {@link Probes} writes it. */
  static final String PROBES = PREFIX + "probes";

  /** The last config file that is written before the start, and the digest of its content. */
  static final String LAST_FILE = PREFIX + "last-file";

  /** Whether it is a job, which may end. */
  static final String JOB = PREFIX + "job";

  static final String IMAGE = PREFIX + "image";
  static final String IMAGE_DIGEST = PREFIX + "image-digest";
  static final String BUILD = PREFIX + "build";
  static final String VOLUME_PATH = PREFIX + "volume-path";

  static final String INSTANCE = "instance";
  static final String PROXY = "proxy";
  static final String GATEWAY = "gateway";
  static final String NETWORK = "network";
  static final String VOLUME = "volume";

  private Labels() {}
}

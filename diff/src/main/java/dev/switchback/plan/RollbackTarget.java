// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.ComponentKey;
import dev.switchback.model.RecordId;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** Where a rollback goes back to. */
public sealed interface RollbackTarget {

  /** Names the permitted shapes, so that a Java 17 {@code switch} can be exhaustive. */
  enum Kind {
    /** {@link BeforeRecord}. */
    BEFORE_RECORD,
    /** {@link ToRevision}. */
    REVISION,
    /** {@link ToBuilds}. */
    BUILDS
  }

  /** Tells the shape of this target. */
  Kind kind();

  /**
   * To before an operation: what it changed is taken back.
   *
   * @param record the record of the operation
   * @param generation the generation it was planned from, which is gone back to
   */
  record BeforeRecord(RecordId record, long generation) implements RollbackTarget {

    /** Checks the parts. */
    public BeforeRecord {
      requireNonNull(record, "record");
      requireGeneration(generation);
    }

    @Override
    public Kind kind() {
      return Kind.BEFORE_RECORD;
    }
  }

  /**
   * To a kept revision, whatever came after it. What the operator edited after it is an edit made
   * since, the first one too.
   *
   * @param generation its generation, from 1
   */
  record ToRevision(long generation) implements RollbackTarget {

    /** Checks the generation. */
    public ToRevision {
      requireGeneration(generation);
    }

    @Override
    public Kind kind() {
      return Kind.REVISION;
    }
  }

  /**
   * Some components to earlier builds: image and command change, nothing else.
   *
   * @param builds the version of the build for each component, at least one
   */
  record ToBuilds(SortedMap<ComponentKey, String> builds) implements RollbackTarget {

    /** Checks that there is a component and copies the map. */
    public ToBuilds {
      builds = Collections.unmodifiableSortedMap(new TreeMap<>(builds));
      if (builds.isEmpty()) {
        throw new IllegalArgumentException("Invalid rollback of builds: it names no component");
      }
    }

    @Override
    public Kind kind() {
      return Kind.BUILDS;
    }
  }

  private static void requireGeneration(long generation) {
    if (generation < 1) {
      throw new IllegalArgumentException(
          "Invalid generation: " + generation + ", the first one is 1");
    }
  }
}

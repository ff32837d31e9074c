// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.ComponentKey;
import dev.switchback.model.Setting;
import dev.switchback.model.spec.Image;
import dev.switchback.model.spec.Probe;

/** One change by the operator. */
public sealed interface Edit {

  /** Names the permitted shapes, so that a Java 17 {@code switch} can be exhaustive. */
  enum Kind {
    /** {@link SetImage}. */
    SET_IMAGE,
    /** {@link SetCommand}. */
    SET_COMMAND,
    /** {@link SetEnv}. */
    SET_ENV,
    /** {@link RemoveEnv}. */
    REMOVE_ENV,
    /** {@link SetReplicas}. */
    SET_REPLICAS,
    /** {@link SetMemory}. */
    SET_MEMORY,
    /** {@link SetCpu}. */
    SET_CPU,
    /** {@link SetConfigFile}. */
    SET_CONFIG_FILE,
    /** {@link SetPort}. */
    SET_PORT,
    /** {@link SetProbe}. */
    SET_PROBE,
    /** {@link SetLabel}. */
    SET_LABEL,
    /** {@link RemoveLabel}. */
    REMOVE_LABEL,
    /** {@link SetConfigItem}. */
    SET_CONFIG_ITEM
  }

  /** Tells the shape of this edit. */
  Kind kind();

  /**
   * Runs another image.
   *
   * @param component the component
   * @param image the image
   */
  record SetImage(ComponentKey component, Image image) implements Edit {

    /** Checks the parts. */
    public SetImage {
      requireNonNull(component, "component");
      requireNonNull(image, "image");
    }

    @Override
    public Kind kind() {
      return Kind.SET_IMAGE;
    }
  }

  /**
   * Starts with another command.
   *
   * @param component the component
   * @param command the command; empty for the one in the image
   */
  record SetCommand(ComponentKey component, String command) implements Edit {

    /** Checks the parts. */
    public SetCommand {
      requireNonNull(component, "component");
      requireNonNull(command, "command");
    }

    @Override
    public Kind kind() {
      return Kind.SET_COMMAND;
    }

    /** Returns component and command, this one masked if it looks like a secret. */
    @Override
    public String toString() {
      return "SetCommand[" + component + " " + Setting.named("", command) + "]";
    }
  }

  /**
   * Sets an env variable; adds it if it is not there.
   *
   * @param component the component
   * @param name the name of the variable, not empty
   * @param value the value
   */
  record SetEnv(ComponentKey component, String name, Setting value) implements Edit {

    /** Checks the parts. */
    public SetEnv {
      requireNonNull(component, "component");
      requireNotEmpty(name, "name");
      requireNonNull(value, "value");
    }

    @Override
    public Kind kind() {
      return Kind.SET_ENV;
    }
  }

  /**
   * Removes an env variable, which must be there.
   *
   * @param component the component
   * @param name the name of the variable
   */
  record RemoveEnv(ComponentKey component, String name) implements Edit {

    /** Checks the parts. */
    public RemoveEnv {
      requireNonNull(component, "component");
      requireNonNull(name, "name");
    }

    @Override
    public Kind kind() {
      return Kind.REMOVE_ENV;
    }
  }

  /**
   * Runs another number of instances.
   *
   * @param component the component
   * @param replicas the number, not negative
   */
  record SetReplicas(ComponentKey component, int replicas) implements Edit {

    /** Checks the parts. */
    public SetReplicas {
      requireNonNull(component, "component");
      requireNotNegative(replicas, "replicas");
    }

    @Override
    public Kind kind() {
      return Kind.SET_REPLICAS;
    }
  }

  /**
   * Gives each instance another amount of memory.
   *
   * @param component the component
   * @param memoryMb the amount in MB; 0 for no limit
   */
  record SetMemory(ComponentKey component, int memoryMb) implements Edit {

    /** Checks the parts. */
    public SetMemory {
      requireNonNull(component, "component");
      requireNotNegative(memoryMb, "memoryMb");
    }

    @Override
    public Kind kind() {
      return Kind.SET_MEMORY;
    }
  }

  /**
   * Gives each instance another share of cpu.
   *
   * @param component the component
   * @param cpuMillis thousandths of a core; 0 for no limit
   */
  record SetCpu(ComponentKey component, int cpuMillis) implements Edit {

    /** Checks the parts. */
    public SetCpu {
      requireNonNull(component, "component");
      requireNotNegative(cpuMillis, "cpuMillis");
    }

    @Override
    public Kind kind() {
      return Kind.SET_CPU;
    }
  }

  /**
   * Changes the content of a configuration file, which must be there.
   *
   * @param component the component
   * @param path the mount path
   * @param content the content
   */
  record SetConfigFile(ComponentKey component, String path, Setting content) implements Edit {

    /** Checks the parts. */
    public SetConfigFile {
      requireNonNull(component, "component");
      requireNonNull(path, "path");
      requireNonNull(content, "content");
    }

    @Override
    public Kind kind() {
      return Kind.SET_CONFIG_FILE;
    }
  }

  /**
   * Opens or closes a port, which must be there.
   *
   * @param component the component
   * @param port the port by its key: the number, or number/udp
   * @param inner whether components that depend on this one reach it
   * @param outer whether it is reached from outside
   */
  record SetPort(ComponentKey component, String port, boolean inner, boolean outer)
      implements Edit {

    /** Checks the parts. */
    public SetPort {
      requireNonNull(component, "component");
      requireNonNull(port, "port");
    }

    @Override
    public Kind kind() {
      return Kind.SET_PORT;
    }
  }

  /**
   * Sets a health probe; replaces the one of the same mode.
   *
   * @param component the component
   * @param probe the probe
   */
  record SetProbe(ComponentKey component, Probe probe) implements Edit {

    /** Checks the parts. */
    public SetProbe {
      requireNonNull(component, "component");
      requireNonNull(probe, "probe");
    }

    @Override
    public Kind kind() {
      return Kind.SET_PROBE;
    }
  }

  /**
   * Sets a label; adds it if it is not there.
   *
   * @param component the component
   * @param name the key of the label, not empty
   * @param value the value
   */
  record SetLabel(ComponentKey component, String name, String value) implements Edit {

    /** Checks the parts. */
    public SetLabel {
      requireNonNull(component, "component");
      requireNotEmpty(name, "name");
      requireNonNull(value, "value");
    }

    @Override
    public Kind kind() {
      return Kind.SET_LABEL;
    }

    /** Returns component, name and value, this one masked if it looks like a secret. */
    @Override
    public String toString() {
      return "SetLabel[" + component + " " + name + "=" + Setting.named(name, value) + "]";
    }
  }

  /**
   * Removes a label, which must be there.
   *
   * @param component the component
   * @param name the key of the label
   */
  record RemoveLabel(ComponentKey component, String name) implements Edit {

    /** Checks the parts. */
    public RemoveLabel {
      requireNonNull(component, "component");
      requireNonNull(name, "name");
    }

    @Override
    public Kind kind() {
      return Kind.REMOVE_LABEL;
    }
  }

  /**
   * Sets a value of a config group, which must be there; adds the value if it is not.
   *
   * @param group the name of the group
   * @param name the name of the value, not empty
   * @param value the value
   */
  record SetConfigItem(String group, String name, Setting value) implements Edit {

    /** Checks the parts. */
    public SetConfigItem {
      requireNonNull(group, "group");
      requireNotEmpty(name, "name");
      requireNonNull(value, "value");
    }

    @Override
    public Kind kind() {
      return Kind.SET_CONFIG_ITEM;
    }
  }

  private static void requireNotNegative(int number, String what) {
    if (number < 0) {
      throw new IllegalArgumentException("Invalid " + what + ": " + number + " is negative");
    }
  }

  private static void requireNotEmpty(String text, String what) {
    if (requireNonNull(text, what).isEmpty()) {
      throw new IllegalArgumentException("Invalid " + what + ": it is empty");
    }
  }
}

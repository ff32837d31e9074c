// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model.spec;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.Keyed;

/**
 * How a component that is a virtual machine boots.
 *
 * <p>Source: RAM {@code vm}.
 *
 * @param bootMode {@code bios} or {@code uefi}; may be empty
 * @param bootFormat the format of the boot source, {@code boot_source_format}; may be empty
 */
public record VirtualMachine(String bootMode, String bootFormat) implements Keyed.Item {

  /** Checks that nothing is missing. */
  public VirtualMachine {
    requireNonNull(bootMode, "bootMode");
    requireNonNull(bootFormat, "bootFormat");
  }

  /** Returns the empty text, a machine is an only child. */
  @Override
  public String key() {
    return "";
  }
}

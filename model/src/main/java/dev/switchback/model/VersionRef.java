// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model;

import static java.util.Objects.requireNonNull;

/**
 * Points at one version of one template, written {@code TEMPLATE@VERSION}.
 *
 * @param template the template
 * @param version  the version
 */
public record VersionRef(TemplateId template, Version version) implements Comparable<VersionRef> {

  /** Checks that nothing is missing. */
  public VersionRef {
    requireNonNull(template, "template");
    requireNonNull(version, "version");
  }

  /**
   * Reads {@code TEMPLATE@VERSION}; the last {@code @} separates the two.
   *
   * @throws IllegalArgumentException if there is no {@code @} or a part is not valid
   */
  public static VersionRef parse(String text) {
    int at = requireNonNull(text, "text").lastIndexOf('@');
    if (at <= 0 || at == text.length() - 1) {
      throw new IllegalArgumentException(
          "Invalid template version '" + text + "': write it as TEMPLATE@VERSION");
    }
    return new VersionRef(
        new TemplateId(text.substring(0, at)), Version.parse(text.substring(at + 1)));
  }

  /** Orders by template id, then by version. */
  @Override
  public int compareTo(VersionRef other) {
    int byTemplate = template.compareTo(other.template);
    return byTemplate != 0 ? byTemplate : version.compareTo(other.version);
  }

  @Override
  public String toString() {
    return template + "@" + version;
  }
}

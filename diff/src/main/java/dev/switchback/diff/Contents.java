// SPDX-License-Identifier: Apache-2.0
package dev.switchback.diff;

import dev.switchback.diff.internal.Display;
import dev.switchback.diff.internal.MadeLater;
import dev.switchback.model.Keyed;
import dev.switchback.model.spec.Component;
import java.util.ArrayList;
import java.util.List;

/** Lists what is inside a component, for changes that are about the component as a whole. */
final class Contents {

  /** So long is a value at most: who approves a plan reads it, and templates may hold whole files. */
  private static final int LONGEST = 1_000;

  /** What every component has without anybody having asked for it. */
  private static final Component BARE = Component.builder("bare").build();

  private Contents() {}

  /** Returns everything but name and image, which the change itself tells; made when looked at. */
  static List<ContentItem> of(Component component) {
    return new MadeLater<>(() -> list(component));
  }

  private static List<ContentItem> list(Component component) {
    List<ContentItem> content = new ArrayList<>();
    for (PropertyKind kind : PropertyKind.ofComponent()) {
      boolean told = kind == PropertyKind.NAME || kind == PropertyKind.IMAGE;
      if (!told && !kind.ofComponentSlot().same(component, BARE)) {
        for (Keyed.Item item : kind.items(component)) {
          content.add(
              new ContentItem(kind, item.key(), Display.cut(Texts.text(kind, item), LONGEST)));
        }
      }
    }
    return content;
  }
}

package io.github.nolabel.data.packaged;

import java.util.List;

/** The four hands that drew the same things. The order is part of the cache's format. */
enum Style {
  NOTO("noto"),
  TWEMOJI("twemoji"),
  OPENMOJI("openmoji"),
  FLUENT_EMOJI_FLAT("fluent-emoji-flat");

  /** In the order of the cache's format. */
  static final List<Style> ALL = List.of(values());

  private final String set;

  Style(String set) {
    this.set = set;
  }

  /** The icon set's name in the web jar. */
  String set() {
    return set;
  }
}

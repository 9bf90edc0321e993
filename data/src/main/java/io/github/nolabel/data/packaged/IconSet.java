package io.github.nolabel.data.packaged;

import java.util.Map;

/**
 * The drawings of one style.
 *
 * @param icons by name
 * @param categories the category of a name; not every name has one
 */
record IconSet(Map<String, Icon> icons, Map<String, String> categories) {

  /**
   * @param body the inside of an SVG document
   */
  record Icon(String body, double left, double top, double width, double height) {

    String svg() {
      return ("<svg xmlns=\"http://www.w3.org/2000/svg\""
              + " xmlns:xlink=\"http://www.w3.org/1999/xlink\""
              + " width=\"%s\" height=\"%s\" viewBox=\"%s %s %s %s\">%s</svg>")
          .formatted(width, height, left, top, width, height, body);
    }
  }
}

package io.github.nolabel.data.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.data.packaged.IconSet.Icon;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class IconSetReaderTest {

  private static final String JSON =
      """
      {"prefix": "x", "info": {"name": "X", "height": 99, "tags": ["a"]},
       "icons": {"sun": {"body": "<path/>"},
                 "tall": {"body": "<g/>", "height": 33, "left": 2, "hidden": true}},
       "aliases": {"star": {"parent": "sun"}},
       "categories": {"Sky": ["sun"], "Other": ["tall", "unknown"]},
       "width": 24, "height": 30}
      """;

  @Test
  void sizesComeFromTheIconThenTheSetThenTheFormat() throws IOException {
    IconSet set = read(JSON);
    assertThat(set.icons().keySet()).containsExactly("sun", "tall");
    assertThat(icon(set, "sun")).isEqualTo(new Icon("<path/>", 0, 0, 24, 30));
    assertThat(icon(set, "tall")).isEqualTo(new Icon("<g/>", 2, 0, 24, 33));
    IconSet bare = read("{\"icons\": {\"a\": {\"body\": \"\"}}}");
    assertThat(icon(bare, "a")).isEqualTo(new Icon("", 0, 0, 16, 16));
  }

  @Test
  void categoriesAreByName() throws IOException {
    assertThat(read(JSON).categories())
        .containsEntry("sun", "Sky")
        .containsEntry("tall", "Other")
        .doesNotContainKey("star");
  }

  /** A red square on the left half of the drawing; the rest is white paper. */
  @Test
  void drawingsFillTheSquare() {
    Icon icon = new Icon("<rect width=\"5\" height=\"10\" fill=\"#f00\"/>", 0, 0, 10, 10);
    byte[] rgb = new SvgRenderer(8).draw("half", icon);
    for (int pixel = 0; pixel < 64; pixel++) {
      boolean left = pixel % 8 < 4;
      assertThat(rgb[3 * pixel]).isEqualTo((byte) 0xff);
      assertThat(rgb[3 * pixel + 1]).isEqualTo((byte) (left ? 0 : 0xff));
    }
  }

  private static Icon icon(IconSet set, String name) {
    return Objects.requireNonNull(set.icons().get(name));
  }

  private static IconSet read(String json) throws IOException {
    return IconSetReader.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
  }
}

package io.github.nolabel.networks;

import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.fragment.backbone.Backbones;
import io.github.nolabel.testing.OnnxDraft;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Files that begin with images of eight pixels. */
final class Drafts {

  static final int SIZE = 8;

  private Drafts() {}

  static OnnxDraft images() {
    return new OnnxDraft(17).input("images", -1, 3, SIZE, SIZE);
  }

  /**
   * @param options names and values by turns
   */
  static Backbone backbone(Path folder, OnnxDraft draft, String... options) {
    Map<String, String> all = new LinkedHashMap<>();
    for (int i = 0; i < options.length; i += 2) {
      all.put(options[i], options[i + 1]);
    }
    return Backbones.create("onnx:" + draft.write(folder.resolve("net.onnx")), all, SIZE);
  }
}

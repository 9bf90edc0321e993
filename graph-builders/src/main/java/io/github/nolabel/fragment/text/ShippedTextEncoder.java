package io.github.nolabel.fragment.text;

import io.github.nolabel.api.input.Vocabulary;
import io.github.nolabel.fragment.layer.ContextBlock.Style;
import java.util.List;

/** A text transformer of this library in one of its sizes. */
record ShippedTextEncoder(String name, String summary, Style style, int width, int depth, int heads)
    implements TextEncoderProvider {

  static final List<ShippedTextEncoder> ALL =
      List.of(
          bert("bert-tiny", 128, 2, 2),
          bert("bert-small", 512, 4, 8),
          bert("bert-base", 768, 12, 12),
          clip("clip-tiny", 128, 2, 2),
          clip("clip-small", 384, 12, 6),
          clip("clip-base", 512, 12, 8));

  private static ShippedTextEncoder bert(String name, int width, int depth, int heads) {
    return new ShippedTextEncoder(
        name,
        "BERT (Devlin et al. 2019): every token sees all, %s".formatted(size(width, depth, heads)),
        Style.BERT,
        width,
        depth,
        heads);
  }

  private static ShippedTextEncoder clip(String name, int width, int depth, int heads) {
    return new ShippedTextEncoder(
        name,
        "CLIP's causal text transformer (Radford et al. 2021), %s"
            .formatted(size(width, depth, heads)),
        Style.CLIP,
        width,
        depth,
        heads);
  }

  private static String size(int width, int depth, int heads) {
    return "%d blocks, %d features, %d heads".formatted(depth, width, heads);
  }

  @Override
  public TextEncoder create(TextConfig config, Vocabulary vocabulary) {
    return new TextTransformer(
        style,
        config.width() > 0 ? config.width() : width,
        config.depth() > 0 ? config.depth() : depth,
        config.heads() > 0 ? config.heads() : heads,
        config.length(),
        config.dropout(),
        vocabulary);
  }
}

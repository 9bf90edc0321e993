package io.github.nolabel.fragment.text;

import io.github.nolabel.api.input.Vocabulary;
import io.github.nolabel.fragment.layer.ContextBlock.Style;
import java.nio.file.Path;
import java.util.List;

/** A text transformer of this library in one of its sizes. */
record ShippedTextEncoder(String name, String summary, Style style, TextSize own)
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
        new TextSize(width, depth, heads));
  }

  private static ShippedTextEncoder clip(String name, int width, int depth, int heads) {
    return new ShippedTextEncoder(
        name,
        "CLIP's causal text transformer (Radford et al. 2021), %s"
            .formatted(size(width, depth, heads)),
        Style.CLIP,
        new TextSize(width, depth, heads));
  }

  private static String size(int width, int depth, int heads) {
    return "%d blocks, %d features, %d heads".formatted(depth, width, heads);
  }

  @Override
  public List<Path> files(TextConfig config) {
    return config.weights().isEmpty() ? List.of() : List.of(Path.of(config.weights()));
  }

  @Override
  public TextConfig pinned(TextConfig config) {
    return config.weights().isEmpty()
        ? config.withSha256("")
        : config.withSha256(TextFirstValues.of(config).file().sha256());
  }

  @Override
  public TextEncoder create(TextConfig config, Vocabulary vocabulary) {
    if (config.weights().isEmpty()) {
      return transformer(config, own.with(config), vocabulary);
    }
    TextFirstValues first = TextFirstValues.of(config);
    TextSize size = first.size().with(config).completed();
    return first.in(transformer(config, size, vocabulary), name);
  }

  private TextTransformer transformer(TextConfig config, TextSize size, Vocabulary vocabulary) {
    return new TextTransformer(
        style,
        size.width(),
        size.depth(),
        size.heads(),
        config.activation().or(style.activation()),
        config.pooling(),
        config.length(),
        config.dropout(),
        vocabulary);
  }
}

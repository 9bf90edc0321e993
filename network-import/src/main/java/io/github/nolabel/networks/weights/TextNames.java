package io.github.nolabel.networks.weights;

import io.github.nolabel.fragment.layer.ContextBlock.Style;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One library's names for the parameters of a text transformer. In the templates {@code #} is the
 * number of a block and {@code *} is weight or bias.
 *
 * @param blocks the folder that the blocks lie in
 */
record TextNames(String library, Style style, String words, String blocks, List<Row> rows) {

  private static final List<TextNames> ALL = List.of(bert(), distilBert(), openClip(), clip());

  TextNames {
    rows = List.copyOf(rows);
  }

  /**
   * Where a parameter's values are.
   *
   * @param part 0 to 2 for a third of the tensor's rows; -1 for the whole
   */
  record Place(String name, int part) {}

  /** A file's names: whose they are, and the folder that all lie in. */
  record Found(TextNames names, String folder) {}

  /** Whose names they are; empty if of none that is known. */
  static Optional<Found> of(Collection<String> file) {
    return ALL.stream()
        .flatMap(
            names ->
                file.stream()
                    .filter(name -> name.endsWith(names.words))
                    .map(name -> name.substring(0, name.length() - names.words.length()))
                    .filter(folder -> folder.isEmpty() || folder.endsWith("."))
                    .filter(
                        folder ->
                            file.stream().anyMatch(name -> name.startsWith(folder + names.blocks)))
                    .map(folder -> new Found(names, folder)))
        .findFirst();
  }

  /** Below the folder; empty if they have no name for it. */
  Optional<Place> place(String path) {
    return rows.stream().flatMap(row -> row.place(path).stream()).findFirst();
  }

  /** The library's template for a template of ours. */
  private record Row(String theirs, Pattern ours, int part) {

    static Row of(String theirs, String ours, int part) {
      String pattern = ours.replace("#", "(?<block>\\d+)").replace("*", "(?<kind>weight|bias)");
      return new Row(theirs, Pattern.compile(pattern), part);
    }

    Optional<Place> place(String path) {
      Matcher matcher = ours.matcher(path);
      if (!matcher.matches()) {
        return Optional.empty();
      }
      String name = theirs;
      if (name.contains("#")) {
        name = name.replace("#", matcher.group("block"));
      }
      return Optional.of(
          new Place(name.contains("*") ? name.replace("*", matcher.group("kind")) : name, part));
    }
  }

  private static TextNames bert() {
    Table table = new Table("encoder.layer.");
    tables(table);
    table
        .block("attention.self.query", "attn/query")
        .block("attention.self.key", "attn/key")
        .block("attention.self.value", "attn/value")
        .block("attention.output.dense", "attn/proj")
        .block("attention.output.LayerNorm", "norm1")
        .block("intermediate.dense", "mlp/fc1")
        .block("output.dense", "mlp/fc2")
        .block("output.LayerNorm", "norm2");
    return table.of("transformers' BERT", Style.BERT, "embeddings.word_embeddings.weight");
  }

  private static TextNames distilBert() {
    Table table = new Table("transformer.layer.");
    tables(table);
    table
        .block("attention.q_lin", "attn/query")
        .block("attention.k_lin", "attn/key")
        .block("attention.v_lin", "attn/value")
        .block("attention.out_lin", "attn/proj")
        .block("sa_layer_norm", "norm1")
        .block("ffn.lin1", "mlp/fc1")
        .block("ffn.lin2", "mlp/fc2")
        .block("output_layer_norm", "norm2");
    return table.of("transformers' DistilBERT", Style.BERT, "embeddings.word_embeddings.weight");
  }

  private static void tables(Table table) {
    table
        .row("embeddings.word_embeddings.weight", "embeddings/word/weight")
        .row("embeddings.position_embeddings.weight", "embeddings/position")
        .row("embeddings.token_type_embeddings.weight", "embeddings/type")
        .row("embeddings.LayerNorm.*", "norm/*");
  }

  private static TextNames openClip() {
    Table table = new Table("transformer.resblocks.");
    table
        .row("token_embedding.weight", "embeddings/word/weight")
        .row("positional_embedding", "embeddings/position")
        .row("ln_final.*", "norm/*")
        .joint("attn.in_proj_*", "attn/query/*", "attn/key/*", "attn/value/*")
        .block("attn.out_proj", "attn/proj")
        .block("ln_1", "norm1")
        .block("ln_2", "norm2")
        .block("mlp.c_fc", "mlp/fc1")
        .block("mlp.c_proj", "mlp/fc2");
    return table.of("open_clip's CLIP", Style.CLIP, "token_embedding.weight");
  }

  private static TextNames clip() {
    Table table = new Table("encoder.layers.");
    table
        .row("embeddings.token_embedding.weight", "embeddings/word/weight")
        .row("embeddings.position_embedding.weight", "embeddings/position")
        .row("final_layer_norm.*", "norm/*")
        .block("self_attn.q_proj", "attn/query")
        .block("self_attn.k_proj", "attn/key")
        .block("self_attn.v_proj", "attn/value")
        .block("self_attn.out_proj", "attn/proj")
        .block("layer_norm1", "norm1")
        .block("layer_norm2", "norm2")
        .block("mlp.fc1", "mlp/fc1")
        .block("mlp.fc2", "mlp/fc2");
    return table.of("transformers' CLIP", Style.CLIP, "embeddings.token_embedding.weight");
  }

  /** Rows while they are written down. */
  private record Table(String blocks, List<Row> rows) {

    Table(String blocks) {
      this(blocks, new ArrayList<>());
    }

    Table row(String theirs, String ours) {
      rows.add(Row.of(theirs, ours, -1));
      return this;
    }

    Table block(String theirs, String ours) {
      return row(blocks + "#." + theirs + ".*", "blocks/#/" + ours + "/*");
    }

    Table joint(String theirs, String... ours) {
      for (int part = 0; part < ours.length; part++) {
        rows.add(Row.of(blocks + "#." + theirs, "blocks/#/" + ours[part], part));
      }
      return this;
    }

    TextNames of(String library, Style style, String words) {
      return new TextNames(library, style, words, blocks, rows);
    }
  }
}

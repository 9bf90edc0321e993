package io.github.nolabel.fragment.text;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.fragment.StartingValues;
import io.github.nolabel.fragment.layer.ContextBlock.Style;
import io.github.nolabel.fragment.layer.Gelu;
import io.github.nolabel.graph.GraphBuilder;
import io.github.nolabel.graph.Mode;
import io.github.nolabel.graph.Parameter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Trained weights that a text transformer starts from.
 *
 * @param activation as users set it
 */
record TextFirstValues(TextWeights file, Gelu activation) {

  private static final String WORDS = "embeddings/word/weight";
  private static final String TRIAL = "trial";
  private static final int SHOWN = 5;

  /**
   * Reads the names and shapes of a file.
   *
   * @throws UserMistake if it cannot be read, or is not the one that the run began with
   */
  static TextFirstValues of(TextConfig config) {
    TextWeights file = TextWeightReader.find().read(Path.of(config.weights()));
    if (!config.sha256().isEmpty() && !config.sha256().equals(file.sha256())) {
      throw new UserMistake(
          "%s is not the file that the run began with: its SHA-256 is %s, not %s."
              .formatted(config.weights(), file.sha256(), config.sha256()));
    }
    return new TextFirstValues(file, config.activation());
  }

  /** What the file says of the transformer that it was saved from; it does not say its heads. */
  TextSize size() {
    return new TextSize((int) extent(WORDS, 1), file.depth(), 0);
  }

  /**
   * The transformer with these values.
   *
   * @param name to call it in messages
   * @throws UserMistake if the file is of another one
   */
  TextEncoder in(TextTransformer transformer, String name) {
    checkStyle(transformer.style(), name);
    checkTables(transformer);
    Map<String, Shape> shapes = shapes(transformer);
    checkAll(shapes, name);
    Map<String, Tensor> values = new LinkedHashMap<>();
    shapes
        .keySet()
        .forEach(
            path ->
                values.put(
                    path,
                    path.equals(TextWeights.POSITIONS) ? places(transformer) : file.tensor(path)));
    return new PretrainedTextEncoder(
        transformer, new StartingValues(values), notes(transformer, shapes));
  }

  private void checkStyle(Style style, String name) {
    if (style != file.style()) {
      String kind = file.style() == Style.BERT ? "bert" : "clip";
      throw new UserMistake(
          "%s holds a text transformer of the kind %s, text.network = %s is another. Set text.network=%s-base; width and depth are the file's."
              .formatted(file.path(), kind, name, kind));
    }
  }

  private void checkTables(TextTransformer transformer) {
    long words = extent(WORDS, 0);
    if (words != transformer.vocabulary().size()) {
      throw new UserMistake(
          "%s has vectors for %,d tokens, the run's tokenizer has %,d tokens. Set text.tokenizer to the tokenizer.json that the weights were trained with."
              .formatted(file.path(), words, transformer.vocabulary().size()));
    }
    long places = extent(TextWeights.POSITIONS, 0);
    if (places < transformer.length()) {
      throw new UserMistake(
          "%s has positions for %d tokens, text.length is %d. Set text.length=%d or less."
              .formatted(file.path(), places, transformer.length(), places));
    }
  }

  private void checkAll(Map<String, Shape> shapes, String name) {
    List<String> missing = new ArrayList<>();
    List<String> otherShape = new ArrayList<>();
    shapes.forEach(
        (path, shape) ->
            file.extents(path)
                .ifPresentOrElse(
                    found -> check(path, shape, found, otherShape),
                    () -> missing.add(file.nameOf(path))));
    List<String> problems = new ArrayList<>();
    addTo(problems, "missing", missing);
    addTo(problems, "of another shape", otherShape);
    String advice =
        problems.isEmpty()
            ? "It is of another kind of network: export it as ONNX and set text.network=onnx:PATH"
            : "Leave text.width and text.depth at 0 to take the file's";
    addTo(problems, "that it computes with and we do not", file.surplus(used(shapes)));
    if (!problems.isEmpty()) {
      throw new UserMistake(
          "%s does not fit %s; %s. %s."
              .formatted(file.path(), name, String.join("; ", problems), advice));
    }
  }

  private void check(String path, Shape shape, List<Long> found, List<String> otherShape) {
    List<Long> expected = shape.dims().stream().map(dim -> dim.extent()).toList();
    boolean positions = path.equals(TextWeights.POSITIONS);
    List<Long> wanted = positions ? List.of(found.get(0), expected.get(2)) : expected;
    if (!found.equals(wanted)) {
      otherShape.add("%s is %s here and %s there".formatted(file.nameOf(path), wanted, found));
    }
  }

  /** The first rows of the table; what type 0 adds to every token is in them. */
  private Tensor places(TextTransformer transformer) {
    int width = transformer.featureWidth();
    float[] table = file.tensor(TextWeights.POSITIONS).toFloats();
    float[] type = hasTypes() ? file.tensor(TextWeights.TYPES).toFloats() : new float[width];
    Tensor places = Tensor.zeros(ElementType.FLOAT, 1, transformer.length(), width);
    for (int i = 0; i < places.elements(); i++) {
      places.floats().put(i, table[i] + type[i % width]);
    }
    return places;
  }

  private boolean hasTypes() {
    return file.extents(TextWeights.TYPES).isPresent();
  }

  private List<String> notes(TextTransformer transformer, Map<String, Shape> shapes) {
    List<String> notes = new ArrayList<>();
    notes.add(
        "%s: first values of all %d parameters of the text network (%d blocks, %d features, %d heads)."
            .formatted(
                file.path(),
                shapes.size(),
                transformer.depth(),
                transformer.featureWidth(),
                transformer.heads()));
    if (hasTypes()) {
      notes.add("What token type 0 adds to every token is in the positions.");
    }
    if (extent(TextWeights.POSITIONS, 0) > transformer.length()) {
      notes.add(
          "Of %d positions the first %d are taken, as text.length says."
              .formatted(extent(TextWeights.POSITIONS, 0), transformer.length()));
    }
    if (transformer.style() == Style.CLIP && activation == Gelu.OWN) {
      notes.add(
          "It computes with the quick GELU, as OpenAI's models do; for weights that were trained"
              + " with GELU, such as most of open_clip's own, set text.activation=gelu.");
    }
    addTo(notes, "Left out, as the text network has no such parameter", file.unused(used(shapes)));
    return notes;
  }

  private static List<String> used(Map<String, Shape> shapes) {
    List<String> used = new ArrayList<>(shapes.keySet());
    used.add(TextWeights.TYPES);
    return used;
  }

  private long extent(String path, int axis) {
    return file.extents(path)
        .filter(extents -> extents.size() == 2)
        .map(extents -> extents.get(axis))
        .orElseThrow(
            () ->
                new UserMistake(
                    "%s has no table %s with two axes, which a text transformer needs."
                        .formatted(file.path(), file.nameOf(path))));
  }

  private static Map<String, Shape> shapes(TextTransformer transformer) {
    GraphBuilder graph = new GraphBuilder(Mode.INFERENCE);
    transformer.attach(graph.scope(TRIAL));
    Map<String, Shape> shapes = new LinkedHashMap<>();
    for (Parameter parameter : graph.parameters()) {
      shapes.put(parameter.name().substring(TRIAL.length() + 1), parameter.value().shape());
    }
    return shapes;
  }

  private static void addTo(List<String> lines, String what, List<String> names) {
    if (!names.isEmpty()) {
      String first = String.join(", ", names.subList(0, Math.min(SHOWN, names.size())));
      int more = names.size() - SHOWN;
      lines.add(what + ": " + first + (more > 0 ? " and %d more".formatted(more) : ""));
    }
  }
}

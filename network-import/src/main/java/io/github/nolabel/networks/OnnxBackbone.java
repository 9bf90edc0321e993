package io.github.nolabel.networks;

import io.github.nolabel.api.Shape;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.view.Normalisation;
import io.github.nolabel.fragment.TensorFunction;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.graph.GraphBuilder;
import io.github.nolabel.graph.Mode;
import io.github.nolabel.graph.Node;
import io.github.nolabel.graph.Scope;
import io.github.nolabel.graph.Value;
import io.github.nolabel.networks.file.OnnxFile;
import io.github.nolabel.networks.rules.TranslationRules;
import io.github.nolabel.networks.table.FileValue;
import io.github.nolabel.networks.table.GraphTranslation;
import io.github.nolabel.networks.table.MovedStatistics;
import io.github.nolabel.networks.table.PlainImages;
import io.github.nolabel.networks.table.TranslationContext;
import io.github.nolabel.networks.table.Weights;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A network from an ONNX file as a trainable fragment. Float initializers that something is
 * computed with are its weights, with the file's values; batch normalisation moves its running
 * statistics again; dropout passes everything on.
 */
public final class OnnxBackbone implements Backbone {

  private final OnnxFile file;
  private final ImageInput input;
  private final String features;
  private final boolean reset;
  private final Optional<FileNormalisation> colours;
  private final Set<String> constants;
  private final FeatureVector vector;
  private final List<ImportedWeight> weights;
  private final int width;
  private final List<String> notes = new ArrayList<>();

  /**
   * Goes through the file once, so that whatever cannot be trained is said here.
   *
   * @param features name of the value to take
   */
  OnnxBackbone(OnnxFile file, ImageInput input, String features, OnnxBackboneConfig config) {
    this.file = file;
    this.input = input;
    this.features = features;
    this.reset = config.resetWeights();
    this.constants = new LinkedHashSet<>(KeptInitializers.of(file, config.constants()));
    this.vector = FeatureVector.of(config);
    Set<String> unreached = trial().unreached();
    constants.addAll(unreached);
    Trial trial = trial();
    this.colours =
        FileNormalisation.of(file, config.normalisation()).or(() -> ofBytes(input, trial.plain()));
    this.width = Math.toIntExact(trial.result().shape().extent(1));
    this.weights = trial.recorded().all();
    requireWeights(trial.recorded());
    notes.addAll(ImportNotes.of(file, trial.nodes(), weights, reset));
    notes.addAll(ImportNotes.ofConstants(kept(trial, unreached), weights));
    notes.addAll(ImportNotes.ofBatch(input.fileBatch()));
    colours.ifPresent(c -> notes.add(c.note()));
  }

  /** What going through the file once has shown. */
  private record Trial(
      RecordedWeights recorded, PlainImages plain, Value result, List<Node> nodes) {

    /** Weights that nothing can be learnt for. */
    Set<String> unreached() {
      return recorded.unreached(Reached.from(result, nodes));
    }
  }

  private Trial trial() {
    Scope scope = new GraphBuilder(Mode.TRAINING).scope("trial");
    RecordedWeights recorded = new RecordedWeights(scope);
    PlainImages plain = new PlainImages();
    Value images = scope.graph().input("images", input.shape());
    Value result = walk(scope, recorded, new MovedStatistics(), plain, images);
    return new Trial(recorded, plain, result, scope.graph().nodes());
  }

  private void requireWeights(RecordedWeights recorded) {
    if (weights.isEmpty() && !recorded.frozen().isEmpty()) {
      throw new UserMistake(
          "%s has nothing to train: its kernels are no initializers of floats (%s). Export it with float weights."
              .formatted(file.parts().get(0), String.join(", ", recorded.frozen())));
    }
  }

  private static Map<String, String> kept(Trial trial, Set<String> unreached) {
    Map<String, String> kept = new LinkedHashMap<>(trial.recorded().kept());
    unreached.forEach(name -> kept.put(name, "the features do not change with it"));
    return kept;
  }

  @Override
  public Optional<Normalisation> normalisation() {
    return colours.map(FileNormalisation::normalisation);
  }

  @Override
  public Shape inputShape() {
    return input.shape();
  }

  @Override
  public int featureWidth() {
    return width;
  }

  /** What was done to the file, in sentences for people. */
  @Override
  public List<String> notes() {
    return List.copyOf(notes);
  }

  @Override
  public TensorFunction attach(Scope scope) {
    Weights attached = AttachedWeights.declare(scope, weights, reset);
    MovedStatistics norms = new MovedStatistics();
    return images -> walk(scope, attached, norms, new PlainImages(), images);
  }

  private static Optional<FileNormalisation> ofBytes(ImageInput input, PlainImages plain) {
    if (input.bytes()) {
      return Optional.of(FileNormalisation.ofBytes("as the input wants bytes"));
    }
    return plain.isScaledDown()
        ? Optional.of(FileNormalisation.ofBytes("as the network scales them down itself"))
        : Optional.empty();
  }

  private Value walk(
      Scope scope, Weights source, MovedStatistics norms, PlainImages plain, Value images) {
    Value seen = input.laidOut(scope.ops(), images);
    plain.begin(seen);
    TranslationContext setting =
        new TranslationContext(
            file.parts().get(0), scope, source, images, input.fileBatch(), norms, plain, constants);
    FileValue found =
        new GraphTranslation(file, TranslationRules.table(), setting)
            .run(new FileValue.Live(seen), features);
    return vector.of(found, features, setting);
  }
}

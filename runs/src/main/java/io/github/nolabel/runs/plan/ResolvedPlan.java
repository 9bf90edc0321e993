package io.github.nolabel.runs.plan;

import io.github.nolabel.api.input.Vocabulary;
import io.github.nolabel.api.option.RecordOptions;
import io.github.nolabel.api.train.OptimizerConfig.BatchScaling;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.data.load.Share;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.fragment.text.TextEncoder;
import io.github.nolabel.method.CompiledMethod;
import io.github.nolabel.method.MethodProvider;
import io.github.nolabel.method.Methods;
import io.github.nolabel.method.Networks;
import io.github.nolabel.text.Tokenizer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A plan whose names have been looked up and whose values have been checked.
 *
 * @param backboneFiles that the backbone was made from; a run keeps copies of them
 * @param methodFiles that the method's options name, such as a teacher's; a run keeps copies of
 *     them
 * @param textFiles that the text network was made from; a run keeps copies of them too
 */
public record ResolvedPlan(
    RunSettings settings,
    MethodProvider<?> method,
    Backbone backbone,
    Catalogue catalogue,
    List<Path> backboneFiles,
    List<Path> methodFiles,
    List<Path> textFiles) {

  /** Odd and far from small: seeds of workers do not meet those of runs. */
  private static final long SEED_STRIDE = 0x9E3779B97F4A7C15L;

  public ResolvedPlan {
    backboneFiles = List.copyOf(backboneFiles);
    methodFiles = List.copyOf(methodFiles);
    textFiles = List.copyOf(textFiles);
  }

  /**
   * The tokenizer of the run, learnt from its captions or read from a file; empty if the run reads
   * no texts.
   */
  public Optional<Tokenizer> tokenizer(Iterable<String> captions) {
    return settings.texts().map(config -> catalogue.texts().tokenizer(config, captions));
  }

  /**
   * The method's program for a run of so many full batches per pass over the data.
   *
   * @param vocabulary of the run's tokenizer; empty if it reads no texts
   */
  public CompiledMethod compiled(long batchesPerEpoch, Optional<Vocabulary> vocabulary) {
    return compiled(settings.spec(batchesPerEpoch), vocabulary);
  }

  /** The method's program for a run of so many updates. */
  public CompiledMethod compiled(long steps, long stepsPerEpoch, Optional<Vocabulary> vocabulary) {
    return compiled(settings.spec(steps, stepsPerEpoch), vocabulary);
  }

  /** The same with batches of another size. */
  public ResolvedPlan withBatchSize(int images) {
    return new ResolvedPlan(
        settings.with(OptionGroup.RUN, RecordOptions.with(settings.run(), "batchSize", images)),
        method,
        backbone,
        catalogue,
        backboneFiles,
        methodFiles,
        textFiles);
  }

  /**
   * The program of one of several workers, for its rows of every batch: with the schedules of the
   * whole run, the learning rate of the whole batch, and random numbers of its own. With a joint
   * batch it is the program of all.
   */
  public CompiledMethod compiled(RunSpec whole, Share share, Optional<Vocabulary> vocabulary) {
    if (whole.optimizer().jointBatch()) {
      return compiled(whole, vocabulary);
    }
    RunSpec run =
        new RunSpec(
            whole.backbone(),
            whole.backboneOptions(),
            whole.imageSize(),
            share.rows(whole.batchSize()),
            whole.steps(),
            whole.stepsPerEpoch(),
            whole.seed() + share.worker() * SEED_STRIDE,
            whole
                .optimizer()
                .with("learningRate", whole.peakLearningRate())
                .with("batchScaling", BatchScaling.NONE),
            whole.schedule());
    return compiled(run, vocabulary);
  }

  /**
   * What people should know of the text network, in sentences.
   *
   * @param vocabulary of the run's tokenizer; empty if it reads no texts
   */
  public List<String> textNotes(Optional<Vocabulary> vocabulary) {
    return textNetwork(vocabulary).map(TextEncoder::notes).orElse(List.of());
  }

  /**
   * Every option with its value as YAML that {@link io.github.nolabel.runs.RunPlan#parse} reads:
   * the same run again, whatever defaults and presets come to later. A network at hand appears by
   * its class only.
   */
  public String toYaml() {
    return PlanYaml.of(this);
  }

  private Optional<TextEncoder> textNetwork(Optional<Vocabulary> vocabulary) {
    return settings
        .texts()
        .map(config -> catalogue.texts().network(config, vocabulary.orElseThrow()));
  }

  private CompiledMethod compiled(RunSpec run, Optional<Vocabulary> vocabulary) {
    Networks networks = new Networks(backbone, textNetwork(vocabulary));
    return Methods.compile(method, settings.methodOptions(), run, networks, catalogue.optimizers());
  }
}

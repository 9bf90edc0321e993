package io.github.nolabel.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.train.Batch;
import io.github.nolabel.api.train.BatchSource;
import io.github.nolabel.api.train.BatchStream;
import io.github.nolabel.api.train.LoadingInterruptedException;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.train.StateTensor;
import io.github.nolabel.api.train.StepReport;
import io.github.nolabel.api.train.Trainer;
import io.github.nolabel.api.train.TrainingRecipe;
import io.github.nolabel.graph.Parameter;
import io.github.nolabel.graph.Role;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/**
 * Two batches whose losses are computed together have the gradient of one batch of all images.
 * Plain gradient descent, so what weights have moved is the gradient. Batch normalisation sees one
 * batch at a time: where there is any, both hold the same images and so have the same statistics.
 * Somebody stops the run while the second batch is read: the update is taken all the same.
 */
final class JointContract {

  private static final int IMAGES = 4;
  private static final double TOLERANCE = 1e-5;

  private final TinyRun tiny;

  JointContract(TinyRun tiny) {
    this.tiny = tiny;
  }

  void aJointBatchHasTheGradientOfTheWholeBatch() {
    RunSpec whole = spec(2 * IMAGES, "1", "false");
    RunSpec parts = spec(IMAGES, "2", "true");
    List<Batch> batches = batches(tiny.recipe(whole), statistics(whole).isEmpty());
    Taken together = taken(whole, List.of(joined(batches.subList(0, 2))), "whole");
    Taken apart = taken(parts, batches, "parts");
    assertThat(apart.report().loss())
        .isCloseTo(together.report().loss(), within(TOLERANCE * (1 + together.report().loss())));
    assertThat(apart.report().values()).containsOnlyKeys(together.report().values().keySet());
    requireSameUpdate(whole, together.state(), apart.state());
  }

  private static RunSpec spec(int batchSize, String accumulate, String joint) {
    return TinyRun.plainSpec(
        batchSize,
        1,
        Map.of(
            "algorithm", "sgd",
            "momentum", "0",
            "weightDecay", "0",
            "learningRate", "1",
            "clipNorm", "1",
            "accumulate", accumulate,
            "jointBatch", joint));
  }

  private Set<String> statistics(RunSpec run) {
    return GradientContract.forward(tiny.objective(run)).graph().parameters().stream()
        .filter(parameter -> parameter.role() == Role.STATISTIC)
        .map(Parameter::name)
        .collect(Collectors.toSet());
  }

  /** Every tensor, but statistics of batch normalisation, which see other batches. */
  private void requireSameUpdate(
      RunSpec run, Map<String, Tensor> expected, Map<String, Tensor> actual) {
    Set<String> statistics = statistics(run);
    double difference = 0;
    double way = 0;
    for (StateTensor tensor : tiny.recipe(run).program().state()) {
      if (!statistics.contains(tensor.name())) {
        Tensor there = Objects.requireNonNull(expected.get(tensor.name()));
        Tensor here = Objects.requireNonNull(actual.get(tensor.name()), tensor.name());
        difference += squares(there, here);
        way += squares(there, tensor.initial());
      }
    }
    assertThat(Math.sqrt(difference / way)).as("share of the update").isLessThan(TOLERANCE);
  }

  private static double squares(Tensor first, Tensor second) {
    float[] there = first.toFloats();
    float[] here = second.toFloats();
    double sum = 0;
    for (int i = 0; i < there.length; i++) {
      sum += Math.pow((double) there[i] - here[i], 2);
    }
    return sum;
  }

  private Taken taken(RunSpec run, List<Batch> batches, String name) {
    TrainingRecipe recipe = tiny.recipe(run);
    List<StepReport> reports = new ArrayList<>();
    try (Trainer trainer = tiny.open(recipe, run, "joint-" + name, false)) {
      trainer.train(new Given(batches, new AtomicBoolean(true)), EveryStep.then(reports::add));
      Thread.interrupted();
      assertThat(reports).hasSize(1);
      return new Taken(reports.get(0), trainer.state());
    }
  }

  /** Those of an update, and the one that follows. */
  private List<Batch> batches(TrainingRecipe recipe, boolean different) {
    try (BatchStream stream = TinyRun.batches(recipe, IMAGES).from(0)) {
      Batch first = stream.next();
      Batch second = stream.next();
      return List.of(first, different ? second : first, stream.next());
    }
  }

  private static Batch joined(List<Batch> batches) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (String name : batches.get(0).tensors().keySet()) {
      List<Tensor> parts =
          batches.stream().map(b -> Objects.requireNonNull(b.tensors().get(name))).toList();
      long[] extents = parts.get(0).shape().at(0);
      extents[0] *= parts.size();
      Tensor whole = Tensor.zeros(parts.get(0).type(), extents);
      ByteBuffer into = whole.bytes();
      parts.forEach(part -> into.put(part.bytes()));
      tensors.put(name, whole);
    }
    return new Batch(batches.size() * IMAGES, tensors);
  }

  private record Taken(StepReport report, Map<String, Tensor> state) {}

  /**
   * These batches.
   *
   * @param interrupted before the second one, once
   */
  private record Given(List<Batch> batches, AtomicBoolean interrupted) implements BatchSource {

    @Override
    public long batchesPerEpoch() {
      return batches.size();
    }

    @Override
    public BatchStream from(long firstBatch) {
      return new BatchStream() {
        private int next = (int) firstBatch;

        @Override
        public Batch next() {
          if (next == 1 && interrupted.getAndSet(false)) {
            throw new LoadingInterruptedException(new InterruptedException());
          }
          return batches.get(next++);
        }

        @Override
        public void close() {}
      };
    }
  }
}

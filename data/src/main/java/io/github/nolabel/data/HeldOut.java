package io.github.nolabel.data;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.api.view.View;
import io.github.nolabel.data.view.ViewRenderer;
import io.github.nolabel.evaluation.EvaluationSet;
import io.github.nolabel.evaluation.NeighbourQuestion;
import io.github.nolabel.evaluation.NeighbourRound;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.Supplier;

/**
 * Images for evaluation and what is asked about them. Training has never seen the queries of the
 * rounds; a gallery may be made of training images.
 *
 * @param questions the headline first; empty if nothing is labelled
 * @param rounds which images ask and which answer, by index in {@code images}
 */
public record HeldOut(
    ImageDataset images, List<NeighbourQuestion> questions, List<NeighbourRound> rounds) {

  public HeldOut {
    questions = List.copyOf(questions);
    rounds = List.copyOf(rounds);
  }

  /**
   * The images as a frozen backbone sees them. Rendered in parallel when asked for, the same every
   * time. A broken image is replaced by the next one with the same labels and the same role, so
   * that the counts stay as they are.
   */
  public EvaluationSet preprocessed(Preprocessing preprocessing) {
    return new Prepared(
        prepared(preprocessing.size(), () -> ViewRenderer.plain(preprocessing), 0, 0));
  }

  /** As {@link #preprocessed}, under the plan's first view: random, but the same for an epoch. */
  public EvaluationSet augmented(InputPlan plan, long seed, long epoch) {
    View view = plan.views().get(0);
    return new Prepared(
        prepared(view.size(), () -> new ViewRenderer(view, plan.evaluation()), seed, epoch));
  }

  private PreparedImages prepared(
      int size, Supplier<ViewRenderer> renderer, long seed, long epoch) {
    return new PreparedImages(images, size, renderer, seed, epoch, this::twinOf, "held-out images");
  }

  private IntPredicate twinOf(int index) {
    return other ->
        questions.stream().allMatch(q -> q.labels().get(index).equals(q.labels().get(other)))
            && rounds.stream()
                .allMatch(r -> r.queries().contains(index) == r.queries().contains(other));
  }

  /** What is asked of the prepared images. */
  private final class Prepared implements EvaluationSet {

    private final PreparedImages prepared;

    Prepared(PreparedImages prepared) {
      this.prepared = prepared;
    }

    @Override
    public int size() {
      return prepared.size();
    }

    @Override
    public List<NeighbourQuestion> questions() {
      return questions;
    }

    @Override
    public List<NeighbourRound> rounds() {
      return rounds;
    }

    @Override
    public Iterable<Tensor> batches(int batchSize) {
      return prepared.batches(batchSize);
    }
  }
}

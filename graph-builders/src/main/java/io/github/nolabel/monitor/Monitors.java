package io.github.nolabel.monitor;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.fragment.Vectors;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import io.github.nolabel.step.StepGraph;

/**
 * Numbers that tell whether a method learns, reported with every step. They read the training graph
 * and change neither its gradients nor its weights.
 */
public final class Monitors {

  /** In [0, 1]: how far the embeddings of a batch spread; 0 when all are equal. */
  public static final String FEATURE_STD = "feature_std";

  /** In [0, 4]: how far the two views of an image are apart; 0 when they are equal. */
  public static final String ALIGNMENT = "alignment";

  /** In [-8, 0]: how evenly the embeddings fill the sphere; 0 when all are equal. */
  public static final String UNIFORMITY = "uniformity";

  /** From 1: along how many directions the embeddings of a batch differ; 1 is a line. */
  public static final String EMBEDDING_RANK = "embedding_rank";

  /** In [0, 2]: how far the middles of the two kinds of embeddings are apart. */
  public static final String MODALITY_GAP = "modality_gap";

  /** Ends the names of numbers in [0, 1]: how evenly a query looks at all candidates. */
  public static final String SPREAD = "spread";

  /** Added to the name of an entropy: the entropy of the batch's mean distribution. */
  public static final String OF_MEAN = "_of_mean";

  private static final double TINY = 1e-30;

  private Monitors() {}

  /**
   * Reports four numbers of the directions x, y of the embeddings of two views.
   *
   * <pre>
   * feature_std = sqrt(D) mean_d( std_i( x_id ) )            Chen and He 2021, arXiv 2011.10566
   * alignment   = mean_i( |x_i - y_i|^2 )                    Wang and Isola 2020, arXiv 2005.10242
   * uniformity  = log mean_{i != j}( exp(-2 |x_i - x_j|^2) )
   * embedding_rank = (sum_k l_k)^2 / sum_k( l_k^2 )          l: eigenvalues of the covariance of x
   * </pre>
   *
   * The last is the participation ratio: equal spread along n directions gives n. It is read off
   * the products of the centred rows, which have the same eigenvalues, as trace(G)^2 / |G|^2.
   *
   * <p>The standard deviation is taken in units of 1/sqrt(D), that of directions without
   * preference, so that 1 is healthy whatever the width. The first view stands for both where one
   * is enough.
   *
   * @param view1 float[N, D], of the network that is trained
   * @param view2 float[N, D], partners of the first by row
   */
  public static void embeddings(StepGraph step, Value view1, Value view2) {
    Ops g = step.ops("monitor");
    Value x = Vectors.unit(g, g.detach(view1));
    Value y = Vectors.unit(g, g.detach(view2));
    Value apart = g.sub(x, y);
    step.monitor(FEATURE_STD, spread(g, x));
    step.monitor(ALIGNMENT, g.reduceMean(g.reduceSum(g.mul(apart, apart), false, 1), false));
    step.monitor(UNIFORMITY, uniformity(g, x));
    step.watch(EMBEDDING_RANK, participation(step.ops("watch"), x));
  }

  /**
   * Reports two numbers of distributions p over K classes, both in [0, 1]:
   *
   * <pre>
   * name         = mean_i( H(p_i) ) / log K          1: every row is uniform
   * name_of_mean = H( mean_i(p_i) ) / log K          0: every row is the same single class
   * </pre>
   *
   * Rows that are sure of themselves are healthy as long as they are sure of different classes.
   *
   * @param name such as {@code teacher_entropy}
   * @param probabilities float[N, K], rows that sum to one; K is 2 or more
   */
  public static void entropy(StepGraph step, String name, Value probabilities) {
    Ops g = step.ops("monitor");
    Value p = g.detach(probabilities);
    step.monitor(name, g.reduceMean(share(g, p), false));
    step.monitor(name + OF_MEAN, share(g, g.reduceMean(p, false, 0)));
  }

  /**
   * Reports how two kinds of things, such as images and texts, lie in their common space.
   *
   * <pre>
   * modality_gap  = | mean_i(x_i) - mean_i(y_i) |            Liang et al. 2022, arXiv 2203.02053
   * image_to_text_spread = mean_i( H(softmax_j(logits_ij)) ) / log N
   * text_to_image_spread = mean_j( H(softmax_i(logits_ij)) ) / log N
   * </pre>
   *
   * A spread of 1 finds every partner equally likely: the loss is log N. {@link #embeddings} is
   * reported, too.
   *
   * @param images float[N, D]
   * @param texts float[N, D], partners of the images by row
   * @param logits float[N, N], images by texts
   */
  public static void pairs(StepGraph step, Value images, Value texts, Value logits) {
    embeddings(step, images, texts);
    Ops g = step.ops("monitor");
    Value x = Vectors.unit(g, g.detach(images));
    Value y = Vectors.unit(g, g.detach(texts));
    Value apart = g.sub(g.reduceMean(x, false, 0), g.reduceMean(y, false, 0));
    step.monitor(MODALITY_GAP, g.sqrt(g.reduceSum(g.mul(apart, apart), false)));
    Value similarities = g.detach(logits);
    step.monitor("image_to_text_" + SPREAD, evenness(g, similarities));
    step.monitor("text_to_image_" + SPREAD, evenness(g, g.transposeMatrix(similarities)));
  }

  /**
   * Reports in [0, 1] how often the largest logit is the label's; 0 when nothing counts.
   *
   * @param logits float[..., K]
   * @param labels int64[...], from zero to below K
   * @param counts float[...], 1 where it counts and 0 elsewhere
   */
  public static void accuracy(
      StepGraph step, String name, Value logits, Value labels, Value counts) {
    Ops g = step.ops("monitor");
    Value guesses = g.detach(logits);
    int classes = logits.shape().rank() - 1;
    Value own = g.gatherElements(guesses, g.unsqueeze(labels, classes), classes);
    Value right = g.not(g.less(own, g.reduceMax(guesses, true, classes)));
    Value hits = g.mul(g.squeeze(g.cast(right, ElementType.FLOAT), classes), counts);
    Value all = g.max(g.reduceSum(counts, false), g.constant(1));
    step.monitor(name, g.div(g.reduceSum(hits, false), all));
  }

  /** The mean entropy of the rows' softmax as a share of the largest. */
  private static Value evenness(Ops g, Value logits) {
    Value surprise = g.mul(g.softmax(logits, -1), g.logSoftmax(logits, -1));
    Value rows = g.elementCount(g.rowNumbers(logits));
    return g.div(
        g.neg(g.reduceMean(g.reduceSum(surprise, false, 1), false)),
        g.max(g.log(rows), g.constant(TINY)));
  }

  private static Value spread(Ops g, Value x) {
    Value centred = g.sub(x, g.reduceMean(x, true, 0));
    Value deviations = g.sqrt(g.reduceMean(g.mul(centred, centred), false, 0));
    return g.mul(g.reduceMean(deviations, false), Math.sqrt((double) x.shape().extent(1)));
  }

  private static Value participation(Ops g, Value x) {
    Value centred = g.sub(x, g.reduceMean(x, true, 0));
    Value products = g.matMul(centred, g.transposeMatrix(centred));
    Value trace = g.reduceSum(g.mul(centred, centred), false);
    Value squares = g.reduceSum(g.mul(products, products), false);
    return g.div(g.mul(trace, trace), g.max(squares, g.constant(TINY)));
  }

  private static Value uniformity(Ops g, Value x) {
    Value squares = g.reduceSum(g.mul(x, x), true, 1);
    Value products = g.mul(g.matMul(x, g.transposeMatrix(x)), -2);
    Value distances = g.add(g.add(squares, g.transposeMatrix(squares)), products);
    Value closeness = g.exp(g.mul(distances, -2));
    Value ofPairs = g.where(g.diagonal(x), g.constant(0), closeness);
    Value pairs = g.sub(g.elementCount(closeness), g.elementCount(squares));
    return g.log(g.max(g.div(g.reduceSum(ofPairs, false), pairs), g.constant(TINY)));
  }

  /** Entropies along the last axis, as shares of the largest possible one. */
  private static Value share(Ops g, Value p) {
    Value surprise = g.mul(p, g.log(g.max(p, g.constant(TINY))));
    int classes = p.shape().rank() - 1;
    double largest = Math.log((double) p.shape().extent(classes));
    return g.mul(g.reduceSum(surprise, false, classes), -1 / largest);
  }
}

package io.github.nolabel.api.train;

import io.github.nolabel.api.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What passes images through the networks, for a recipe whose losses see more images than a network
 * does at once. An update then takes four kinds of runs:
 *
 * <ol>
 *   <li>for every part of the batch, {@link #EMBEDDING} of the worker: from images to the values
 *       with which losses compare them;
 *   <li>for all parts together, {@link #COMPARISON} of the recipe itself: the loss, and how it
 *       changes with each of those values;
 *   <li>for every part, the worker's training model, which adds the gradient of its weights to
 *       sums: the network's pass is repeated, so that nothing of it has to be kept;
 *   <li>the recipe's training model: the update from the sums, queues and centres from the values.
 * </ol>
 *
 * The gradient is that of the whole batch (Gao et al. 2021, arXiv 2101.06983). Batch normalisation
 * sees one part at a time.
 *
 * @param worker starts with none of its own state: it is given all at every update
 * @param rows what its embedding model gives and the comparison reads
 * @param rowNumbers what its models are told of a part's place in the batch
 */
public record JointPart(
    TrainingRecipe worker, List<JointRows> rows, List<JointRowNumbers> rowNumbers) {

  /** The worker's evaluation model. */
  public static final String EMBEDDING = "embedding";

  /** The recipe's evaluation model that holds the loss. */
  public static final String COMPARISON = "comparison";

  /** Before a row's name: the embedding model's output. */
  public static final String ROWS = "rows/";

  /** Before a row's name: how the loss changes with it. */
  public static final String COTANGENT = "cotangent/";

  /** Before a weight's name: how the loss changes with it, but for the networks' part. */
  public static final String GRADIENT = "gradient/";

  /** Before a weight's name: the state tensor in which its gradient is added up. */
  public static final String SUM = "optimizer/accumulated/";

  /** Before the name of a number that the comparison finds out and the update reports. */
  public static final String FOUND = "found/";

  public JointPart {
    rows = List.copyOf(rows);
    rowNumbers = List.copyOf(rowNumbers);
  }

  /**
   * The cut values of all images, by name.
   *
   * @param parts of an update's batch, in the order of its images
   */
  public Map<String, Tensor> joined(List<Map<String, Tensor>> parts) {
    Map<String, Tensor> whole = new LinkedHashMap<>();
    for (JointRows row : rows) {
      whole.put(
          row.name(),
          row.join(
              parts.stream().map(part -> Objects.requireNonNull(part.get(row.name()))).toList()));
    }
    return whole;
  }
}

package io.github.nolabel.api.joint;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.train.JointPart;
import io.github.nolabel.api.train.JointRows;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** One worker passes all images of an update, a batch at a time. */
public record LoneWorker(JointShare share, JointPart part) implements JointWorkers {

  @Override
  public Map<String, Tensor> embed(JointStart start) {
    return joined(part.rows(), share.embed(start));
  }

  @Override
  public Map<String, Tensor> gradients(JointStart start, Map<String, Tensor> cotangents) {
    return share.gradients(start, cotangents);
  }

  /**
   * The values of all images.
   *
   * @param parts of an update, in the order of its images
   */
  public static Map<String, Tensor> joined(List<JointRows> rows, List<Map<String, Tensor>> parts) {
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

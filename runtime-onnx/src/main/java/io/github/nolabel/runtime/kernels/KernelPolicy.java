package io.github.nolabel.runtime.kernels;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.train.DeviceConfig.Kernels;
import io.github.nolabel.api.train.OnnxModel;
import io.github.nolabel.api.train.TrainingProgram;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Decides which kernels a training session gets. Kernels that are registered for an operator take
 * all its nodes, so that one node they do not cover leaves the operator to ONNX Runtime.
 */
public final class KernelPolicy {

  private static final Optional<String> UNMEASURED =
      Optional.of("its speed is not known on this platform");

  private final Supplier<Optional<String>> obstacle;
  private final boolean fast;

  /**
   * @param obstacle why oneDNN cannot be used here; empty if it can
   * @param fast whether it is taken without being asked for
   */
  public KernelPolicy(Supplier<Optional<String>> obstacle, boolean fast) {
    this.obstacle = obstacle;
    this.fast = fast;
  }

  /**
   * Returns if these kernels can be had on this device.
   *
   * @throws UserMistake if not; the message says what to do
   */
  public void require(Kernels kernels, boolean cuda) {
    if (kernels != Kernels.ONEDNN) {
      return;
    }
    Optional<String> why =
        cuda ? Optional.of("it is for the CPU, and the device is cuda") : obstacle.get();
    why.ifPresent(
        reason -> {
          throw new UserMistake(
              "oneDNN's kernels were asked for and cannot be used here: %s. Set device.kernels to 'auto' or 'onnxruntime'."
                  .formatted(reason));
        });
  }

  /**
   * @throws UserMistake as {@link #require} does
   */
  public KernelChoice choose(TrainingProgram program, Kernels kernels, boolean cuda) {
    require(kernels, cuda);
    if (kernels == Kernels.ONNXRUNTIME || cuda) {
      return KernelChoice.NONE;
    }
    Optional<String> why = fast || kernels == Kernels.ONEDNN ? obstacle.get() : UNMEASURED;
    return why.isPresent()
        ? new KernelChoice(List.of(), List.of("oneDNN: " + why.get()))
        : covering(Stream.of(program.training(), program.evaluation()).toList());
  }

  /** The kernels that all these models of a session can have. */
  public static KernelChoice covering(List<OnnxModel> models) {
    List<ModelNodes> graphs = models.stream().map(model -> ModelNodes.read(model.bytes())).toList();
    List<Operator> covered = new ArrayList<>();
    List<String> reasons = new ArrayList<>();
    for (Operator operator : Operator.ALL) {
      Optional<String> gap =
          graphs.stream().flatMap(graph -> Coverage.gap(graph, operator).stream()).findFirst();
      gap.ifPresentOrElse(reasons::add, () -> covered.add(operator));
    }
    boolean used = graphs.stream().anyMatch(graph -> graph.has(covered));
    return new KernelChoice(used ? covered : List.of(), reasons);
  }
}

package io.github.nolabel.runtime.kernels;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.train.DeviceConfig;
import io.github.nolabel.api.train.DeviceConfig.Kernels;
import io.github.nolabel.api.train.DeviceConfig.Precision;
import io.github.nolabel.api.train.OnnxModel;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.runtime.kernels.KernelChoice.Maps;
import io.github.nolabel.runtime.kernels.model.ModelNodes;
import io.github.nolabel.runtime.kernels.node.Operator;
import io.github.nolabel.runtime.kernels.onednn.Arithmetic;
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
  private final Supplier<Optional<String>> obstacleToBf16;
  private final boolean fast;

  /**
   * @param obstacle why oneDNN cannot be used here; empty if it can
   * @param obstacleToBf16 why it should not multiply bf16 here, if it can be used
   * @param fast whether it is taken without being asked for
   */
  public KernelPolicy(
      Supplier<Optional<String>> obstacle,
      Supplier<Optional<String>> obstacleToBf16,
      boolean fast) {
    this.obstacle = obstacle;
    this.obstacleToBf16 = obstacleToBf16;
    this.fast = fast;
  }

  /**
   * Returns if the kernels and the precision that are asked for can be had on this device.
   *
   * @throws UserMistake if not; the message says what to do
   */
  public void require(DeviceConfig config, boolean cuda) {
    if (config.kernels() == Kernels.ONEDNN) {
      missing(cuda)
          .ifPresent(
              why -> {
                throw new UserMistake(
                    "oneDNN's kernels were asked for and cannot be used here: %s. Set device.kernels to 'auto' or 'onnxruntime'."
                        .formatted(why));
              });
    }
    if (config.precision() == Precision.BF16) {
      missingBf16(config.kernels(), cuda)
          .ifPresent(
              why -> {
                throw new UserMistake(
                    "bf16 was asked for and cannot be had here: %s. Set device.precision to 'fp32', or to 'auto' for bf16 where it can be had."
                        .formatted(why));
              });
    }
  }

  private Optional<String> missing(boolean cuda) {
    return cuda ? Optional.of("it is for the CPU, and the device is cuda") : obstacle.get();
  }

  private Optional<String> missingBf16(Kernels kernels, boolean cuda) {
    return kernels == Kernels.ONNXRUNTIME
        ? Optional.of("only oneDNN's kernels have it, and device.kernels is onnxruntime")
        : missing(cuda).or(obstacleToBf16);
  }

  /**
   * @throws UserMistake as {@link #require} does
   */
  public KernelChoice choose(TrainingProgram program, DeviceConfig config, boolean cuda) {
    require(config, cuda);
    Kernels kernels = config.kernels();
    if (kernels == Kernels.ONNXRUNTIME || cuda) {
      return KernelChoice.NONE;
    }
    boolean asked = kernels == Kernels.ONEDNN || config.precision() == Precision.BF16;
    Optional<String> why = fast || asked ? obstacle.get() : UNMEASURED;
    return why.isPresent()
        ? new KernelChoice(
            List.of(), List.of("oneDNN: " + why.get()), Arithmetic.FP32, Maps.NEVER, false)
        : covering(Stream.of(program.training(), program.evaluation()).toList())
            .in(arithmetic(config.precision()))
            .withTiles(config.tiles());
  }

  private Arithmetic arithmetic(Precision precision) {
    boolean bf16 = precision != Precision.FP32 && obstacleToBf16.get().isEmpty();
    return bf16 ? Arithmetic.BF16 : Arithmetic.FP32;
  }

  /** The kernels that all these models of a session can have. */
  public static KernelChoice covering(List<OnnxModel> models) {
    List<ModelNodes> graphs = models.stream().map(model -> ModelNodes.read(model.bytes())).toList();
    List<Operator> covered = new ArrayList<>();
    List<String> reasons = new ArrayList<>();
    for (List<Operator> family : Operators.FAMILIES) {
      if (graphs.stream().noneMatch(graph -> graph.has(family))) {
        continue;
      }
      for (Operator operator : family) {
        Optional<String> gap =
            graphs.stream().flatMap(graph -> Coverage.gap(graph, operator).stream()).findFirst();
        gap.ifPresentOrElse(reasons::add, () -> covered.add(operator));
      }
    }
    boolean used = graphs.stream().anyMatch(graph -> graph.has(covered));
    return new KernelChoice(
        used ? covered : List.of(), reasons, Arithmetic.FP32, Maps.WHERE_THEY_PAY, true);
  }
}

package io.github.nolabel.runtime.kernels;

import static io.github.nolabel.runtime.ToyProgram.named;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.api.train.OnnxModel;
import io.github.nolabel.runtime.device.DeviceChoice;
import io.github.nolabel.runtime.kernels.KernelChoice.Maps;
import io.github.nolabel.runtime.kernels.onednn.Arithmetic;
import io.github.nolabel.runtime.memory.OrtLibrary;
import io.github.nolabel.runtime.session.ModelRunner;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Runs models of a few operators with oneDNN's kernels and with ONNX Runtime's. */
public final class OperatorRun {

  private final OrtLibrary library = OrtLibrary.load();

  public static KernelChoice ours(OnnxModel model) {
    KernelChoice kernels = KernelPolicy.covering(List.of(model));
    assertThat(kernels.operators()).isNotEmpty();
    return kernels;
  }

  /** With feature maps in the kernels' layout wherever that can be. */
  public static KernelChoice onMaps(OnnxModel model) {
    return ours(model).with(Maps.ALWAYS);
  }

  /** Something for every input of a model, and room for every output. */
  public static Map<String, Tensor> filled(List<TensorSpec> specs, boolean random) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    SplittableRandom numbers = new SplittableRandom(5);
    for (TensorSpec spec : specs) {
      Tensor tensor = Tensor.zeros(ElementType.FLOAT, spec.shape().at(0));
      for (int i = 0; i < tensor.elements() && random; i++) {
        tensor.floats().put(i, (float) (numbers.nextDouble() - 0.5));
      }
      tensors.put(spec.name(), tensor);
    }
    return tensors;
  }

  public Map<String, Tensor> results(OnnxModel model, int threads, KernelChoice kernels) {
    return results(model, threads, kernels, filled(model.inputs(), true));
  }

  /** Of the second run, which is one of a shape that is known. */
  public Map<String, Tensor> results(
      OnnxModel model, int threads, KernelChoice kernels, Map<String, Tensor> inputs) {
    Map<String, Tensor> results = filled(model.outputs(), false);
    DeviceChoice device = new DeviceChoice(false, threads);
    try (ModelRunner runner = new ModelRunner(library, model.bytes(), device, kernels)) {
      for (int i = 0; i < 2; i++) {
        runner.run(inputs, results);
      }
    }
    return results;
  }

  /** On one thread and on three, the length of what is apart by that of what is expected. */
  public void assertAgree(OnnxModel model, Arithmetic arithmetic, double tolerance) {
    Map<String, Tensor> expected = results(model, 1, KernelChoice.NONE);
    for (int threads : new int[] {1, 3}) {
      assertClose(results(model, threads, ours(model).in(arithmetic)), expected, tolerance);
    }
  }

  /** The length of what is apart by that of what is expected, for each result. */
  public static void assertClose(
      Map<String, Tensor> actual, Map<String, Tensor> expected, double tolerance) {
    expected.forEach(
        (name, tensor) ->
            assertThat(distance(named(actual, name), tensor)).as(name).isLessThan(tolerance));
  }

  public void assertRepeats(OnnxModel model, Arithmetic arithmetic) {
    KernelChoice kernels = ours(model).in(arithmetic);
    Map<String, Tensor> first = results(model, 3, kernels);
    for (int i = 0; i < 3; i++) {
      results(model, 3, kernels)
          .forEach((name, again) -> assertThat(again.sameBits(named(first, name))).isTrue());
    }
  }

  /** The length of the difference by that of the expected tensor. */
  public static double distance(Tensor actual, Tensor expected) {
    double size = 0;
    double apart = 0;
    for (int i = 0; i < expected.elements(); i++) {
      double difference = expected.floats().get(i) - actual.floats().get(i);
      size += Math.pow(expected.floats().get(i), 2);
      apart += difference * difference;
    }
    assertThat(size).isPositive();
    return Math.sqrt(apart / size);
  }
}

package io.github.nolabel.methods.multimodal.uniter;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.train.DeviceSettings;
import io.github.nolabel.api.train.Model;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.graph.GraphBuilder;
import io.github.nolabel.graph.Mode;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import io.github.nolabel.onnx.OnnxWriter;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** A function of token ids, their mask and a key, in the runtime; results become floats. */
@FunctionalInterface
interface Run {

  int LENGTH = 8;

  Value of(Ops g, Value ids, Value mask, Value key);

  default float[] on(long[] ids, long[] mask, long key) {
    GraphBuilder builder = new GraphBuilder(Mode.INFERENCE);
    Ops g = builder.ops("g");
    Value result =
        of(
            g,
            builder.input("ids", ElementType.INT64, Shape.batched(LENGTH)),
            builder.input("mask", ElementType.INT64, Shape.batched(LENGTH)),
            g.integer(key));
    Map<String, Value> outputs =
        Map.of(TrainingProgram.FEATURES, g.cast(result, ElementType.FLOAT));
    var onnx = OnnxWriter.inference(builder.build(outputs), Map.of(), new TreeMap<>());
    try (Model model = TrainingRuntime.find().model(onnx, DeviceSettings.DEFAULTS)) {
      Map<String, Tensor> fed = Map.of("ids", tensor(ids), "mask", tensor(mask));
      return Objects.requireNonNull(model.run(fed).get(TrainingProgram.FEATURES)).toFloats();
    }
  }

  private static Tensor tensor(long[] values) {
    Tensor tensor = Tensor.zeros(ElementType.INT64, values.length / LENGTH, LENGTH);
    tensor.longs().put(values);
    return tensor;
  }
}

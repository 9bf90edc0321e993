package io.github.nolabel.joint;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.graph.GraphBuilder;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** A graph over a batch of images, its inputs, and numbers for them. */
record RowCase(String name, List<Shape> shapes, Building build) {

  static final int IMAGES = 4;

  static RowCase on(String name, Building build, Shape... inputs) {
    return new RowCase(name, List.of(inputs), build);
  }

  static Value matrix(Ops g, int rows, int columns) {
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = (i % 5) - 1.5f;
    }
    return g.constant(Tensor.of(values, rows, columns));
  }

  List<Value> inputs(GraphBuilder graph) {
    List<Value> inputs = new ArrayList<>();
    shapes.forEach(shape -> inputs.add(graph.input("x" + inputs.size(), shape)));
    return inputs;
  }

  Map<String, Tensor> values(List<Value> inputs) {
    SplittableRandom random = new SplittableRandom(name.hashCode());
    Map<String, Tensor> values = new LinkedHashMap<>();
    for (Value input : inputs) {
      Tensor tensor = Tensor.zeros(ElementType.FLOAT, input.shape().at(IMAGES));
      for (int i = 0; i < tensor.elements(); i++) {
        tensor.floats().put(i, (float) random.nextGaussian());
      }
      values.put(input.name(), tensor);
    }
    return values;
  }

  @Override
  public String toString() {
    return name;
  }

  @FunctionalInterface
  interface Building {
    Value apply(Ops g, List<Value> inputs);
  }
}

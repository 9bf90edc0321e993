package io.github.nolabel.testing;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import ai.onnxruntime.TensorInfo;
import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.graph.Graph;
import io.github.nolabel.onnx.OnnxWriter;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Runs a graph in the ONNX Runtime, in float32. Parameters are fed like inputs; those that the
 * graph writes change in the tensors that were fed.
 */
public final class OrtEvaluator implements AutoCloseable {

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;

  public OrtEvaluator(Graph graph) {
    this(OnnxWriter.training(graph).bytes(), OptLevel.ALL_OPT);
  }

  public OrtEvaluator(byte[] model, OptLevel level) {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setOptimizationLevel(level);
      session = environment.createSession(model, options);
    } catch (OrtException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  /** One run of a graph whose state is of no interest. */
  public static Map<String, Tensor> evaluate(Graph graph, Map<String, Tensor> fed) {
    try (OrtEvaluator evaluator = new OrtEvaluator(graph)) {
      return evaluator.run(fed);
    }
  }

  /** All outputs by name. */
  public Map<String, Tensor> run(Map<String, Tensor> fed) {
    Map<String, OnnxTensor> feeds = new HashMap<>();
    try {
      for (String name : session.getInputInfo().keySet()) {
        boolean reset = name.equals(TrainingProgram.RESET);
        Tensor value = reset ? Tensor.zeros(ElementType.BOOL, 1) : Interpreter.require(fed, name);
        feeds.put(name, shared(value));
      }
      try (OrtSession.Result result = session.run(feeds)) {
        Map<String, Tensor> outputs = new LinkedHashMap<>();
        for (Map.Entry<String, OnnxValue> output : result) {
          outputs.put(output.getKey(), copy((OnnxTensor) output.getValue()));
        }
        return outputs;
      }
    } catch (OrtException e) {
      throw new IllegalStateException(e.getMessage(), e);
    } finally {
      feeds.values().forEach(OnnxTensor::close);
    }
  }

  private OnnxTensor shared(Tensor tensor) throws OrtException {
    long[] shape = tensor.shape().at(0);
    return switch (tensor.type()) {
      case FLOAT -> OnnxTensor.createTensor(environment, tensor.floats(), shape);
      case INT64 -> OnnxTensor.createTensor(environment, tensor.longs(), shape);
      case BOOL -> OnnxTensor.createTensor(environment, tensor.bytes(), shape, OnnxJavaType.BOOL);
      default -> throw new IllegalArgumentException("cannot feed " + tensor);
    };
  }

  private static Tensor copy(OnnxTensor tensor) {
    TensorInfo info = tensor.getInfo();
    ElementType type =
        switch (info.type) {
          case FLOAT -> ElementType.FLOAT;
          case INT64 -> ElementType.INT64;
          case BOOL -> ElementType.BOOL;
          default -> throw new IllegalArgumentException("cannot read " + info);
        };
    Tensor copy = Tensor.zeros(type, info.getShape());
    ByteBuffer bytes = tensor.getByteBuffer();
    copy.bytes().put(bytes);
    return copy;
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }
}

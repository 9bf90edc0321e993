package io.github.nolabel.inference;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.github.nolabel.api.NolabelException;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.train.TrainingProgram;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A model in ONNX Runtime; all that is known of that library. */
final class FeatureSession implements AutoCloseable {

  private static final String IMAGES = TrainingProgram.IMAGES;
  private static final String FEATURES = TrainingProgram.FEATURES;

  private final Path file;
  private final OrtEnvironment environment;
  private final OrtSession session;

  private FeatureSession(Path file, OrtEnvironment environment, OrtSession session) {
    this.file = file;
    this.environment = environment;
    this.session = session;
  }

  static FeatureSession open(Path file) {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try {
      return new FeatureSession(file, environment, environment.createSession(file.toString()));
    } catch (OrtException e) {
      throw new UserMistake(
          "'%s' is no ONNX file that ONNX Runtime can open (%s); name an exported backbone."
              .formatted(file, e.getMessage()),
          e);
    }
  }

  /** What the file says about itself, sorted by key. */
  Map<String, String> metadata() {
    try {
      return new TreeMap<>(session.getMetadata().getCustomMetadata());
    } catch (OrtException e) {
      throw failed(e);
    }
  }

  /**
   * The width of the features.
   *
   * @throws UserMistake unless the model maps images of this size to one row of features each
   */
  int featureWidth(int size) {
    try {
      Map<String, NodeInfo> inputs = session.getInputInfo();
      long[] images = shape(inputs.get(IMAGES));
      long[] features = shape(session.getOutputInfo().get(FEATURES));
      if (inputs.size() == 1
          && Arrays.equals(images, new long[] {-1, 3, size, size})
          && features.length == 2) {
        return Math.toIntExact(features[1]);
      }
      throw unexpected(images, features, size);
    } catch (OrtException e) {
      throw failed(e);
    }
  }

  float[][] features(FloatBuffer images, int count, int size) {
    long[] shape = {count, 3, size, size};
    try (OnnxTensor input = OnnxTensor.createTensor(environment, images, shape);
        OrtSession.Result result = session.run(Map.of(IMAGES, input))) {
      return (float[][]) result.get(FEATURES).orElseThrow().getValue();
    } catch (OrtException e) {
      throw failed(e);
    }
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw failed(e);
    }
  }

  /** The extents of a tensor of floats, -1 where they vary; none for anything else. */
  private static long[] shape(@Nullable NodeInfo node) {
    return node != null
            && node.getInfo() instanceof TensorInfo tensor
            && tensor.type == OnnxJavaType.FLOAT
        ? tensor.getShape()
        : new long[0];
  }

  private UserMistake unexpected(long[] images, long[] features, int size) {
    return new UserMistake(
        "'%s' maps '%s' %s to '%s' %s; expected one input float[N, 3, %d, %d] and an output float[N, D], as Nolabel exports them."
            .formatted(
                file,
                IMAGES,
                Arrays.toString(images),
                FEATURES,
                Arrays.toString(features),
                size,
                size));
  }

  private NolabelException failed(OrtException e) {
    return new NolabelException("%s: %s".formatted(file, e.getMessage()), e);
  }
}

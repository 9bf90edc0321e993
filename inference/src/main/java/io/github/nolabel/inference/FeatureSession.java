package io.github.nolabel.inference;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.github.nolabel.api.NolabelException;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.train.TrainingProgram;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A model in ONNX Runtime; all that is known of that library. */
final class FeatureSession implements AutoCloseable {

  private static final String IMAGES = TrainingProgram.IMAGES;
  private static final String IDS = TrainingProgram.INPUT_IDS;
  private static final String MASK = TrainingProgram.ATTENTION_MASK;
  private static final String FEATURES = TrainingProgram.FEATURES;
  private static final String LOGITS = TrainingProgram.LOGITS;

  private static final long[] ANY_SIZE = {-1, 3, -1, -1};

  /** Tokens per text, and features per text. */
  record TextShape(int length, int featureWidth) {}

  /** Tokens per text, and how many tokens there are. */
  record DecoderShape(int length, int vocabulary) {}

  private final Path file;
  private final OrtEnvironment environment;
  private final OrtSession session;

  private FeatureSession(Path file, OrtEnvironment environment, OrtSession session) {
    this.file = file;
    this.environment = environment;
    this.session = session;
  }

  /**
   * @param kind what the file should be, for messages
   */
  static FeatureSession open(Path file, String kind) {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try {
      return new FeatureSession(file, environment, environment.createSession(file.toString()));
    } catch (OrtException e) {
      throw new UserMistake(
          "'%s' is no ONNX file that ONNX Runtime can open (%s); name %s."
              .formatted(file, e.getMessage(), kind),
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
          && (Arrays.equals(images, new long[] {-1, 3, size, size})
              || Arrays.equals(images, ANY_SIZE))
          && features.length == 2) {
        return Math.toIntExact(features[1]);
      }
      throw unexpected(images, features, size);
    } catch (OrtException e) {
      throw failed(e);
    }
  }

  /**
   * What the model reads and gives.
   *
   * @throws UserMistake unless it maps token ids and their mask to one row of features each
   */
  TextShape textShape() {
    try {
      Map<String, NodeInfo> inputs = session.getInputInfo();
      long[] ids = shape(inputs.get(IDS), OnnxJavaType.INT64);
      long[] mask = shape(inputs.get(MASK), OnnxJavaType.INT64);
      long[] features = shape(session.getOutputInfo().get(FEATURES));
      if (inputs.size() == 2
          && ids.length == 2
          && ids[1] > 0
          && Arrays.equals(ids, mask)
          && features.length == 2) {
        return new TextShape(Math.toIntExact(ids[1]), Math.toIntExact(features[1]));
      }
      throw noTexts(inputs.keySet());
    } catch (OrtException e) {
      throw failed(e);
    }
  }

  /**
   * What the model reads and gives.
   *
   * @throws UserMistake unless it maps images of this size, token ids and their mask to logits of
   *     every next token
   */
  DecoderShape decoderShape(int size) {
    try {
      Map<String, NodeInfo> inputs = session.getInputInfo();
      long[] ids = shape(inputs.get(IDS), OnnxJavaType.INT64);
      long[] logits = shape(session.getOutputInfo().get(LOGITS));
      if (inputs.size() == 3
          && Arrays.equals(shape(inputs.get(IMAGES)), new long[] {-1, 3, size, size})
          && ids.length == 2
          && Arrays.equals(ids, shape(inputs.get(MASK), OnnxJavaType.INT64))
          && ids[1] > 0
          && logits.length == 3
          && logits[1] == ids[1]) {
        return new DecoderShape(Math.toIntExact(ids[1]), Math.toIntExact(logits[2]));
      }
      throw noDecoder(inputs.keySet());
    } catch (OrtException e) {
      throw failed(e);
    }
  }

  float[][] features(FloatBuffer images, int count, int size) {
    long[] shape = {count, 3, size, size};
    try (OnnxTensor input = OnnxTensor.createTensor(environment, images, shape)) {
      return run(Map.of(IMAGES, input));
    } catch (OrtException e) {
      throw failed(e);
    }
  }

  /**
   * @param texts {@link TrainingProgram#INPUT_IDS} and {@link TrainingProgram#ATTENTION_MASK}
   */
  float[][] features(Map<String, Tensor> texts) {
    try (OnnxTensor ids = integers(texts, IDS);
        OnnxTensor mask = integers(texts, MASK)) {
      return run(Map.of(IDS, ids, MASK, mask));
    } catch (OrtException e) {
      throw failed(e);
    }
  }

  /**
   * float[1, L, V]: what follows each token.
   *
   * @param inputs {@link TrainingProgram#IMAGES}, and those of texts, one of each
   */
  Tensor logits(Map<String, Tensor> inputs) {
    Tensor image = Objects.requireNonNull(inputs.get(IMAGES), IMAGES);
    try (OnnxTensor images =
            OnnxTensor.createTensor(environment, image.floats(), image.shape().at(1));
        OnnxTensor ids = integers(inputs, IDS);
        OnnxTensor mask = integers(inputs, MASK);
        OrtSession.Result result = session.run(Map.of(IMAGES, images, IDS, ids, MASK, mask))) {
      OnnxTensor logits = (OnnxTensor) result.get(LOGITS).orElseThrow();
      FloatBuffer values = logits.getFloatBuffer();
      float[] copy = new float[values.remaining()];
      values.get(copy);
      return Tensor.of(copy, logits.getInfo().getShape());
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

  private OnnxTensor integers(Map<String, Tensor> values, String name) throws OrtException {
    Tensor tensor = Objects.requireNonNull(values.get(name), name);
    return OnnxTensor.createTensor(environment, tensor.longs(), tensor.shape().at(1));
  }

  private float[][] run(Map<String, OnnxTensor> inputs) throws OrtException {
    try (OrtSession.Result result = session.run(inputs)) {
      return (float[][]) result.get(FEATURES).orElseThrow().getValue();
    }
  }

  private static long[] shape(@Nullable NodeInfo node) {
    return shape(node, OnnxJavaType.FLOAT);
  }

  /** The extents of a tensor of this type, -1 where they vary; none for anything else. */
  private static long[] shape(@Nullable NodeInfo node, OnnxJavaType type) {
    return node != null && node.getInfo() instanceof TensorInfo tensor && tensor.type == type
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

  private UserMistake noTexts(Set<String> inputs) {
    return new UserMistake(
        "'%s' reads %s; expected the inputs '%s' and '%s', int64[N, L], and an output float[N, D]. Name the text.onnx of a run."
            .formatted(file, inputs, IDS, MASK));
  }

  private UserMistake noDecoder(Set<String> inputs) {
    return new UserMistake(
        "'%s' reads %s; expected '%s', '%s' and '%s', and an output '%s' float[N, L, V]. Name the decoder.onnx of a run."
            .formatted(file, new TreeSet<>(inputs), IMAGES, IDS, MASK, LOGITS));
  }

  private NolabelException failed(OrtException e) {
    return new NolabelException("%s: %s".formatted(file, e.getMessage()), e);
  }
}

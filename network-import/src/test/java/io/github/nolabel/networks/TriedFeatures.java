package io.github.nolabel.networks;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.testing.Interpreter;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What an imported network makes of images, against what onnxruntime made of the file without its
 * optimiser.
 *
 * @param spread the largest difference between the features of two images
 * @param largest of the features
 */
record TriedFeatures(Tensor expected, double spread, double largest) {

  private static final double TOLERANCE = 1e-3;

  /** Of the largest feature; images that a network cannot tell apart prove nothing. */
  private static final double LEAST_SPREAD = 1e-3;

  /** How often the runtime's own difference may go into the deviation, and the file be at fault. */
  private static final double OWN = 10;

  /** The result, and the deviation as part of the spread where there is one. */
  static Map<String, String> judged(Exported exported) {
    float[] got = Exported.features(exported.backbone(), exported.images());
    TriedFeatures features = of(exported.features());
    Map<String, String> found = new LinkedHashMap<>();
    found.put("result", features.verdict(got, exported));
    if (got.length == features.expected().elements() && features.tellsImagesApart()) {
      found.put("deviation", String.format(Locale.ROOT, "%.0e", features.deviation(got)));
    }
    return found;
  }

  private static TriedFeatures of(Tensor expected) {
    float[] wanted = expected.toFloats();
    int width = (int) expected.shape().extent(1);
    double spread = 0;
    double largest = 0;
    for (int i = 0; i < wanted.length; i++) {
      spread = Math.max(spread, Math.abs(wanted[i] - wanted[i % width]));
      largest = Math.max(largest, Math.abs(wanted[i]));
    }
    return new TriedFeatures(expected, spread, largest);
  }

  private String verdict(float[] got, Exported exported) {
    if (got.length != expected.elements()) {
      return "wrong: %d numbers, not %d".formatted(got.length, expected.elements());
    }
    double deviation = deviation(got);
    if (!Double.isFinite(deviation)) {
      return "wrong: not finite";
    }
    if (!tellsImagesApart()) {
      return "undecided: it makes all images alike";
    }
    if (deviation < TOLERANCE) {
      return "right";
    }
    double own = deviation(optimised(exported));
    return own * OWN > deviation
        ? String.format(Locale.ROOT, "undecided: the runtime differs from itself by %.0e", own)
        : "wrong";
  }

  private boolean tellsImagesApart() {
    return spread >= LEAST_SPREAD * largest;
  }

  /** The largest error, as part of the spread. */
  private double deviation(float[] got) {
    float[] wanted = expected.toFloats();
    double error = 0;
    for (int i = 0; i < got.length; i++) {
      error = Math.max(error, Math.abs(got[i] - wanted[i]));
    }
    return error / Math.max(spread, Float.MIN_NORMAL);
  }

  /** What the runtime makes of the file with its optimiser. */
  private static float[] optimised(Exported exported) {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(exported.file().toString())) {
      String name = session.getInputNames().iterator().next();
      TensorInfo input = (TensorInfo) Interpreter.require(session.getInputInfo(), name).getInfo();
      long[] shape = input.getShape();
      Tensor images = shape[shape.length - 1] == 3 ? channelsLast(exported) : exported.images();
      try (OnnxTensor fed =
              OnnxTensor.createTensor(environment, images.floats(), images.shape().at(0));
          OrtSession.Result result = session.run(Map.of(name, fed))) {
        return pooled((OnnxTensor) result.get(0));
      }
    } catch (OrtException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  private static Tensor channelsLast(Exported exported) {
    float[] images = exported.images().toFloats();
    int size = exported.imageSize();
    int places = size * size;
    float[] turned = new float[images.length];
    for (int i = 0; i < images.length; i++) {
      int image = i / (3 * places);
      int channel = i / places % 3;
      turned[(image * places + i % places) * 3 + channel] = images[i];
    }
    return Tensor.of(turned, exported.images().shape().extent(0), size, size, 3);
  }

  /** Means over the places of maps. */
  private static float[] pooled(OnnxTensor features) {
    long[] shape = features.getInfo().getShape();
    FloatBuffer values = features.getFloatBuffer();
    int places = shape.length == 4 ? (int) (shape[2] * shape[3]) : 1;
    float[] means = new float[values.remaining() / places];
    for (int i = 0; i < means.length * places; i++) {
      means[i / places] += values.get(i) / places;
    }
    return means;
  }
}

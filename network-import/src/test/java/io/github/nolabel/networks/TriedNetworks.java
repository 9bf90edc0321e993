package io.github.nolabel.networks;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.autodiff.ReverseMode;
import io.github.nolabel.autodiff.rules.StandardRules;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.fragment.loss.NtXent;
import io.github.nolabel.graph.Graph;
import io.github.nolabel.graph.GraphBuilder;
import io.github.nolabel.graph.Initializer;
import io.github.nolabel.graph.Mode;
import io.github.nolabel.graph.Value;
import io.github.nolabel.testing.Interpreter;
import io.github.nolabel.testing.OrtEvaluator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Imports what {@code tried/export.py} left in a folder, compares the features with those of the
 * file itself, and takes a gradient of SimCLR's loss. Beside each file it writes {@code .result}.
 */
final class TriedNetworks {

  /** Of the largest difference between two images' features. */
  private static final double TOLERANCE = 1e-3;

  /** Of the largest feature; images that a network cannot tell apart prove nothing. */
  private static final double LEAST_SPREAD = 1e-3;

  /** In each of two views. */
  private static final int IMAGES = 4;

  private TriedNetworks() {}

  public static void main(String[] args) {
    tryAll(Path.of(args[0]), args.length > 1);
  }

  /** New results by file: features of all first, then a gradient of those that are right. */
  static Map<String, String> tryAll(Path folder, boolean featuresOnly) {
    Map<String, String> results = new TreeMap<>();
    for (boolean training : featuresOnly ? new boolean[] {false} : new boolean[] {false, true}) {
      for (String name : finished(folder)) {
        Path result = folder.resolve(name + ".result");
        if (Files.exists(folder.resolve(name + ".onnx")) && isDue(result, training)) {
          Map<String, String> found = tried(Exported.read(folder, name), training);
          results.put(name, found.toString());
          write(result, json(found));
          System.out.println(name + " " + found);
        }
      }
    }
    return results;
  }

  private static boolean isDue(Path result, boolean training) {
    if (!training) {
      return !Files.exists(result);
    }
    String text = new String(Exported.bytes(result), StandardCharsets.UTF_8);
    return text.contains("\"right\"") && !text.contains("\"training\"");
  }

  private static List<String> finished(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(".json"))
          .map(file -> file.substring(0, file.length() - ".json".length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> tried(Exported exported, boolean training) {
    Map<String, String> found = new LinkedHashMap<>();
    try {
      Backbone backbone = exported.backbone();
      double deviation =
          deviation(Exported.features(backbone, exported.images()), exported.features());
      found.put("result", deviation < TOLERANCE ? "right" : "wrong");
      found.put("deviation", String.format(Locale.ROOT, "%.0e", deviation));
      if (training) {
        found.put("training", training(backbone, exported.images()));
      }
    } catch (UserMistake e) {
      found.putIfAbsent("result", "refused: " + said(e));
    } catch (RuntimeException | OutOfMemoryError e) {
      String key = found.containsKey("result") ? "training" : "result";
      found.put(key, "defect: " + said(e));
    }
    return found;
  }

  private static String said(Throwable e) {
    return (e instanceof UserMistake ? "" : e.getClass().getSimpleName() + " ")
        + String.valueOf(e.getMessage()).replaceFirst("^\\S*\\.onnx: ", "");
  }

  /** The largest error, as part of the largest difference between features of two images. */
  private static double deviation(float[] got, Tensor expected) {
    float[] want = expected.toFloats();
    int width = (int) expected.shape().extent(1);
    if (got.length != want.length) {
      return Double.NaN;
    }
    double error = 0;
    double spread = 0;
    double largest = 0;
    for (int i = 0; i < got.length; i++) {
      error = Math.max(error, Math.abs(got[i] - want[i]));
      spread = Math.max(spread, Math.abs(want[i] - want[i % width]));
      largest = Math.max(largest, Math.abs(want[i]));
      if (!Float.isFinite(got[i])) {
        return Double.NaN;
      }
    }
    return spread < LEAST_SPREAD * largest ? Double.NaN : error / spread;
  }

  private static String training(Backbone backbone, Tensor images) {
    GraphBuilder builder = new GraphBuilder(Mode.TRAINING);
    Value first = builder.input("view_1", backbone.inputShape());
    Value second = builder.input("view_2", backbone.inputShape());
    Value both = builder.ops("views").concat(0, first, second);
    Value features = backbone.attach(builder.scope("student")).apply(both);
    List<Value> views = builder.ops("views").splitLike(features, 0, List.of(first, second));
    Value loss = new NtXent(0.5).apply(builder.ops("loss"), views.get(0), views.get(1));
    Map<String, Value> outputs = new LinkedHashMap<>(Map.of("loss", loss));
    new ReverseMode(StandardRules.table())
        .differentiate(builder, loss)
        .forEach((parameter, gradient) -> outputs.put("d/" + parameter.name(), gradient));
    return finite(builder.build(outputs), images);
  }

  private static String finite(Graph graph, Tensor images) {
    Map<String, Tensor> fed = new LinkedHashMap<>();
    graph.parameters().forEach(p -> fed.put(p.name(), Initializer.draw(p, 1)));
    Tensor view = repeated(images);
    fed.put("view_1", view);
    fed.put("view_2", view);
    Map<String, Tensor> results = OrtEvaluator.evaluate(graph, fed);
    long bad = results.values().stream().filter(t -> !Float.isFinite(sum(t.toFloats()))).count();
    float loss = Interpreter.require(results, "loss").toFloats()[0];
    return bad == 0
        ? String.format(Locale.ROOT, "loss %.3f, %d gradients", loss, results.size() - 1)
        : "%d of %d gradients are not finite".formatted(bad, results.size());
  }

  private static float sum(float[] values) {
    float sum = 0;
    for (float value : values) {
      sum += Math.abs(value);
    }
    return sum;
  }

  /** Images each other than the rest. */
  private static Tensor repeated(Tensor images) {
    float[] source = images.toFloats();
    int each = source.length / (int) images.shape().extent(0);
    float[] all = new float[IMAGES * each];
    for (int i = 0; i < all.length; i++) {
      all[i] = source[(i * 7 + i / each) % source.length];
    }
    long size = images.shape().extent(2);
    return Tensor.of(all, IMAGES, 3, size, size);
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String json(Map<String, String> map) {
    List<String> fields =
        map.entrySet().stream()
            .map(e -> "\"%s\": \"%s\"".formatted(e.getKey(), escaped(e.getValue())))
            .toList();
    return "{" + String.join(", ", fields) + "}\n";
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\"", "'").replaceAll("\\p{Cntrl}", " ");
  }
}

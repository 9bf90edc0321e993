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
import java.util.Comparator;
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

  /** In each of two views. */
  private static final int IMAGES = 4;

  private TriedNetworks() {}

  public static void main(String[] args) {
    tryAll(Path.of(args[0]), args.length > 1);
  }

  /**
   * All results by file, those of earlier calls too: features of all first, then a gradient of
   * those that are right, small files first.
   */
  static Map<String, String> tryAll(Path folder, boolean featuresOnly) {
    for (boolean training : featuresOnly ? new boolean[] {false} : new boolean[] {false, true}) {
      for (String name : exported(folder)) {
        Path result = folder.resolve(name + ".result");
        if (isDue(result, training)) {
          Exported file = Exported.read(folder, name);
          write(result, training ? trained(text(result), file) : json(compared(file)));
          System.out.println(name + " " + text(result).strip());
        }
      }
    }
    Map<String, String> results = new TreeMap<>();
    exported(folder).forEach(name -> results.put(name, text(folder.resolve(name + ".result"))));
    return results;
  }

  private static boolean isDue(Path result, boolean training) {
    if (!training) {
      return !Files.exists(result);
    }
    return text(result).contains("\"right\"") && !text(result).contains("\"training\"");
  }

  private static List<String> exported(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(".json"))
          .map(file -> file.substring(0, file.length() - ".json".length()))
          .filter(name -> Files.exists(folder.resolve(name + ".onnx")))
          .sorted(Comparator.comparing(name -> folder.resolve(name + ".onnx").toFile().length()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> compared(Exported exported) {
    try {
      return TriedFeatures.judged(exported);
    } catch (UserMistake e) {
      return Map.of("result", "refused: " + said(e));
    } catch (RuntimeException | OutOfMemoryError e) {
      return Map.of("result", "defect: " + said(e));
    }
  }

  /** What was found before, and what became of a step. */
  private static String trained(String before, Exported exported) {
    String found;
    try {
      found = training(exported.backbone(), exported.images());
    } catch (RuntimeException | OutOfMemoryError e) {
      found = "defect: " + said(e);
    }
    String known = before.strip();
    String step = json(Map.of("training", found));
    return known.substring(0, known.length() - 1) + ", " + step.substring(1);
  }

  private static String said(Throwable e) {
    return (e instanceof UserMistake ? "" : e.getClass().getSimpleName() + " ")
        + String.valueOf(e.getMessage()).replaceFirst("^\\S*\\.onnx: ", "");
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

  private static String text(Path file) {
    return new String(Exported.bytes(file), StandardCharsets.UTF_8);
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

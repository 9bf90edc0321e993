package io.github.nolabel.methods.multimodal.defects;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.train.StateTensor;
import io.github.nolabel.api.train.StepReport;
import io.github.nolabel.api.train.TrainingRecipe;
import io.github.nolabel.graph.RandomOps;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A short run as JSON for another implementation: first values, batches, random keys, and what came
 * of it. Written to the folder that the system property {@code nolabel.steps} names, if any.
 */
final class StepsDump {

  private StepsDump() {}

  static void write(
      String name, TrainingRecipe recipe, List<StepReport> reports, Map<String, Tensor> end) {
    String folder = System.getProperty("nolabel.steps", "");
    if (!folder.isEmpty()) {
      Map<String, String> parts = new TreeMap<>();
      parts.put("start", tensors(TinyPairs.start(recipe)));
      parts.put("end", tensors(end));
      parts.put("trained", trained(recipe));
      parts.put("batches", batches(recipe, reports.size()));
      parts.put("keys", keys(reports.size()));
      parts.put("reports", reports(reports));
      write(Path.of(folder, name + ".json"), object(parts));
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String trained(TrainingRecipe recipe) {
    return recipe.program().state().stream()
        .filter(StateTensor::trained)
        .map(state -> '"' + state.name() + '"')
        .toList()
        .toString();
  }

  private static String batches(TrainingRecipe recipe, int steps) {
    PairNoise noise = new PairNoise(recipe.inputs());
    return IntStream.range(0, steps)
        .mapToObj(step -> tensors(noise.at(step).tensors()))
        .toList()
        .toString();
  }

  private static String keys(int steps) {
    return IntStream.range(0, steps)
        .mapToObj(step -> RandomOps.key(WholeStepsTest.SEED, step))
        .toList()
        .toString();
  }

  private static String reports(List<StepReport> reports) {
    return reports.stream()
        .map(
            report -> {
              Map<String, String> values = new TreeMap<>();
              report.values().forEach((name, value) -> values.put(name, "" + value));
              values.put("loss", "" + report.loss());
              values.put("learning_rate", "" + report.learningRate());
              return object(values);
            })
        .toList()
        .toString();
  }

  private static String tensors(Map<String, Tensor> tensors) {
    Map<String, String> parts = new TreeMap<>();
    tensors.forEach((name, tensor) -> parts.put(name, tensor(tensor)));
    return object(parts);
  }

  private static String tensor(Tensor tensor) {
    return object(
        Map.of(
            "shape",
            IntStream.range(0, tensor.shape().rank())
                .mapToObj(axis -> tensor.shape().extent(axis))
                .toList()
                .toString(),
            "values",
            values(tensor)));
  }

  private static String values(Tensor tensor) {
    if (tensor.type() == ElementType.INT64) {
      long[] values = new long[tensor.elements()];
      tensor.longs().get(values);
      return Arrays.toString(values);
    }
    return Arrays.toString(tensor.toFloats());
  }

  private static String object(Map<String, String> parts) {
    return parts.entrySet().stream()
        .map(part -> '"' + part.getKey() + "\": " + part.getValue())
        .collect(Collectors.joining(",\n", "{", "}"));
  }
}

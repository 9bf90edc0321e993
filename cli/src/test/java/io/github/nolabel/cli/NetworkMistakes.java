package io.github.nolabel.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Networks and weights that come from files, or go into them. */
final class NetworkMistakes {

  private final Mistakes mistakes;
  private final Path run;

  NetworkMistakes(Mistakes mistakes, Path run) {
    this.mistakes = mistakes;
    this.run = run;
  }

  void add() {
    networks();
  }

  private void networks() {
    addExport("export of a network that was not trained", "--network", "teacher");
    addExport("export of network and cut", "--network", "student", "--cut", "backbone");
    addExport("export of unknown precision", "--precision", "int4");
    addExport("export of convolutions as matrices", "--precision", "int8");
    addExport("export in an opset that is not written", "--opset", "12");
    addExport("export in no opset", "--opset", "new");
    addExport("export under no licence", "--licence", " ");
    addExport("export under unknown names", "--format", "safetensors", "--names", "keras");
    addExport("export of weights in an opset", "--format=safetensors", "--opset=17");
    addExport("export of weights for any size", "--format=safetensors", "--dynamic-size");
    Folders.write(mistakes.at("e.py"), "print('mine')");
    addExport("export over somebody's program", "--code");
    byte[] model = Folders.bytes(run.resolve("backbone.onnx"));
    Path cut = Folders.write(mistakes.at("cut.onnx"), Arrays.copyOf(model, model.length / 2));
    String whole = "onnx:" + run.resolve("backbone.onnx");
    mistakes.add("ONNX backbone without a file", "pretrain", "--backbone", "onnx");
    mistakes.add(
        "ONNX backbone that is missing",
        "pretrain",
        "--backbone",
        "onnx:" + mistakes.at("no.onnx"));
    mistakes.add("ONNX backbone that is a folder", "pretrain", "--backbone", "onnx:" + run);
    mistakes.add(
        "ONNX backbone of another format", "pretrain", "--backbone", "onnx:" + mistakes.at("file"));
    mistakes.add("ONNX backbone that ends early", "pretrain", "--backbone", "onnx:" + cut);
    mistakes.add(
        "unknown feature output, near miss",
        "pretrain",
        "--backbone",
        whole,
        "--feature-output",
        "featuers");
    addNetwork("layer decay of an imported network", whole);
    mistakes.add(
        "feature output of a built-in backbone", "pretrain", "--feature-output", "features");
    mistakes.add(
        "normalisation, near miss",
        "pretrain",
        "--backbone",
        whole,
        "--set",
        "backbone.normalisation=imagnet");
    teachers(whole);
    addWeights("weights that are missing", mistakes.at("no.safetensors"));
    addWeights("weights of another format", Path.of(whole.substring("onnx:".length())));
    addWeights("weights of another network", weights("other", "encoder.norm.weight", 4));
    addWeights("weights that do not fit", weights("part", "bn1.weight", 64));
    mistakes.add(
        "weights for a backbone that takes none",
        "pretrain",
        "--weights",
        mistakes.at("part.safetensors").toString());
  }

  private void addNetwork(String name, String backbone) {
    mistakes.add(name, "pretrain", "--backbone", backbone, "--set", "optimizer.layerDecay=0.5");
  }

  private void addExport(String name, String... flags) {
    List<String> args =
        new ArrayList<>(
            List.of("export", run.toString(), "--output", mistakes.at("e.onnx").toString()));
    args.addAll(List.of(flags));
    mistakes.add(name, args.toArray(String[]::new));
  }

  private void teachers(String whole) {
    mistakes.add("distillation without a teacher", "pretrain", "distil");
    addTeacher("teacher without its kind", whole.substring("onnx:".length()));
    addTeacher("teacher that is missing", "onnx:" + mistakes.at("no.onnx"));
    addTeacher("teacher of another format", "onnx:" + mistakes.at("file"));
    addTeacher("teacher without such an output", whole, "teacherFeatureOutput=featuers");
    addTeacher("teacher's normalisation, near miss", whole, "teacherNormalisation=imagnet");
  }

  private void addTeacher(String name, String teacher, String... settings) {
    List<String> args = new ArrayList<>(List.of("pretrain", "distil", "--set"));
    args.add("teacher=" + teacher);
    Stream.of(settings).forEach(setting -> args.addAll(List.of("--set", setting)));
    mistakes.add(name, args.toArray(String[]::new));
  }

  private void addWeights(String name, Path file) {
    mistakes.add(name, "pretrain", "--backbone", "resnet18", "--weights", file.toString());
  }

  private Path weights(String name, String tensor, int length) {
    return Folders.write(
        mistakes.at(name + ".safetensors"),
        OneTensor.safetensors(tensor, new float[length], length));
  }
}

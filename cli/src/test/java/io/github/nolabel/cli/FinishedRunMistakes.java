package io.github.nolabel.cli;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.github.nolabel.api.export.BackboneExporter;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.runs.engine.RunDirectory;
import io.github.nolabel.runs.engine.TrainedRun;
import io.github.nolabel.runs.plan.Catalogue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is asked of a finished run. */
final class FinishedRunMistakes {

  private final Mistakes mistakes;
  private final Path photos;
  private final Path run;

  FinishedRunMistakes(Mistakes mistakes, Path photos, Path run) {
    this.mistakes = mistakes;
    this.photos = photos;
    this.run = run;
  }

  void add() {
    otherCommands();
  }

  private void otherCommands() {
    Path unlabelled = TinyPhotos.unlabelled(mistakes.at("unlabelled"), 8);
    String model = run.resolve("backbone.onnx").toString();
    mistakes.add("evaluate nothing", "evaluate", mistakes.at("nowhere").toString());
    mistakes.add("evaluate a folder of images", "evaluate", photos.toString());
    mistakes.add(
        "evaluate without labels", "evaluate", run.toString(), "--data", "folder:" + unlabelled);
    mistakes.add("unknown protocol", "evaluate", run.toString(), "--protocol", "knm");
    probes(unlabelled, model);
    mistakes.add("no neighbours", "evaluate", run.toString(), "--k", "0");
    mistakes.add("half a neighbour", "evaluate", run.toString(), "--k", "2.5");
    mistakes.add("temperature of zero", "evaluate", run.toString(), "--temperature", "0");
    mistakes.add(
        "export at an unknown place",
        "export",
        run.toString(),
        "--output",
        mistakes.at("x.onnx").toString(),
        "--cut",
        "projector");
    mistakes.add("export into a folder", "export", run.toString(), "--output", photos.toString());
    mistakes.add(
        "export below a file",
        "export",
        run.toString(),
        "--output",
        mistakes.at("file/x.onnx").toString());
    mistakes.add(
        "export a checkpoint that is none",
        "export",
        run.toString(),
        "--output",
        mistakes.at("x.onnx").toString(),
        "--checkpoint",
        photos.toString());
    String artifacts = mistakes.at("artifacts").toString();
    mistakes.add(
        "artifacts below a file",
        "export",
        run.toString(),
        "--artifacts",
        mistakes.at("file/x").toString());
    mistakes.add(
        "artifacts with an unknown optimizer",
        "export",
        run.toString(),
        "--artifacts",
        artifacts,
        "--optimizer",
        "lars");
    mistakes.add(
        "optimizer without artifacts",
        "export",
        run.toString(),
        "--output=x.onnx",
        "--optimizer=sgd");
    mistakes.add(
        "embed with something else",
        "embed",
        mistakes.at("file").toString(),
        "--output",
        mistakes.at("x.npy").toString());
    mistakes.add(
        "embed with an anonymous model",
        "embed",
        anonymous().toString(),
        "--data",
        "folder:" + photos,
        "--output",
        mistakes.at("x.npy").toString());
    mistakes.add(
        "embed missing images",
        "embed",
        model,
        "--data",
        "folder:" + mistakes.at("nowhere"),
        "--output",
        mistakes.at("x.npy").toString());
    mistakes.add("serve something else", "serve", mistakes.at("file").toString());
    mistakes.add(
        "serve missing images", "serve", model, "--data", "folder:" + mistakes.at("nowhere"));
    mistakes.add("serve at no port", "serve", model, "--port", "70000");
    mistakes.add(
        "serve at another's address", "serve", model, "--host", "no.such.invalid", "--port", "0");
    mistakes.add("caption with a run that writes nothing", "caption", run.toString());
    mistakes.add("caption nothing", "caption", mistakes.at("nowhere").toString());
    mistakes.add("unknown sampling", "caption", run.toString(), "--sampling", "nuclear");
    mistakes.add("sampling without words", "caption", run.toString(), "--top-k", "0");
    mistakes.add("no temperature", "caption", run.toString(), "--temperature", "0");
    mistakes.add("no captions to write", "caption", run.toString(), "--count", "none");
    mistakes.add("options of an unknown method", "methods", "simcrl");
  }

  private void probes(Path unlabelled, String model) {
    addProbe("probe without labels", "linear", "--data", "folder:" + unlabelled);
    addProbe("probe with an unknown option", "linear", "--set", "learnRate=1");
    addProbe("option of the other protocol", "linear", "--set", "warmupEpochs=1");
    addProbe("unknown group of a probe", "linear", "--set", "prob.epochs=1");
    addProbe("option of a probe without one", "knn", "--epochs", "3");
    addProbe("option of a probe twice", "linear", "--epochs", "3", "--set", "probe.epochs=4");
    addProbe("no epochs of a probe", "linear", "--epochs", "0");
    addProbe("fraction above one", "finetune", "--fraction", "1.5");
    addProbe(
        "fraction that leaves one class", "linear", "--fraction=0.01", "--data=folder:" + uneven());
    addProbe("fraction of nothing", "finetune", "--fraction", "0");
    addProbe("no scaling of that name", "linear", "--set", "scaling=whiten");
    addProbe("no optimizer of that name", "finetune", "--optimizer", "rmsprop");
    addProbe("unknown protocol in a list", "knn,lineal");
    addProbe("network that was not trained", "linear", "--network", "teacher");
    addProbe("cut that is not there", "linear", "--cut", "projector");
    addProbe("network and cut", "linear", "--network", "student", "--cut", "backbone");
    mistakes.add("fine-tune a file", "evaluate", model, "--protocol", "finetune");
    mistakes.add("untrained weights of a file", "evaluate", model, "--untrained");
    Path taken = Folders.copy(run, mistakes.at("taken"));
    Folders.write(taken.resolve("evaluation-linear.json/file"), "in the way");
    mistakes.add(
        "result of a probe is a folder", "evaluate", taken.toString(), "--protocol", "linear");
  }

  private void addProbe(String name, String protocol, String... more) {
    List<String> args =
        new ArrayList<>(List.of("evaluate", run.toString(), "--protocol", protocol));
    args.addAll(List.of(more));
    mistakes.add(name, args.toArray(String[]::new));
  }

  /** One large class, and two of two images, one of which is held out. */
  private Path uneven() {
    Path uneven = mistakes.at("uneven");
    for (Path photo : Folders.files(photos)) {
      String name = photos.relativize(photo).toString();
      if (name.startsWith("class-0") || name.matches(".*-0[01].png")) {
        Folders.write(uneven.resolve(name), Folders.bytes(photo));
      }
    }
    return uneven;
  }

  private static byte[] withoutMetadata(byte[] model) {
    try {
      return ModelProto.parseFrom(model).toBuilder().clearMetadataProps().build().toByteArray();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A model of ours whose metadata was lost. */
  private Path anonymous() {
    TrainedRun trained = TrainedRun.open(new RunDirectory(run), Catalogue.standard());
    byte[] model =
        trained
            .method()
            .exporter()
            .export(TrainingRuntime.find().saved(run).state(), BackboneExporter.BACKBONE, Map.of())
            .bytes();
    return Folders.write(mistakes.at("anonymous.onnx"), withoutMetadata(model));
  }
}

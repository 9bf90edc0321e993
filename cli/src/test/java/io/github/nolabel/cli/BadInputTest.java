package io.github.nolabel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.export.BackboneExporter;
import io.github.nolabel.api.file.Disk;
import io.github.nolabel.api.train.DeviceSettings;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.runs.engine.RunDirectory;
import io.github.nolabel.runs.engine.TrainedRun;
import io.github.nolabel.runs.plan.Catalogue;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every mistake gives exit code 2 and one clear message, as it stands in {@code bad-input.txt}; no
 * stack trace. Nothing here depends on permissions, so that it holds for root too.
 */
class BadInputTest {

  private static final GoldenSections GOLDEN = new GoldenSections("bad-input.txt");

  @TempDir static Path tmp;

  private static final Map<String, Case> CASES = new LinkedHashMap<>();

  private record Case(Disk disk, List<String> args) {}

  @BeforeAll
  static void typeEverything() {
    CASES.clear();
    Path photos = TinyPhotos.labelled(tmp.resolve("photos"), 8);
    Path run = tmp.resolve("run");
    assertThat(Typed.nolabel(quick(photos, run)).exitCode()).isZero();
    words();
    options();
    data();
    configFiles();
    sweeps(photos);
    clusters(photos);
    outputs(photos);
    resumption(photos, run);
    otherCommands(photos, run);
    views(photos);
    networks(run);
  }

  @TestFactory
  Stream<DynamicTest> oneMessageEach() {
    return CASES.entrySet().stream()
        .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> check(e.getKey(), e.getValue())));
  }

  @Test
  void thereAreAtLeastThirtyAndNoneIsForgotten() {
    assertThat(CASES).hasSizeGreaterThanOrEqualTo(30);
    assertThat(GOLDEN.names()).containsExactlyInAnyOrderElementsOf(CASES.keySet());
  }

  private static void check(String name, Case typed) {
    Assumptions.assumeFalse(name.startsWith("CUDA") && hasCuda(), "CUDA works here");
    Typed said = Typed.nolabel(typed.disk(), typed.args().toArray(String[]::new));
    assertThat(said.err()).doesNotContain("\tat ").doesNotContain("Exception");
    assertThat(said.exitCode()).as(said.err()).isEqualTo(2);
    assertThat(said.out()).isEmpty();
    assertThat(said.complaints()).hasSize(1);
    GOLDEN.check(
        name,
        neutral("$ nolabel " + String.join(" ", typed.args())),
        neutral(said.complaints().get(0)));
  }

  private static String neutral(String text) {
    return text.replace(tmp.toString(), "TMP")
        .replace(Path.of("").toAbsolutePath().toString(), "HERE")
        .replaceAll("(linux|macosx|windows)-(x86_64|arm64)", "PLATFORM")
        .replaceAll("\\d+ bytes", "N bytes");
  }

  /** Nothing on this class path trains on Spark. */
  private static void clusters(Path photos) {
    String data = "folder:" + photos;
    add("no Spark", "pretrain", "--data", data, "--spark", "local[2]");
    add("settings of no cluster", "pretrain", "--data", data, "--spark-set", "workers=2");
    add("setting of a cluster without value", "pretrain", "--spark-set", "workers");
    add("sweep on a cluster", "pretrain", "--spark", "local[2]", "--sweep", "seed=1,2");
  }

  private static void words() {
    add("no command");
    add("unknown command", "pretrian");
    add("unknown flag, near miss", "pretrain", "--epoch", "3");
    add("unknown flag", "pretrain", "--projection-layers", "3");
    add("flag without its value", "pretrain", "--epochs");
    add("unexpected argument", "pretrain", "simclr", "byol");
    add("missing argument", "evaluate");
    add("missing flag", "export", tmp.resolve("run").toString());
  }

  private static void options() {
    add("unknown method", "pretrain", "simcrl");
    add("unknown preset", "pretrain", "byol", "--preset", "smal");
    add("unknown option, near miss", "pretrain", "--set", "temprature=0.2");
    add("unknown option", "pretrain", "--set", "queue=3");
    add("AK_SSL's folder", "pretrain", "--set", "save_dir=runs");
    add("AK_SSL's flag", "pretrain", "--mixed_precision_training");
    add("AK_SSL's resumption", "pretrain", "--set", "reload_checkpoint=true");
    add("unknown group of options", "pretrain", "--set", "optimiser.learningRate=1");
    add("unknown option of the backbone", "pretrain", "--set", "backbone.depth=3");
    add("unknown option of the optimizer", "pretrain", "--set", "optimizer.learnRate=3");
    add("option without value", "pretrain", "--set", "temperature");
    add("option twice", "pretrain", "--epochs", "3", "--set", "epochs=4");
    add("no number", "pretrain", "--set", "temperature=warm");
    add("no whole number", "pretrain", "--epochs", "1.5");
    add("no number of epochs between questions", "pretrain", "--knn-every", "often");
    add("negative epochs between questions", "pretrain", "--set", "evaluation.everyEpochs=-1");
    add("no seed", "pretrain", "--seed", "lucky");
    add("no truth value", "pretrain", "--set", "blur=maybe");
    add("no such choice", "pretrain", "--optimizer", "adamx");
    add("no such device", "pretrain", "--device", "gpu");
    add("number too large", "pretrain", "--set", "temperature=1000");
    add("no epochs", "pretrain", "--epochs", "0");
    add("batch of one", "pretrain", "--batch-size", "1");
    add("negative limit", "pretrain", "--limit", "-1");
    add("unknown backbone", "pretrain", "--backbone", "resnet19");
    add(
        "backbone too deep for the images",
        "pretrain",
        "--image-size",
        "8",
        "--set",
        "backbone.stages=6");
    add(
        "patches that do not fit",
        "pretrain",
        "--backbone",
        "vit-tiny",
        "--set",
        "backbone.patchSize=5");
    add("CUDA asked for and absent", "pretrain", "--device", "cuda");
  }

  private static void data() {
    Path empty = tmp.resolve("empty/class");
    Folders.write(tmp.resolve("empty/notes.txt"), "no image");
    Path broken = TinyPhotos.labelled(tmp.resolve("broken"), 8);
    Folders.write(broken.resolve("class-0/image-99.png"), "this is no image");
    Path allBroken = tmp.resolve("all-broken");
    for (int i = 0; i < 8; i++) {
      Folders.write(allBroken.resolve("image-%d.png".formatted(i)), "this is no image");
    }
    add("unknown kind of data", "pretrain", "--data", "foldr:photos");
    add("data without a kind", "pretrain", "--data", tmp.resolve("photos").toString());
    add("data without a path", "pretrain", "--data", "folder:");
    add("missing folder of images", "pretrain", "--data", "folder:" + tmp.resolve("nowhere"));
    add("folder without images", "pretrain", "--data", "folder:" + empty.getParent());
    add(
        "file where images are expected",
        "pretrain",
        "--data",
        "folder:" + tmp.resolve("empty/notes.txt"));
    add("archive that is none", "pretrain", "--data", "tar:" + tmp.resolve("empty/notes.txt"));
    add("question mark that is no option", "pretrain", "--data", "folder:" + broken + "?a=b&c");
    Path zip = Folders.write(tmp.resolve("photos.zip"), "PK\u0003\u0004rest");
    add("archive of another kind", "pretrain", "--data", "tar:" + zip);
    Folders.write(tmp.resolve("tiffs/photo.tif"), "II*");
    add("images of a format that is not read", "pretrain", "--data=folder:" + tmp.resolve("tiffs"));
    add("unknown key of a source", "pretrain", "--data", "folder:" + broken + "?splt=train");
    addQuick("broken image under strict", broken, "broken-run", "--strict", "--epochs", "2");
    addQuick("no image readable", allBroken, "all-broken-run");
    addQuick("batch larger than the data", tmp.resolve("photos"), "large", "--batch-size", "64");
    addQuick(
        "update larger than an epoch",
        tmp.resolve("photos"),
        "large",
        "--set",
        "optimizer.accumulate=9");
  }

  private static void configFiles() {
    addConfig("config missing", tmp.resolve("missing.yaml"));
    addConfig("config is a folder", tmp.resolve("photos"));
    addConfig("config is no YAML", yaml("broken", "epochs: [3\nseed: 1\n"));
    addConfig("config without names", yaml("scalar", "fast please\n"));
    addConfig("config with an unknown name", yaml("unknown", "epoch: 3\n"));
    addConfig(
        "config with an unknown name in a group", yaml("group", "optimizer:\n  learnRate: 3\n"));
    addConfig("config with a list", yaml("list", "epochs: [1, 2]\n"));
    addConfig("config with an empty value", yaml("empty", "epochs:\n"));
    addConfig("config with a name twice", yaml("twice", "epochs: 1\nepochs: 2\n"));
    addConfig("config with a wrong value", yaml("wrong", "batch-size: large\n"));
  }

  private static void sweeps(Path photos) {
    addQuick("sweep without values", photos, "sweep", "--sweep", "seed");
    addQuick("sweep of an unknown option", photos, "sweep", "--sweep", "temprature=0.1,0.2");
    addQuick("sweep of an option twice", photos, "sweep", "--sweep", "seed=1,2", "Seed=3");
    addQuick("events where a folder is", photos, "events", "--events", photos.toString());
    addQuick("log without an address", photos, "log", "--log-to", "mlflow");
    addQuick("log of an unknown kind", photos, "log", "--log-to", "mlfow=http://localhost:1");
    addQuick("log at no address", photos, "log", "--log-to", "mlflow=localhost");
    addQuick("log where nobody is", photos, "log", "--log-to", "mlflow=http://localhost:1");
  }

  private static void outputs(Path photos) {
    Path file = Folders.write(tmp.resolve("file"), "in the way");
    addQuick("output is a file", photos, "file");
    addQuick("parent of the output is a file", photos, "file/below/run");
    addQuick("output holds a run", photos, "run");
    CASES.put(
        "disk that says it is full",
        new Case(new FullDisk(3 << 20), List.of(quick(photos, tmp.resolve("full-1")))));
    CASES.put(
        "disk that turns out to be full",
        new Case(new FullDisk(Long.MAX_VALUE), List.of(quick(photos, tmp.resolve("full-2")))));
    assertThat(file).exists();
  }

  private static void resumption(Path photos, Path run) {
    add("resume what", "pretrain", "--resume");
    add("resume nothing", "pretrain", "--resume", "--out", tmp.resolve("nowhere").toString());
    add("resume something else", "pretrain", "--resume", "--out", photos.toString());
    Path other = unfinished(run, "other");
    add(
        "resume with another option",
        "pretrain",
        "--resume",
        "--out",
        other.toString(),
        "--set",
        "temperature=0.2");
    addResume("resume with another method", other, "byol");
    addResume("resume with another backbone", other, "--backbone=resnet18");
    addResume(
        "resume with fewer epochs",
        unfinished(run, "epochs", "\"epochs\" : 1", "\"epochs\" : 3"),
        "--epochs=2");
    addResume(
        "resume a record without options",
        unfinished(run, "list", "\"options\" : {", "\"options\" : [], \"x\": {"));
    addResume(
        "resume a record of less than no steps",
        unfinished(run, "steps", "\"steps\" : 5", "\"steps\" : -5"));
    addQuick("start from no run", photos, "fresh", "--init-from=" + photos);
    add(
        "start from another network",
        "pretrain",
        "--data=folder:" + photos,
        "--init-from=" + run,
        "--backbone=vit-tiny",
        "--set=backbone.patchSize=4",
        "--set=projectionDim=5",
        "--batch-size=4",
        "--image-size=16");
    Path images = unfinished(run, "images");
    Path fewer = TinyPhotos.labelled(tmp.resolve("fewer"), 7);
    add(
        "resume with other images",
        "pretrain",
        "--resume",
        "--out",
        images.toString(),
        "--data",
        "folder:" + fewer);
    Path record = unfinished(run, "record");
    Folders.write(record.resolve("run.json"), "{\"status\": ");
    add("resume a damaged record", "pretrain", "--resume", "--out", record.toString());
    Path foreign = unfinished(run, "foreign");
    Folders.write(foreign.resolve("run.json"), "{\"name\": \"something else\"}");
    add("resume a foreign record", "pretrain", "--resume", "--out", foreign.toString());
    Path truncated = unfinished(run, "truncated");
    Path state = Folders.only(truncated, "state.ckpt");
    byte[] bytes = Folders.bytes(state);
    Folders.write(state, Arrays.copyOf(bytes, bytes.length / 2));
    add("resume a truncated checkpoint", "pretrain", "--resume", "--out", truncated.toString());
    Path manifest = unfinished(run, "manifest");
    Folders.write(Folders.only(manifest, "checkpoint.json"), "{}");
    add("resume a corrupted checkpoint", "pretrain", "--resume", "--out", manifest.toString());
  }

  private static void views(Path photos) {
    String data = "folder:" + photos;
    String page = tmp.resolve("views.html").toString();
    add("views of an unknown method", "views", "simcrl", "--output", page);
    add(
        "views with an unknown option",
        "views",
        "--set",
        "colorJitterStrenght=1",
        "--output",
        page);
    add("views of no image", "views", "--data", data, "--images", "0", "--output", page);
    add("views of half an image", "views", "--data", data, "--images", "1.5", "--output", page);
    add("views of no data", "views", "--data", "folder:nowhere", "--output", page);
    add("views as a picture", "views", "--data", data, "--output", tmp.resolve("v.png").toString());
    add(
        "views below a file",
        "views",
        "--data",
        data,
        "--output",
        tmp.resolve("file/views.html").toString());
    add("views of captions without any", "views", "uniter", "--data", data, "--output", page);
  }

  private static void otherCommands(Path photos, Path run) {
    Path unlabelled = TinyPhotos.unlabelled(tmp.resolve("unlabelled"), 8);
    String model = run.resolve("backbone.onnx").toString();
    add("evaluate nothing", "evaluate", tmp.resolve("nowhere").toString());
    add("evaluate a folder of images", "evaluate", photos.toString());
    add("evaluate without labels", "evaluate", run.toString(), "--data", "folder:" + unlabelled);
    add("unknown protocol", "evaluate", run.toString(), "--protocol", "knm");
    probes(unlabelled, run, model);
    add("no neighbours", "evaluate", run.toString(), "--k", "0");
    add("half a neighbour", "evaluate", run.toString(), "--k", "2.5");
    add("temperature of zero", "evaluate", run.toString(), "--temperature", "0");
    add(
        "export at an unknown place",
        "export",
        run.toString(),
        "--output",
        tmp.resolve("x.onnx").toString(),
        "--cut",
        "projector");
    add("export into a folder", "export", run.toString(), "--output", photos.toString());
    add(
        "export below a file",
        "export",
        run.toString(),
        "--output",
        tmp.resolve("file/x.onnx").toString());
    add(
        "export a checkpoint that is none",
        "export",
        run.toString(),
        "--output",
        tmp.resolve("x.onnx").toString(),
        "--checkpoint",
        photos.toString());
    String artifacts = tmp.resolve("artifacts").toString();
    add(
        "artifacts below a file",
        "export",
        run.toString(),
        "--artifacts",
        tmp.resolve("file/x").toString());
    add(
        "artifacts with an unknown optimizer",
        "export",
        run.toString(),
        "--artifacts",
        artifacts,
        "--optimizer",
        "lars");
    add(
        "optimizer without artifacts",
        "export",
        run.toString(),
        "--output=x.onnx",
        "--optimizer=sgd");
    add(
        "embed with something else",
        "embed",
        tmp.resolve("file").toString(),
        "--output",
        tmp.resolve("x.npy").toString());
    add(
        "embed with an anonymous model",
        "embed",
        anonymous(run).toString(),
        "--data",
        "folder:" + photos,
        "--output",
        tmp.resolve("x.npy").toString());
    add(
        "embed missing images",
        "embed",
        model,
        "--data",
        "folder:" + tmp.resolve("nowhere"),
        "--output",
        tmp.resolve("x.npy").toString());
    add("serve something else", "serve", tmp.resolve("file").toString());
    add("serve missing images", "serve", model, "--data", "folder:" + tmp.resolve("nowhere"));
    add("serve at no port", "serve", model, "--port", "70000");
    add("serve at another's address", "serve", model, "--host", "no.such.invalid", "--port", "0");
    add("caption with a run that writes nothing", "caption", run.toString());
    add("caption nothing", "caption", tmp.resolve("nowhere").toString());
    add("unknown sampling", "caption", run.toString(), "--sampling", "nuclear");
    add("sampling without words", "caption", run.toString(), "--top-k", "0");
    add("no temperature", "caption", run.toString(), "--temperature", "0");
    add("no captions to write", "caption", run.toString(), "--count", "none");
    add("options of an unknown method", "methods", "simcrl");
  }

  private static void addNetwork(String name, String backbone) {
    add(name, "pretrain", "--backbone", backbone, "--set", "optimizer.layerDecay=0.5");
  }

  private static void addExport(String name, Path run, String... flags) {
    List<String> args =
        new ArrayList<>(
            List.of("export", run.toString(), "--output", tmp.resolve("e.onnx").toString()));
    args.addAll(List.of(flags));
    add(name, args.toArray(String[]::new));
  }

  private static void networks(Path run) {
    addExport("export of a network that was not trained", run, "--network", "teacher");
    addExport("export of network and cut", run, "--network", "student", "--cut", "backbone");
    addExport("export of unknown precision", run, "--precision", "int4");
    addExport("export of convolutions as matrices", run, "--precision", "int8");
    addExport("export in an opset that is not written", run, "--opset", "12");
    addExport("export in no opset", run, "--opset", "new");
    addExport("export under no licence", run, "--licence", " ");
    addExport("export under unknown names", run, "--format", "safetensors", "--names", "keras");
    addExport("export of weights in an opset", run, "--format=safetensors", "--opset=17");
    addExport("export of weights for any size", run, "--format=safetensors", "--dynamic-size");
    Folders.write(tmp.resolve("e.py"), "print('mine')");
    addExport("export over somebody's program", run, "--code");
    byte[] model = Folders.bytes(run.resolve("backbone.onnx"));
    Path cut = Folders.write(tmp.resolve("cut.onnx"), Arrays.copyOf(model, model.length / 2));
    String whole = "onnx:" + run.resolve("backbone.onnx");
    add("ONNX backbone without a file", "pretrain", "--backbone", "onnx");
    add(
        "ONNX backbone that is missing",
        "pretrain",
        "--backbone",
        "onnx:" + tmp.resolve("no.onnx"));
    add("ONNX backbone that is a folder", "pretrain", "--backbone", "onnx:" + run);
    add("ONNX backbone of another format", "pretrain", "--backbone", "onnx:" + tmp.resolve("file"));
    add("ONNX backbone that ends early", "pretrain", "--backbone", "onnx:" + cut);
    add(
        "unknown feature output, near miss",
        "pretrain",
        "--backbone",
        whole,
        "--feature-output",
        "featuers");
    addNetwork("layer decay of an imported network", whole);
    add("feature output of a built-in backbone", "pretrain", "--feature-output", "features");
    add(
        "normalisation, near miss",
        "pretrain",
        "--backbone",
        whole,
        "--set",
        "backbone.normalisation=imagnet");
    teachers(whole);
    addWeights("weights that are missing", tmp.resolve("no.safetensors"));
    addWeights("weights of another format", Path.of(whole.substring("onnx:".length())));
    addWeights("weights of another network", weights("other", "encoder.norm.weight", 4));
    addWeights("weights that do not fit", weights("part", "bn1.weight", 64));
    add(
        "weights for a backbone that takes none",
        "pretrain",
        "--weights",
        tmp.resolve("part.safetensors").toString());
  }

  private static void teachers(String whole) {
    add("distillation without a teacher", "pretrain", "distil");
    addTeacher("teacher without its kind", whole.substring("onnx:".length()));
    addTeacher("teacher that is missing", "onnx:" + tmp.resolve("no.onnx"));
    addTeacher("teacher of another format", "onnx:" + tmp.resolve("file"));
    addTeacher("teacher without such an output", whole, "teacherFeatureOutput=featuers");
    addTeacher("teacher's normalisation, near miss", whole, "teacherNormalisation=imagnet");
  }

  private static void addTeacher(String name, String teacher, String... settings) {
    List<String> args = new ArrayList<>(List.of("pretrain", "distil", "--set"));
    args.add("teacher=" + teacher);
    Stream.of(settings).forEach(setting -> args.addAll(List.of("--set", setting)));
    add(name, args.toArray(String[]::new));
  }

  private static void addWeights(String name, Path file) {
    add(name, "pretrain", "--backbone", "resnet18", "--weights", file.toString());
  }

  private static Path weights(String name, String tensor, int length) {
    return Folders.write(
        tmp.resolve(name + ".safetensors"),
        OneTensor.safetensors(tensor, new float[length], length));
  }

  private static void probes(Path unlabelled, Path run, String model) {
    addProbe("probe without labels", run, "linear", "--data", "folder:" + unlabelled);
    addProbe("probe with an unknown option", run, "linear", "--set", "learnRate=1");
    addProbe("option of the other protocol", run, "linear", "--set", "warmupEpochs=1");
    addProbe("unknown group of a probe", run, "linear", "--set", "prob.epochs=1");
    addProbe("option of a probe without one", run, "knn", "--epochs", "3");
    addProbe("option of a probe twice", run, "linear", "--epochs", "3", "--set", "probe.epochs=4");
    addProbe("no epochs of a probe", run, "linear", "--epochs", "0");
    addProbe("fraction above one", run, "finetune", "--fraction", "1.5");
    addProbe(
        "fraction that leaves one class",
        run,
        "linear",
        "--fraction=0.01",
        "--data=folder:" + uneven(tmp.resolve("photos")));
    addProbe("fraction of nothing", run, "finetune", "--fraction", "0");
    addProbe("no scaling of that name", run, "linear", "--set", "scaling=whiten");
    addProbe("no optimizer of that name", run, "finetune", "--optimizer", "rmsprop");
    addProbe("unknown protocol in a list", run, "knn,lineal");
    addProbe("network that was not trained", run, "linear", "--network", "teacher");
    addProbe("cut that is not there", run, "linear", "--cut", "projector");
    addProbe("network and cut", run, "linear", "--network", "student", "--cut", "backbone");
    add("fine-tune a file", "evaluate", model, "--protocol", "finetune");
    add("untrained weights of a file", "evaluate", model, "--untrained");
    Path taken = Folders.copy(run, tmp.resolve("taken"));
    Folders.write(taken.resolve("evaluation-linear.json/file"), "in the way");
    addProbe("result of a probe is a folder", taken, "linear");
  }

  private static void addProbe(String name, Path run, String protocol, String... more) {
    List<String> args =
        new ArrayList<>(List.of("evaluate", run.toString(), "--protocol", protocol));
    args.addAll(List.of(more));
    add(name, args.toArray(String[]::new));
  }

  /** One large class, and two of two images, one of which is held out. */
  private static Path uneven(Path photos) {
    Path uneven = tmp.resolve("uneven");
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
  private static Path anonymous(Path run) {
    TrainedRun trained = TrainedRun.open(new RunDirectory(run), Catalogue.standard());
    byte[] model =
        trained
            .method()
            .exporter()
            .export(TrainingRuntime.find().saved(run).state(), BackboneExporter.BACKBONE, Map.of())
            .bytes();
    return Folders.write(tmp.resolve("anonymous.onnx"), withoutMetadata(model));
  }

  private static Path unfinished(Path run, String name) {
    Path copy = Folders.copy(run, tmp.resolve(name));
    String record = new String(Folders.bytes(copy.resolve("run.json")), StandardCharsets.UTF_8);
    Folders.write(copy.resolve("run.json"), record.replace("\"complete\"", "\"interrupted\""));
    return copy;
  }

  /** The same with something else in its record. */
  private static Path unfinished(Path run, String name, String was, String is) {
    Path copy = unfinished(run, name);
    String record = new String(Folders.bytes(copy.resolve("run.json")), StandardCharsets.UTF_8);
    assertThat(record).contains(was);
    Folders.write(copy.resolve("run.json"), record.replace(was, is));
    return copy;
  }

  private static void addResume(String name, Path run, String... more) {
    List<String> args = new ArrayList<>(List.of("pretrain", "--resume", "--out=" + run));
    args.addAll(List.of(more));
    add(name, args.toArray(String[]::new));
  }

  private static Path yaml(String name, String content) {
    return Folders.write(tmp.resolve(name + ".yaml"), content);
  }

  private static String[] quick(Path photos, Path out, String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "pretrain",
                "--data",
                "folder:" + photos,
                "--out",
                out.toString(),
                "--image-size",
                "16",
                "--set",
                "backbone.width=4"));
    if (!List.of(more).contains("--epochs")) {
      args.addAll(List.of("--epochs", "1"));
    }
    if (!List.of(more).contains("--batch-size")) {
      args.addAll(List.of("--batch-size", "4"));
    }
    args.addAll(List.of(more));
    return args.toArray(String[]::new);
  }

  private static void addQuick(String name, Path photos, String out, String... more) {
    add(name, quick(photos, tmp.resolve(out), more));
  }

  private static void addConfig(String name, Path file) {
    add(name, "pretrain", "--config", file.toString());
  }

  private static void add(String name, String... args) {
    assertThat(CASES.put(name, new Case(Disk.LOCAL, List.of(args)))).as(name).isNull();
  }

  private static boolean hasCuda() {
    try {
      TrainingRuntime.find().device(new DeviceSettings(DeviceSettings.Device.CUDA, 0));
      return true;
    } catch (UserMistake absent) {
      return false;
    }
  }
}

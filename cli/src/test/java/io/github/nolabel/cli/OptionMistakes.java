package io.github.nolabel.cli;

import java.nio.file.Path;

/** Words that no command knows, and values that no option has. */
final class OptionMistakes {

  private final Mistakes mistakes;

  OptionMistakes(Mistakes mistakes) {
    this.mistakes = mistakes;
  }

  void add() {
    words();
    options();
    configFiles();
    clusters();
  }

  private void words() {
    mistakes.add("no command");
    mistakes.add("unknown command", "pretrian");
    mistakes.add("unknown flag, near miss", "pretrain", "--epoch", "3");
    mistakes.add("unknown flag", "pretrain", "--projection-layers", "3");
    mistakes.add("flag without its value", "pretrain", "--epochs");
    mistakes.add("unexpected argument", "pretrain", "simclr", "byol");
    mistakes.add("missing argument", "evaluate");
    mistakes.add("missing flag", "export", mistakes.at("run").toString());
  }

  private void options() {
    mistakes.add("unknown method", "pretrain", "simcrl");
    mistakes.add("unknown preset", "pretrain", "byol", "--preset", "smal");
    mistakes.add("unknown option, near miss", "pretrain", "--set", "temprature=0.2");
    mistakes.add("unknown option", "pretrain", "--set", "queue=3");
    mistakes.add("AK_SSL's folder", "pretrain", "--set", "save_dir=runs");
    mistakes.add("AK_SSL's flag", "pretrain", "--mixed_precision_training");
    mistakes.add("AK_SSL's resumption", "pretrain", "--set", "reload_checkpoint=true");
    mistakes.add("unknown group of options", "pretrain", "--set", "optimiser.learningRate=1");
    mistakes.add("unknown option of the backbone", "pretrain", "--set", "backbone.depth=3");
    mistakes.add("unknown option of the optimizer", "pretrain", "--set", "optimizer.learnRate=3");
    mistakes.add("option without value", "pretrain", "--set", "temperature");
    mistakes.add("option twice", "pretrain", "--epochs", "3", "--set", "epochs=4");
    mistakes.add("no number", "pretrain", "--set", "temperature=warm");
    mistakes.add("no whole number", "pretrain", "--epochs", "1.5");
    mistakes.add("no number of epochs between questions", "pretrain", "--knn-every", "often");
    mistakes.add(
        "negative epochs between questions", "pretrain", "--set", "evaluation.everyEpochs=-1");
    mistakes.add("no seed", "pretrain", "--seed", "lucky");
    mistakes.add("no truth value", "pretrain", "--set", "blur=maybe");
    mistakes.add("no such choice", "pretrain", "--optimizer", "adamx");
    mistakes.add("no such device", "pretrain", "--device", "gpu");
    mistakes.add("number too large", "pretrain", "--set", "temperature=1000");
    mistakes.add("no epochs", "pretrain", "--epochs", "0");
    mistakes.add("batch of one", "pretrain", "--batch-size", "1");
    mistakes.add("negative limit", "pretrain", "--limit", "-1");
    mistakes.add("unknown backbone", "pretrain", "--backbone", "resnet19");
    mistakes.add(
        "backbone too deep for the images",
        "pretrain",
        "--image-size",
        "8",
        "--set",
        "backbone.stages=6");
    mistakes.add(
        "patches that do not fit",
        "pretrain",
        "--backbone",
        "vit-tiny",
        "--set",
        "backbone.patchSize=5");
    mistakes.add("CUDA asked for and absent", "pretrain", "--device", "cuda");
  }

  private void configFiles() {
    addConfig("config missing", mistakes.at("missing.yaml"));
    addConfig("config is a folder", mistakes.at("photos"));
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

  /** Nothing on this class path trains on Spark. */
  private void clusters() {
    String data = "folder:" + mistakes.at("photos");
    mistakes.add("no Spark", "pretrain", "--data", data, "--spark", "local[2]");
    mistakes.add("settings of no cluster", "pretrain", "--data", data, "--spark-set", "workers=2");
    mistakes.add("setting of a cluster without value", "pretrain", "--spark-set", "workers");
    mistakes.add("sweep on a cluster", "pretrain", "--spark", "local[2]", "--sweep", "seed=1,2");
  }

  private void addConfig(String name, Path file) {
    mistakes.add(name, "pretrain", "--config", file.toString());
  }

  private Path yaml(String name, String content) {
    return Folders.write(mistakes.at(name + ".yaml"), content);
  }
}

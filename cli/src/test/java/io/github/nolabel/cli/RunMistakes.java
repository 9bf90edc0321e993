package io.github.nolabel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Folders that hold something else, and runs that cannot be resumed. */
final class RunMistakes {

  private final Mistakes mistakes;
  private final Path photos;
  private final Path run;

  RunMistakes(Mistakes mistakes, Path photos, Path run) {
    this.mistakes = mistakes;
    this.photos = photos;
    this.run = run;
  }

  void add() {
    outputs();
    resumption();
  }

  private void outputs() {
    assertThat(Folders.write(mistakes.at("file"), "in the way")).exists();
    mistakes.addQuick("output is a file", photos, "file");
    mistakes.addQuick("parent of the output is a file", photos, "file/below/run");
    mistakes.addQuick("output holds a run", photos, "run");
    full("disk that says it is full", 3 << 20, "full-1");
    full("disk that turns out to be full", Long.MAX_VALUE, "full-2");
  }

  private void full(String name, long free, String out) {
    mistakes.add(name, new FullDisk(free), Mistakes.quick(photos, mistakes.at(out)));
  }

  private void resumption() {
    mistakes.add("resume what", "pretrain", "--resume");
    mistakes.add(
        "resume nothing", "pretrain", "--resume", "--out", mistakes.at("nowhere").toString());
    mistakes.add("resume something else", "pretrain", "--resume", "--out", photos.toString());
    Path other = unfinished("other");
    mistakes.add(
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
        unfinished("epochs", "\"epochs\" : 1", "\"epochs\" : 3"),
        "--epochs=2");
    addResume(
        "resume a record without options",
        unfinished("list", "\"options\" : {", "\"options\" : [], \"x\": {"));
    addResume(
        "resume a record of less than no steps",
        unfinished("steps", "\"steps\" : 5", "\"steps\" : -5"));
    mistakes.addQuick("start from no run", photos, "fresh", "--init-from=" + photos);
    mistakes.add(
        "start from another network",
        "pretrain",
        "--data=folder:" + photos,
        "--init-from=" + run,
        "--backbone=vit-tiny",
        "--set=backbone.patchSize=4",
        "--set=projectionDim=5",
        "--batch-size=4",
        "--image-size=16");
    Path images = unfinished("images");
    Path fewer = TinyPhotos.labelled(mistakes.at("fewer"), 7);
    mistakes.add(
        "resume with other images",
        "pretrain",
        "--resume",
        "--out",
        images.toString(),
        "--data",
        "folder:" + fewer);
    Path record = unfinished("record");
    Folders.write(record.resolve("run.json"), "{\"status\": ");
    mistakes.add("resume a damaged record", "pretrain", "--resume", "--out", record.toString());
    Path foreign = unfinished("foreign");
    Folders.write(foreign.resolve("run.json"), "{\"name\": \"something else\"}");
    mistakes.add("resume a foreign record", "pretrain", "--resume", "--out", foreign.toString());
    Path truncated = unfinished("truncated");
    Path state = Folders.only(truncated, "state.ckpt");
    byte[] bytes = Folders.bytes(state);
    Folders.write(state, Arrays.copyOf(bytes, bytes.length / 2));
    mistakes.add(
        "resume a truncated checkpoint", "pretrain", "--resume", "--out", truncated.toString());
    Path manifest = unfinished("manifest");
    Folders.write(Folders.only(manifest, "checkpoint.json"), "{}");
    mistakes.add(
        "resume a corrupted checkpoint", "pretrain", "--resume", "--out", manifest.toString());
  }

  private Path unfinished(String name) {
    Path copy = Folders.copy(run, mistakes.at(name));
    String record = new String(Folders.bytes(copy.resolve("run.json")), StandardCharsets.UTF_8);
    Folders.write(copy.resolve("run.json"), record.replace("\"complete\"", "\"interrupted\""));
    return copy;
  }

  /** The same with something else in its record. */
  private Path unfinished(String name, String was, String is) {
    Path copy = unfinished(name);
    String record = new String(Folders.bytes(copy.resolve("run.json")), StandardCharsets.UTF_8);
    assertThat(record).contains(was);
    Folders.write(copy.resolve("run.json"), record.replace(was, is));
    return copy;
  }

  private void addResume(String name, Path run, String... more) {
    List<String> args = new ArrayList<>(List.of("pretrain", "--resume", "--out=" + run));
    args.addAll(List.of(more));
    mistakes.add(name, args.toArray(String[]::new));
  }
}

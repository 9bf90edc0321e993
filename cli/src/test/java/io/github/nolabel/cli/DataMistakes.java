package io.github.nolabel.cli;

import java.nio.file.Path;

/** Images that are not there, or are none; views of them. */
final class DataMistakes {

  private final Mistakes mistakes;
  private final Path photos;

  DataMistakes(Mistakes mistakes, Path photos) {
    this.mistakes = mistakes;
    this.photos = photos;
  }

  void add() {
    data();
    sweeps();
    views();
  }

  private void data() {
    Path empty = mistakes.at("empty/class");
    Folders.write(mistakes.at("empty/notes.txt"), "no image");
    Path broken = TinyPhotos.labelled(mistakes.at("broken"), 8);
    Folders.write(broken.resolve("class-0/image-99.png"), "this is no image");
    Path allBroken = mistakes.at("all-broken");
    for (int i = 0; i < 8; i++) {
      Folders.write(allBroken.resolve("image-%d.png".formatted(i)), "this is no image");
    }
    mistakes.add("unknown kind of data", "pretrain", "--data", "foldr:photos");
    mistakes.add("data without a kind", "pretrain", "--data", mistakes.at("photos").toString());
    mistakes.add("data without a path", "pretrain", "--data", "folder:");
    mistakes.add(
        "missing folder of images", "pretrain", "--data", "folder:" + mistakes.at("nowhere"));
    mistakes.add("folder without images", "pretrain", "--data", "folder:" + empty.getParent());
    mistakes.add(
        "file where images are expected",
        "pretrain",
        "--data",
        "folder:" + mistakes.at("empty/notes.txt"));
    mistakes.add(
        "archive that is none", "pretrain", "--data", "tar:" + mistakes.at("empty/notes.txt"));
    mistakes.add(
        "question mark that is no option", "pretrain", "--data", "folder:" + broken + "?a=b&c");
    Path zip = Folders.write(mistakes.at("photos.zip"), "PK\u0003\u0004rest");
    mistakes.add("archive of another kind", "pretrain", "--data", "tar:" + zip);
    Folders.write(mistakes.at("tiffs/photo.tif"), "II*");
    mistakes.add(
        "images of a format that is not read", "pretrain", "--data=folder:" + mistakes.at("tiffs"));
    mistakes.add(
        "unknown key of a source", "pretrain", "--data", "folder:" + broken + "?splt=train");
    mistakes.addQuick(
        "broken image under strict", broken, "broken-run", "--strict", "--epochs", "2");
    mistakes.addQuick("no image readable", allBroken, "all-broken-run");
    mistakes.addQuick(
        "batch larger than the data", mistakes.at("photos"), "large", "--batch-size", "64");
    mistakes.addQuick(
        "update larger than an epoch",
        mistakes.at("photos"),
        "large",
        "--set",
        "optimizer.accumulate=9");
  }

  private void sweeps() {
    mistakes.addQuick("sweep without values", photos, "sweep", "--sweep", "seed");
    mistakes.addQuick(
        "sweep of an unknown option", photos, "sweep", "--sweep", "temprature=0.1,0.2");
    mistakes.addQuick("sweep of an option twice", photos, "sweep", "--sweep", "seed=1,2", "Seed=3");
    mistakes.addQuick("events where a folder is", photos, "events", "--events", photos.toString());
    mistakes.addQuick("log without an address", photos, "log", "--log-to", "mlflow");
    mistakes.addQuick(
        "log of an unknown kind", photos, "log", "--log-to", "mlfow=http://localhost:1");
    mistakes.addQuick("log at no address", photos, "log", "--log-to", "mlflow=localhost");
    mistakes.addQuick(
        "log where nobody is", photos, "log", "--log-to", "mlflow=http://localhost:1");
  }

  private void views() {
    String data = "folder:" + photos;
    String page = mistakes.at("views.html").toString();
    mistakes.add("views of an unknown method", "views", "simcrl", "--output", page);
    mistakes.add(
        "views with an unknown option",
        "views",
        "--set",
        "colorJitterStrenght=1",
        "--output",
        page);
    mistakes.add("views of no image", "views", "--data", data, "--images", "0", "--output", page);
    mistakes.add(
        "views of half an image", "views", "--data", data, "--images", "1.5", "--output", page);
    mistakes.add("views of no data", "views", "--data", "folder:nowhere", "--output", page);
    mistakes.add(
        "views as a picture", "views", "--data", data, "--output", mistakes.at("v.png").toString());
    mistakes.add(
        "views below a file",
        "views",
        "--data",
        data,
        "--output",
        mistakes.at("file/views.html").toString());
    mistakes.add(
        "views of captions without any", "views", "uniter", "--data", data, "--output", page);
  }
}

package io.github.nolabel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Mistakes with words, as {@link BadInputTest} has them with images. */
class BadTextInputTest {

  private static final GoldenSections GOLDEN = new GoldenSections("bad-text-input.txt");

  @TempDir static Path tmp;

  private static final Map<String, List<String>> CASES = new LinkedHashMap<>();

  @BeforeAll
  static void typeEverything() {
    CASES.clear();
    Path photos = TinyPhotos.unlabelled(tmp.resolve("photos"), 12);
    Path described = TinyPhotos.unlabelled(tmp.resolve("described"), 12);
    for (int i = 0; i < 12; i++) {
      write(described.resolve("image-%02d.txt".formatted(i)), "red thing number " + i % 5);
    }
    assertThat(Typed.nolabel(clip("folder:" + described, "run")).exitCode()).isZero();
    assertThat(Typed.nolabel(vision("folder:" + photos, "vision")).exitCode()).isZero();
    tokenizers("folder:" + described);
    tables();
    add("images without captions", clip("folder:" + photos, "a"));
    add("batch of one pair", clip("folder:" + described, "b", "--batch-size", "1"));
    add("larger batch than pairs", clip("folder:" + described, "c", "--batch-size", "64"));
    add(
        "option of texts for a method of images",
        vision("packaged", "d", "--set", "text.length=8"));
    add("unknown option of texts", clip("packaged", "e", "--set", "text.lenght=8"));
    add("unknown text network", clip("packaged", "f", "--set", "text.network=bert-tny"));
    add("text too short for its ends", clip("packaged", "g", "--set", "text.length=1"));
    add("heads that do not divide", clip("folder:" + described, "h", "--set", "text.heads=3"));
    add("feature of another width", clip("folder:" + described, "i", "--set", "imageFeatureDim=9"));
    searches();
  }

  private static void tokenizers(String data) {
    Path broken = write(tmp.resolve("broken.json"), "{\"model\": ");
    Path other = write(tmp.resolve("other.json"), "{\"name\": \"not a tokenizer\"}");
    add("damaged tokenizer", clip(data, "t", "--set", "text.tokenizer=" + broken));
    add("another JSON file as tokenizer", clip(data, "t", "--set", "text.tokenizer=" + other));
    add("folder as tokenizer", clip(data, "t", "--set", "text.tokenizer=" + tmp));
    add("no such tokenizer", clip(data, "t", "--set", "text.tokenizer=" + tmp + "/no.json"));
    add("unknown kind of tokenizer", clip(data, "t", "--set", "text.tokenizer=wordpeace"));
    add("vocabulary of three tokens", clip(data, "t", "--set", "text.vocabularySize=3"));
    add("too many characters", clip("packaged", "t", "--set", "text.vocabularySize=64"));
  }

  private static void tables() {
    Path one = tmp.resolve("described").resolve("image-00.png");
    table("captions without images", "image,caption\nnowhere.png,a thing\nnone.png,another\n");
    table("table without captions", "image,size\n" + one + ",3\n");
    table("table with a header alone", "image,caption\n");
    table("caption with a NUL byte", "image,caption\n" + one + ",a\u0000b\n");
    table("caption of a million characters", "image,caption\n" + one + "," + "a".repeat(1_000_000));
    table("quote that never ends", "image,caption\n" + one + ",\"a thing\n");
    table("table without images", "what,caption\n" + one + ",a thing\n");
    Path latin = tmp.resolve("latin.csv");
    bytes(
        latin,
        ("image,caption\n" + one + ",\u00e9t\u00e9\n").getBytes(StandardCharsets.ISO_8859_1));
    add("table that is not UTF-8", clip("pairs:" + latin, "p"));
    add("no such table", clip("pairs:" + tmp + "/no.csv", "p"));
    add("unknown style", clip("packaged?heldOut=crayons", "p"));
  }

  private static void searches() {
    String run = tmp.resolve("run").toString();
    String vision = tmp.resolve("vision").toString();
    add("search without a space for words", "search", vision, "red");
    add("search for nothing", "search", run, " ");
    add("search without a run", "search", tmp.resolve("nowhere").toString(), "red");
    add("search for no images", "search", run, "red", "--k", "0");
    add("retrieval without a space for words", "evaluate", vision, "--protocol", "retrieval");
    add("zero-shot without classes", "evaluate", run, "--protocol", "zero-shot");
    Path templates = write(tmp.resolve("templates.txt"), "a photo\n");
    List<String> labelled = List.of("--data", "folder:" + classes());
    add(
        "template without a place for the name",
        "evaluate",
        run,
        "--protocol",
        "zero-shot",
        "--templates",
        templates.toString(),
        labelled.get(0),
        labelled.get(1));
    add(
        "no such templates",
        "evaluate",
        run,
        "--protocol",
        "zero-shot",
        "--templates",
        tmp + "/no.txt",
        labelled.get(0),
        labelled.get(1));
  }

  private static Path classes() {
    return TinyPhotos.labelled(tmp.resolve("classes"), 4);
  }

  @TestFactory
  Stream<DynamicTest> oneMessageEach() {
    return CASES.entrySet().stream()
        .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> check(e.getKey(), e.getValue())));
  }

  @Test
  void noneIsForgotten() {
    assertThat(GOLDEN.names()).containsExactlyInAnyOrderElementsOf(CASES.keySet());
  }

  private static void check(String name, List<String> args) {
    Typed said = Typed.nolabel(args.toArray(String[]::new));
    assertThat(said.err()).doesNotContain("\tat ").doesNotContain("Exception");
    assertThat(said.exitCode()).as(said.err()).isEqualTo(2);
    assertThat(said.complaints()).hasSize(1);
    GOLDEN.check(
        name, neutral("$ nolabel " + String.join(" ", args)), neutral(said.complaints().get(0)));
  }

  private static String neutral(String text) {
    return text.replace(tmp.toString(), "TMP").replace("\u0000", "\\0");
  }

  private static void table(String name, String text) {
    Path file = write(tmp.resolve(name.replace(' ', '-') + ".csv"), text);
    add(name, clip("pairs:" + file, "p"));
  }

  private static void add(String name, String... args) {
    assertThat(CASES.put(name, List.of(args))).as(name).isNull();
  }

  private static String[] clip(String data, String out, String... more) {
    return typed("clip", data, out, more, "--set", "text.width=8", "--set", "text.depth=1");
  }

  private static String[] vision(String data, String out, String... more) {
    return typed("simclr", data, out, more);
  }

  private static String[] typed(
      String method, String data, String out, String[] more, String... further) {
    List<String> args = new ArrayList<>(List.of("pretrain", method, "--data", data));
    args.addAll(List.of("--out", tmp.resolve(out).toString(), "--image-size", "16"));
    args.addAll(List.of("--set", "backbone.width=4", "--epochs", "1"));
    if (!List.of(more).contains("--batch-size")) {
      args.addAll(List.of("--batch-size", "4"));
    }
    args.addAll(List.of(further));
    args.addAll(List.of(more));
    return args.toArray(String[]::new);
  }

  private static Path write(Path file, String text) {
    return bytes(file, text.getBytes(StandardCharsets.UTF_8));
  }

  private static Path bytes(Path file, byte[] content) {
    try {
      return Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

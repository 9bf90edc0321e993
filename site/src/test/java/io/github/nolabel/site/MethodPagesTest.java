package io.github.nolabel.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.method.MethodProvider;
import io.github.nolabel.method.Methods;
import io.github.nolabel.site.figure.MethodFigure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every method has a page; what code can say there, it says. */
class MethodPagesTest {

  private static final Path PAGES = Repository.DOCS.resolve("methods");

  static Stream<String> names() {
    return Methods.all().all().stream().map(MethodProvider::name);
  }

  @Test
  void everyMethodHasAPageAndEveryPageAMethod() {
    List<String> pages =
        Repository.files(PAGES, ".md").stream()
            .map(file -> PAGES.relativize(file).toString().replace(".md", ""))
            .filter(name -> !name.equals("README"))
            .toList();
    assertThat(pages).containsExactlyInAnyOrderElementsOf(names().toList());
  }

  @ParameterizedTest
  @MethodSource("names")
  void optionsAreThoseOfTheRecord(String name) {
    GeneratedPart.check(page(name), "options", MethodTables.options(Methods.all().require(name)));
  }

  @ParameterizedTest
  @MethodSource("names")
  void recipesAreThePresets(String name) {
    GeneratedPart.check(page(name), "recipes", MethodTables.recipes(Methods.all().require(name)));
  }

  @ParameterizedTest
  @MethodSource("names")
  void figuresAreThoseOfTheBenchmarks(String name) {
    String measured = Measured.of(name);
    if (!measured.isEmpty()) {
      GeneratedPart.check(page(name), "measured", measured);
    }
    assertThat(Repository.read(page(name))).contains("benchmarks/README.md");
  }

  @ParameterizedTest
  @MethodSource("names")
  void thePictureIsThatOfTheGraph(String name) {
    GeneratedPart.checkFile(PAGES.resolve(name + ".svg"), MethodFigure.of(graph(name)).svg());
    assertThat(Repository.read(page(name))).contains("](" + name + ".svg)");
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyPageHasAllItsParts(String name) {
    assertThat(Repository.read(page(name)))
        .contains("## When to use it", "## Try it", "## Recipes", "## Options")
        .contains("## What it learnt here", "## Paper", "https://arxiv.org/abs/");
  }

  private static Path page(String name) {
    return PAGES.resolve(name + ".md");
  }

  /** The golden graph, which the method's own contract holds against what it builds. */
  private static String graph(String name) {
    return Stream.of("methods-vision", "methods-multimodal")
        .map(module -> Repository.ROOT.resolve(module).resolve("src/test/resources/graphs"))
        .map(folder -> folder.resolve(name + ".txt"))
        .filter(Files::exists)
        .map(Repository::read)
        .findFirst()
        .orElseThrow();
  }
}

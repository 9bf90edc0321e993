package io.github.nolabel;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Which package may know which. */
class ArchitectureTest {

  private static final String ROOT = "io.github.nolabel.";
  private static final String[] PACKAGES = {
    "graph",
    "autodiff",
    "fragment",
    "onnx",
    "step",
    "update",
    "mechanism",
    "monitor",
    "objective",
    "method",
    "view"
  };

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(Arrays.stream(PACKAGES).map(ROOT::concat).toArray(String[]::new));

  private static void neverKnow(String from, String... to) {
    String[] forbidden = Arrays.stream(to).map(ROOT::concat).toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage(ROOT + from)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(forbidden)
        .check(CLASSES);
  }

  @Test
  void theGraphKnowsNobody() {
    neverKnow(
        "graph..",
        "autodiff..",
        "fragment..",
        "onnx..",
        "step..",
        "update..",
        "mechanism..",
        "monitor..",
        "objective..");
  }

  @Test
  void viewsAreAGraphOfTheirOwn() {
    neverKnow(
        "view..",
        "autodiff..",
        "fragment..",
        "step..",
        "update..",
        "mechanism..",
        "monitor..",
        "objective..",
        "method..");
  }

  @Test
  void differentiationKnowsTheGraphAndNoRule() {
    neverKnow(
        "autodiff..",
        "fragment..",
        "onnx..",
        "step..",
        "update..",
        "mechanism..",
        "monitor..",
        "objective..");
    neverKnow("autodiff", "autodiff.rules..");
  }

  @Test
  void fragmentsKnowTheGraphAndLayersBelowThem() {
    neverKnow(
        "fragment..",
        "autodiff..",
        "onnx..",
        "step..",
        "update..",
        "mechanism..",
        "monitor..",
        "objective..");
    neverKnow(
        "fragment",
        "fragment.layer..",
        "fragment.backbone..",
        "fragment.head..",
        "fragment.loss..");
    neverKnow("fragment.layer..", "fragment.backbone..", "fragment.head..", "fragment.loss..");
    neverKnow("fragment.backbone..", "fragment.head..", "fragment.loss..");
    neverKnow("fragment.head..", "fragment.backbone..", "fragment.loss..");
    neverKnow("fragment.loss..", "fragment.backbone..", "fragment.head..");
  }

  @Test
  void writingAndUpdatingKnowTheGraphOnly() {
    neverKnow("onnx..", "autodiff..", "fragment..", "update..", "objective..");
    neverKnow(
        "step..",
        "autodiff..",
        "fragment..",
        "onnx..",
        "update..",
        "mechanism..",
        "monitor..",
        "objective..");
    neverKnow(
        "update..",
        "autodiff..",
        "fragment..",
        "onnx..",
        "mechanism..",
        "monitor..",
        "objective..");
    neverKnow("mechanism..", "autodiff..", "onnx..", "update..", "objective..");
    neverKnow("monitor..", "autodiff..", "onnx..", "update..", "mechanism..", "objective..");
  }

  @Test
  void packagesFormNoCycle() {
    slices().matching(ROOT + "(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void theFileFormatStaysInOnePackage() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "onnx..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("ai.onnx.proto..", "com.google.protobuf..")
        .check(CLASSES);
  }

  @Test
  void noRuntimeIsKnown() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ROOT + "runtime..", "ai.onnxruntime..", "org.bytedeco..")
        .check(CLASSES);
  }
}

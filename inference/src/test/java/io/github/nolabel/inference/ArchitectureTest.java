package io.github.nolabel.inference;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.github.nolabel.inference");

  @Test
  void nothingThatTrainsIsKnown() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.github.nolabel.graph..",
            "io.github.nolabel.autodiff..",
            "io.github.nolabel.fragment..",
            "io.github.nolabel.objective..",
            "io.github.nolabel.method..",
            "io.github.nolabel.runtime..",
            "io.github.nolabel.runs..",
            "io.github.nolabel.networks..",
            "io.github.nolabel.methods..",
            "com.google.inject..",
            "com.google.protobuf..",
            "org.bytedeco..")
        .check(CLASSES);
  }

  @Test
  void onnxRuntimeIsKnownInOnePlace() {
    noClasses()
        .that()
        .doNotHaveSimpleName("FeatureSession")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("ai.onnxruntime..")
        .check(CLASSES);
  }
}

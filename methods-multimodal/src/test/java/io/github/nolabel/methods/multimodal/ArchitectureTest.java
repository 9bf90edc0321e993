package io.github.nolabel.methods.multimodal;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.github.nolabel.methods.multimodal");

  @Test
  void methodsKnowNeitherRuntimeNorDataNorTheirBytes() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.github.nolabel.runtime..",
            "io.github.nolabel.data..",
            "io.github.nolabel.onnx..",
            "org.bytedeco..",
            "ai.onnx..")
        .check(CLASSES);
  }

  @Test
  void methodsDoNotDependOnEachOther() {
    slices()
        .matching("io.github.nolabel.methods.multimodal.(*)..")
        .should()
        .beFreeOfCycles()
        .check(CLASSES);
  }
}

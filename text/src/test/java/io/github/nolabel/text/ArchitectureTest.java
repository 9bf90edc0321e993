package io.github.nolabel.text;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.github.nolabel.text");

  @Test
  void ofNolabelTextKnowsTheApiOnly() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.github.nolabel.data..",
            "io.github.nolabel.graph..",
            "io.github.nolabel.runtime..",
            "io.github.nolabel.methods..",
            "io.github.nolabel.cli..",
            "com.google.inject..")
        .check(CLASSES);
  }

  @Test
  void thirdPartiesStayWhereTheyAreUsed() {
    reach("ai.djl..", "HuggingFace|NativeLibrary");
    reach("com.fasterxml..", "TokenizerFile|TokenizerJson");
  }

  private static void reach(String library, String homes) {
    noClasses()
        .that()
        .haveNameNotMatching("io\\.github\\.nolabel\\.text\\.(%s)".formatted(homes))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .check(CLASSES);
  }
}

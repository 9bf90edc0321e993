package io.github.nolabel.serve;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.github.nolabel.serve");

  @Test
  void nothingThatTrainsIsKnown() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.github.nolabel.api.train..",
            "io.github.nolabel.graph..",
            "io.github.nolabel.method..",
            "io.github.nolabel.methods..",
            "io.github.nolabel.runtime..",
            "io.github.nolabel.runs..",
            "com.google.inject..",
            "org.bytedeco..")
        .check(CLASSES);
  }

  @Test
  void theGraphLibraryIsKnownInOnePlace() {
    noClasses()
        .that()
        .doNotHaveSimpleName("RowGraph")
        .and()
        .haveSimpleNameNotStartingWith("GraphFile")
        .and()
        .doNotHaveSimpleName("Stored")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.github.jbellis..")
        .check(CLASSES);
  }
}

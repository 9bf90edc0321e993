package io.github.nolabel.data;

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
          .importPackages("io.github.nolabel.data");

  @Test
  void ofNolabelDataKnowsTheApiOnly() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.github.nolabel.graph..",
            "io.github.nolabel.runtime..",
            "io.github.nolabel.methods..",
            "io.github.nolabel.cli..",
            "com.google.inject..")
        .check(CLASSES);
  }

  @Test
  void packagesFormNoCycle() {
    slices().matching("io.github.nolabel.(data..)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void rendererKnowsNothingOfWhereImagesComeFrom() {
    noClasses()
        .that()
        .resideInAPackage("..data.view")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.github.nolabel.data",
            "..data.source",
            "..data.packaged",
            "..data.decode",
            "..data.load")
        .check(CLASSES);
  }

  @Test
  void thirdPartiesStayWhereTheyAreUsed() {
    reach("com.github.weisj..", "..data.packaged");
    reach("com.fasterxml..", "..data.packaged", "..data.region", "..data.source");
    reach("org.apache.commons..", "..data.source");
    reach("javax.imageio..", "..data.decode");
  }

  private static void reach(String library, String... homes) {
    noClasses()
        .that()
        .resideOutsideOfPackages(homes)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .check(CLASSES);
  }
}

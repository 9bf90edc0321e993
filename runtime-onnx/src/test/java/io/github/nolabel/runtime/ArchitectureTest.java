package io.github.nolabel.runtime;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  private static final String ROOT = "io.github.nolabel.runtime";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  @Test
  void ofNolabelOnlyTheApiIsKnown() {
    noClasses()
        .should()
        .dependOnClassesThat(
            com.tngtech.archunit.base.DescribedPredicate.describe(
                "are in another module",
                type ->
                    type.getPackageName().startsWith("io.github.nolabel")
                        && !type.getPackageName().startsWith(ROOT)
                        && !type.getPackageName().startsWith("io.github.nolabel.api")))
        .check(CLASSES);
  }

  @Test
  void nativeCodeStaysInSessionsKernelsAndMemory() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT + ".session", ROOT + ".kernels..", ROOT + ".memory")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.bytedeco..")
        .check(CLASSES);
  }

  @Test
  void fileFormatsStayWhereTheyAreWritten() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT + ".checkpoint")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.google.flatbuffers..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT + ".checkpoint", ROOT + ".listen")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.fasterxml..")
        .check(CLASSES);
  }

  @Test
  void packagesFormNoCycle() {
    slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CLASSES);
  }
}

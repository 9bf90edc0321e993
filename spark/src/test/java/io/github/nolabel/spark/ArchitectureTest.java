package io.github.nolabel.spark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.github.nolabel.spark");

  @Test
  void methodsAndNativeCodeAreKnownThroughTheApiOnly() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.github.nolabel.graph..",
            "io.github.nolabel.methods..",
            "io.github.nolabel.runtime..",
            "io.github.nolabel.cli..",
            "org.bytedeco..",
            "com.google.inject..")
        .check(CLASSES);
  }

  @Test
  void workersDoNotKnowSpark() {
    noClasses()
        .that()
        .haveSimpleName("Worker")
        .or()
        .haveSimpleName("Workers")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.spark..")
        .check(CLASSES);
  }

  /** They work without Spark, too; its settings are asked for where it is there. */
  @Test
  void sourcesKnowHadoopAndNothingElseDoes() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..spark.source")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.hadoop..", "org.apache.parquet..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage("..spark.source")
        .and()
        .haveNameNotMatching(".*HadoopSettings.*")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.spark..", "scala..", "io.github.nolabel.spark")
        .check(CLASSES);
  }
}

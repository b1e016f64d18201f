package dev.assay.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Where code may be, and what it may know. */
@AnalyzeClasses(
    packages = "dev.assay",
    importOptions = {ImportOption.DoNotIncludeTests.class, HouseRulesTest.NoTestKit.class})
class HouseRulesTest {

  /** The test kit that modules share lies in a JAR of its own, or in test classes. */
  static final class NoTestKit implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("-tests.jar") && !location.contains("/test-classes/");
    }
  }

  @ArchTest
  static final ArchRule stagesDoNotKnowEachOther =
      slices().matching("dev.assay.(bronze|silver|gold|ml)..").should().notDependOnEachOther();

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("dev.assay.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule theLibraryKnowsNoStageAndNoTool =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "dev.assay.bronze..",
              "dev.assay.silver..",
              "dev.assay.gold..",
              "dev.assay.ml..",
              "dev.assay.samples..",
              "dev.assay.cli..",
              "dev.assay.bench..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.assay.bronze..",
              "dev.assay.silver..",
              "dev.assay.gold..",
              "dev.assay.ml..",
              "dev.assay.samples..",
              "dev.assay.cli..");

  @ArchTest
  static final ArchRule stagesDoNotKnowWhatIsGenerated =
      noClasses()
          .that()
          .resideInAnyPackage(
              "dev.assay.bronze..", "dev.assay.silver..", "dev.assay.gold..", "dev.assay.ml..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.assay.samples..");

  @ArchTest
  static final ArchRule samplesKnowNoPipelineAndStartNoSpark =
      classes()
          .that()
          .resideInAPackage("dev.assay.samples..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.assay.samples..",
              "dev.assay.concurrent..",
              "dev.assay.error..",
              "dev.assay.store..",
              "java..",
              "org.jspecify..",
              "com.fasterxml.jackson..",
              "org.apache.commons.csv..",
              "org.apache.hadoop.conf..",
              "org.apache.parquet..");

  @ArchTest
  static final ArchRule onlyTwoClassesReachIntoDelta =
      noClasses()
          .that()
          .haveNameNotMatching("dev\\.assay\\.table\\.(DeltaTables|ReadOnlyTable)(\\$.*)?")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.spark.sql.delta..");

  @ArchTest
  static final ArchRule whatStartsNoSparkNeedsNoSpark =
      noClasses()
          .that()
          .resideInAnyPackage(
              "dev.assay.config..",
              "dev.assay.checks..",
              "dev.assay.feed..",
              "dev.assay.ledger..",
              "dev.assay.model..",
              "dev.assay.plan..",
              "dev.assay.sketches..",
              "dev.assay.store..",
              "dev.assay.error..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.spark..");

  @ArchTest
  static final ArchRule transformsDoNoInputOrOutput =
      noClasses()
          .that()
          .haveSimpleNameEndingWith("Cleansing")
          .or()
          .implement("dev.assay.mart.Mart")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.assay.store..", "dev.assay.ledger..", "org.apache.hadoop..");

  @ArchTest
  static final ArchRule jobMainsOnlyDelegate =
      classes()
          .that()
          .haveSimpleNameEndingWith("Job")
          .and()
          .resideInAnyPackage(
              "dev.assay.bronze", "dev.assay.silver", "dev.assay.gold", "dev.assay.ml")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("dev.assay..", "java..", "org.jspecify..");
}

package dev.assay.cli;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasParameterTypes.Predicates.rawParameterTypes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.function.Supplier;

/**
 * Nothing may wait for Spark or for the store in the JVM's common pool, the tests here and the
 * library's test kit neither: Hadoop closes streams with a parallel stream of its own, and where
 * that finds the pool waiting for the task that closes, both wait for good.
 */
@AnalyzeClasses(packages = "dev.assay")
class ThreadRulesTest {
  @ArchTest
  static final ArchRule nothingRunsInTheCommonPool =
      noClasses()
          .should()
          .callMethodWhere(target(name("parallelStream")))
          .orShould()
          .callMethodWhere(target(name("parallel")))
          .orShould()
          .callMethodWhere(target(name("commonPool")))
          .orShould()
          .callMethodWhere(
              target(name("supplyAsync")).and(target(rawParameterTypes(Supplier.class))))
          .orShould()
          .callMethodWhere(target(name("runAsync")).and(target(rawParameterTypes(Runnable.class))));
}

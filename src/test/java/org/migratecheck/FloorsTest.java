package org.migratecheck;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;

/** Holds the floors of the house: a package imports only those below it. */
@AnalyzeClasses(packages = "org.migratecheck", importOptions = ImportOption.DoNotIncludeTests.class)
final class FloorsTest {
  @ArchTest
  static final ArchRule floors =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("cli")
          .definedBy("org.migratecheck.cli..")
          .layer("demo")
          .definedBy("org.migratecheck.demo..")
          .layer("migrate")
          .definedBy("org.migratecheck.migrate..")
          .layer("audit")
          .definedBy("org.migratecheck.audit..")
          .layer("report")
          .definedBy("org.migratecheck.report..")
          .layer("check")
          .definedBy("org.migratecheck.check..")
          .layer("facts")
          .definedBy("org.migratecheck.facts..")
          .layer("collect")
          .definedBy("org.migratecheck.collect..")
          .layer("remote")
          .definedBy("org.migratecheck.remote..")
          .layer("model")
          .definedBy("org.migratecheck.model..")
          .whereLayer("cli")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("demo")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("migrate")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("audit")
          .mayOnlyBeAccessedByLayers("cli", "demo", "migrate")
          .whereLayer("report")
          .mayOnlyBeAccessedByLayers("cli", "demo", "migrate")
          .whereLayer("check")
          .mayOnlyBeAccessedByLayers("cli", "demo", "audit", "migrate", "report")
          .whereLayer("facts")
          .mayOnlyBeAccessedByLayers("cli", "audit", "check", "migrate")
          .whereLayer("collect")
          .mayOnlyBeAccessedByLayers("cli", "demo", "audit")
          .whereLayer("remote")
          .mayOnlyBeAccessedByLayers("cli", "demo", "audit", "collect", "migrate");

  @ArchTest
  static final ArchRule noCycles =
      slices().matching("org.migratecheck.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule onlyMainExits =
      ArchRuleDefinition.noClasses()
          .that()
          .doNotHaveFullyQualifiedName("org.migratecheck.cli.Main")
          .should()
          .callMethod(System.class, "exit", int.class);

  @ArchTest
  static final ArchRule onlyDemoKnowsTheServerLibrary =
      ArchRuleDefinition.noClasses()
          .that()
          .resideOutsideOfPackage("org.migratecheck.demo..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.sshd..");
}

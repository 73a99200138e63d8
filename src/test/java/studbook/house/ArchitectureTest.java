package studbook.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;

/** The arrows of the house, as ARCHITECTURE.md draws them. */
class ArchitectureTest {

  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("studbook");

  @Test
  void eachRoomUsesOnlyWhatStandsBelowIt() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .withOptionalLayers(true)
        .layer("cli")
        .definedBy("studbook.cli..")
        .layer("backfill")
        .definedBy("studbook.backfill..")
        .layer("racingapi")
        .definedBy("studbook.racingapi..")
        .layer("store")
        .definedBy("studbook.store..")
        .layer("simulator")
        .definedBy("studbook.simulator..")
        .layer("horse")
        .definedBy("studbook.horse..")
        .layer("text")
        .definedBy("studbook.text..")
        .layer("secret")
        .definedBy("studbook.secret..")
        .layer("time")
        .definedBy("studbook.time..")
        .whereLayer("cli")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("backfill")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("racingapi")
        .mayOnlyBeAccessedByLayers("cli", "backfill")
        .whereLayer("store")
        .mayOnlyBeAccessedByLayers("cli", "backfill", "racingapi")
        .whereLayer("simulator")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("horse")
        .mayOnlyBeAccessedByLayers("cli", "backfill", "racingapi", "store", "simulator")
        .whereLayer("text")
        .mayOnlyBeAccessedByLayers("cli", "backfill")
        .whereLayer("secret")
        .mayOnlyBeAccessedByLayers("cli", "backfill", "racingapi", "store")
        .check(HOUSE);
  }

  @Test
  void theRealClocksAreReadInOnePlace() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("studbook.time.SystemTime")
        .should()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(LocalDate.class, "now")
        .orShould()
        .callMethod(LocalDateTime.class, "now")
        .orShould()
        .callMethod(ZonedDateTime.class, "now")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .orShould()
        .callMethod(Clock.class, "systemDefaultZone")
        .orShould()
        .callMethod(Thread.class, "sleep", long.class)
        .orShould()
        .callMethod(Thread.class, "sleep", java.time.Duration.class)
        .check(HOUSE);
  }
}

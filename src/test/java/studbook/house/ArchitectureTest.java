package studbook.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The arrows of the house, as ARCHITECTURE.md draws them. */
class ArchitectureTest {

  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("studbook");

  /** Each room, and those that it may use; the higher stand first. */
  private static final Map<String, Set<String>> ROOMS =
      Map.ofEntries(
          Map.entry("monitor", Set.of("store", "text", "horse", "time")),
          Map.entry("report", Set.of("quality", "store", "text", "horse", "secret", "time")),
          Map.entry("export", Set.of("store", "text", "secret")),
          Map.entry(
              "backfill",
              Set.of("quality", "racingapi", "store", "text", "horse", "secret", "time", "drill")),
          Map.entry("quality", Set.of("store", "text", "horse", "time")),
          Map.entry("racingapi", Set.of("store", "horse", "secret", "time", "drill")),
          Map.entry("store", Set.of("text", "horse", "secret", "time", "drill")),
          Map.entry("simulator", Set.of("horse", "time")),
          Map.entry("horse", Set.of()),
          Map.entry("text", Set.of()),
          Map.entry("secret", Set.of()),
          Map.entry("time", Set.of()),
          Map.entry("drill", Set.of()));

  @Test
  void eachRoomUsesOnlyWhatStandsBelowIt() {
    Architectures.LayeredArchitecture house =
        layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .withOptionalLayers(true)
            .layer("cli")
            .definedBy("studbook.cli..")
            .whereLayer("cli")
            .mayNotBeAccessedByAnyLayer();
    for (String room : ROOMS.keySet()) {
      house = house.layer(room).definedBy("studbook." + room + "..");
    }
    for (Map.Entry<String, Set<String>> room : ROOMS.entrySet()) {
      var itself = house.whereLayer(room.getKey());
      house =
          room.getValue().isEmpty()
              ? itself.mayNotAccessAnyLayer()
              : itself.mayOnlyAccessLayers(room.getValue().toArray(String[]::new));
    }
    house.check(HOUSE);
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

  /**
   * The default is the root locale, whose digits machines read: the program sets it as it starts.
   */
  @Test
  void nothingDependsOnTheLocaleOfTheMachine() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("studbook.cli.Main")
        .should()
        .callMethod(Locale.class, "setDefault", Locale.class)
        .orShould()
        .callMethod(Locale.class, "getDefault")
        .orShould()
        .callMethod(String.class, "toLowerCase")
        .orShould()
        .callMethod(String.class, "toUpperCase")
        .orShould()
        .callMethod(DateTimeFormatter.class, "ofPattern", String.class)
        .check(HOUSE);
  }
}

package studbook.conventions;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.properties.HasOwner;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;

/** Which package may use which, and how types are named; ARCHITECTURE.md says why. */
class ArchitectureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("studbook");

  private static final int MAX_FILES = 18;

  /** Each area, and those that it may use. {@code cli} may use all. */
  private static final Map<String, Set<String>> AREAS =
      Map.ofEntries(
          Map.entry("monitor", Set.of("json", "ratelimit", "store", "text", "model", "time")),
          Map.entry(
              "report",
              Set.of("json", "quality", "ratelimit", "store", "text", "model", "security", "time")),
          Map.entry(
              "dashboard",
              Set.of(
                  "json",
                  "monitor",
                  "chart",
                  "inbreeding",
                  "pedigree",
                  "quality",
                  "report",
                  "service",
                  "store",
                  "text",
                  "model",
                  "time")),
          Map.entry("json", Set.of("pedigree", "quality", "ratelimit", "store", "model", "time")),
          Map.entry("inbreeding", Set.of("pedigree", "store", "text", "model")),
          Map.entry("export", Set.of("store", "text")),
          Map.entry("chart", Set.of("pedigree", "text", "model")),
          Map.entry("archive", Set.of("store", "text", "model", "security", "time", "crashtest")),
          Map.entry("csvimport", Set.of("store", "text", "model", "time")),
          Map.entry(
              "backfill",
              Set.of(
                  "quality",
                  "racingapi",
                  "ratelimit",
                  "store",
                  "text",
                  "model",
                  "security",
                  "time",
                  "crashtest")),
          Map.entry("service", Set.of("store", "text", "model", "time")),
          Map.entry("notification", Set.of("store", "text", "model", "security")),
          Map.entry("quality", Set.of("store", "text", "model", "time")),
          Map.entry("racingapi", Set.of("model", "text", "security", "time", "crashtest")),
          Map.entry(
              "store",
              Set.of("pedigree", "ratelimit", "text", "model", "security", "time", "crashtest")),
          Map.entry("ratelimit", Set.of("store", "time")),
          Map.entry("embeddedpg", Set.of("text", "security", "time")),
          Map.entry("simulator", Set.of()),
          Map.entry("pedigree", Set.of()),
          Map.entry("model", Set.of()),
          Map.entry("text", Set.of()),
          Map.entry("security", Set.of()),
          Map.entry("time", Set.of()),
          Map.entry("crashtest", Set.of()));

  /** Words of the domain and of the standard library that say enough alone. */
  private static final Set<String> ONE_WORD =
      Set.of(
          "Addresses",
          "Backfill",
          "Basic",
          "Blocked",
          "Bottleneck",
          "Builder",
          "Check",
          "Checks",
          "Cohort",
          "Complete",
          "Criteria",
          "Criterion",
          "Database",
          "Deadline",
          "Endpoint",
          "Failed",
          "Failure",
          "Field",
          "Found",
          "Half",
          "Head",
          "Inbreeding",
          "Latency",
          "Lease",
          "Lineage",
          "Logging",
          "Main",
          "Malformed",
          "Outcome",
          "Page",
          "Parent",
          "Pedigree",
          "Permit",
          "Permits",
          "Population",
          "Postmaster",
          "Prefetcher",
          "Profile",
          "Question",
          "Race",
          "Racecourse",
          "Rate",
          "Recommendation",
          "Recommendations",
          "Relationship",
          "Requirement",
          "Retry",
          "Schema",
          "Secret",
          "Settings",
          "Sex",
          "Shuffle",
          "Signal",
          "Simulator",
          "Sleeper",
          "Thresholds",
          "Throttled",
          "Ticker",
          "Unauthorised",
          "Unavailable",
          "Validation",
          "Visitor",
          "Writing");

  @Test
  void eachAreaUsesOnlyTheAreasItMay() {
    Architectures.LayeredArchitecture areas =
        layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .withOptionalLayers(true)
            .layer("cli")
            .definedBy("studbook.cli..")
            .whereLayer("cli")
            .mayNotBeAccessedByAnyLayer();
    for (String area : AREAS.keySet()) {
      areas = areas.layer(area).definedBy("studbook." + area + "..");
    }
    for (Map.Entry<String, Set<String>> area : AREAS.entrySet()) {
      var itself = areas.whereLayer(area.getKey());
      areas =
          area.getValue().isEmpty()
              ? itself.mayNotAccessAnyLayer()
              : itself.mayOnlyAccessLayers(area.getValue().toArray(String[]::new));
    }
    areas.check(CLASSES);
  }

  /** Each package is a slice: {@code store.run} apart from {@code store.work}. */
  @Test
  void noPackagesUseEachOtherInACircle() {
    slices().matching("studbook.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void simpleNamesAreUnique() {
    Map<String, List<String>> types =
        CLASSES.stream()
            .filter(type -> !type.isAnonymousClass() && !type.getSimpleName().isEmpty())
            .filter(type -> !type.getPackageName().startsWith("studbook.report.generated"))
            .collect(groupingBy(JavaClass::getSimpleName, mapping(JavaClass::getName, toList())));
    types.values().removeIf(names -> names.size() == 1);
    types.keySet().remove("package-info");
    assertThat(types).isEmpty();
  }

  @Test
  void aTypeNameHasTwoWordsAtLeast() {
    assertThat(
            CLASSES.stream()
                .filter(type -> !type.isAnonymousClass())
                .map(JavaClass::getSimpleName)
                .filter(name -> name.matches("[A-Z][a-z0-9]*"))
                .filter(name -> !ONE_WORD.contains(name)))
        .as("add it to the list only if it is a word of the domain")
        .isEmpty();
  }

  @Test
  void foldersHaveAtMostEighteenFiles() throws IOException {
    Map<Path, Long> sizes =
        SourceFiles.all().stream().collect(groupingBy(Path::getParent, counting()));
    sizes.values().removeIf(size -> size <= MAX_FILES);
    assertThat(sizes).isEmpty();
  }

  /**
   * Statements of the run are in {@code store}; the rate limit and the import keep theirs beside
   * their only user, and the embedded server is asked whether it answers.
   */
  @Test
  void statementsAreInTheStore() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "studbook.store..",
            "studbook.ratelimit..",
            "studbook.csvimport..",
            "studbook.embeddedpg..")
        .should()
        .callMethodWhere(
            JavaCall.Predicates.target(HasOwner.Predicates.With.owner(assignableTo(Handle.class)))
                .or(
                    JavaCall.Predicates.target(
                        HasOwner.Predicates.With.owner(assignableTo(Connection.class)))))
        .check(CLASSES);
  }

  @Test
  void theRealClocksAreReadInOnePlace() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("studbook.time.SystemTime")
        .and()
        .doNotHaveFullyQualifiedName("studbook.simulator.Simulator")
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
        .check(CLASSES);
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
        .check(CLASSES);
  }
}

package studbook.pedigree.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import studbook.pedigree.AnimalRow;
import studbook.pedigree.AnimalTable;
import studbook.pedigree.BirthDate;
import studbook.pedigree.Sex;
import studbook.pedigree.check.RuleDescription.RuleScope;
import studbook.pedigree.check.rule.PlausibilityRules;

/** Where plausible ends and impossible begins. */
class RuleThresholdTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 6, 1);

  @ParameterizedTest
  @CsvSource({
    "2001, 2010, ",
    "2006, 2010, ",
    "2007, 2010, sire-young WARNING",
    "2008, 2010, sire-young ERROR",
    "2010, 2010, parent-younger ERROR",
    "2011, 2010, parent-younger ERROR",
    "1983, 2010, ",
    "1982, 2010, sire-old WARNING",
    "1977, 2010, sire-old WARNING",
    "1976, 2010, sire-old ERROR",
  })
  void agesOfSires(int sire, int foal, String expected) {
    assertFound(
        expected,
        row("sire", "", "", Integer.toString(sire)),
        row("foal", "sire", "dam", Integer.toString(foal)));
  }

  @ParameterizedTest
  @CsvSource({
    "2006, ",
    "2007, dam-young WARNING",
    "2008, dam-young ERROR",
    "1986, ",
    "1985, dam-old WARNING",
    "1980, dam-old WARNING",
    "1979, dam-old ERROR"
  })
  void agesOfDams(int dam, String expected) {
    assertFound(
        expected,
        row("dam", "", "", Integer.toString(dam)),
        row("foal", "sire", "dam", "2010-03-01"));
  }

  /** Born in May 2000, she is four in February 2004, as breeders count. */
  @Test
  void agesCountBySeason() {
    assertFound(null, row("dam", "", "", "2000-05-20"), row("foal", "sire", "dam", "2004-02-01"));
    assertFound(
        "dam-young WARNING",
        named("dam", "Southern Star (NZ)", "2000-09-20"),
        row("foal (NZ)", "sire", "dam", "2003-09-01"));
    assertFound(
        "dam-young ERROR",
        named("dam", "Southern Star (NZ)", "2000-09-20"),
        foalNamed("Later (AUS)", "2003-02-01"));
  }

  @ParameterizedTest
  @CsvSource({
    "2010-03-01, 2010-03-01, foal-interval WARNING",
    "2010-03-01, 2010-03-04, foal-interval WARNING",
    "2010-03-01, 2010-03-05, foal-interval ERROR one-season ERROR",
    "2009-06-01, 2010-03-27, foal-interval ERROR",
    "2009-06-01, 2010-03-28, foal-interval WARNING",
    "2009-06-01, 2010-04-22, foal-interval WARNING",
    "2009-06-01, 2010-04-23, ",
    "2010-01-04, 2010-12-01, ",
    "2010, 2010, one-season WARNING",
    "2010, 2010-04-01, one-season WARNING",
    "2010, 2011, ",
  })
  void intervalsBetweenFoals(String first, String second, String expected) {
    assertFound(expected, row("first", "sire", "dam", first), row("second", "sire", "dam", second));
  }

  @Test
  void aSouthernSeasonEndsInJune() {
    assertFound(
        "foal-interval ERROR one-season ERROR",
        foalNamed("First (AUS)", "2009-08-10"),
        foalNamed("Second (AUS)", "2010-01-10"));
  }

  @ParameterizedTest
  @CsvSource({"300, ", "301, sire-crop WARNING", "500, sire-crop WARNING", "501, sire-crop ERROR"})
  void foalsOfASireInASeason(int foals, String expected) {
    assertFound(
        expected,
        IntStream.range(0, foals)
            .mapToObj(i -> row("foal" + i, "sire", "dam" + i, "2010"))
            .toArray(AnimalRow[]::new));
  }

  /** 300 in each hemisphere in one calendar year. */
  @Test
  void cropsCountByHemisphere() {
    assertFound(
        null,
        IntStream.range(0, 600)
            .mapToObj(
                i -> row("foal" + i, "sire", "dam" + i, i < 300 ? "2010-03-05" : "2010-09-05"))
            .toArray(AnimalRow[]::new));
  }

  @ParameterizedTest
  @CsvSource({"18, ", "19, dam-foals WARNING", "25, dam-foals WARNING", "26, dam-foals ERROR"})
  void foalsOfADam(int foals, String expected) {
    assertFound(
        expected,
        IntStream.range(0, foals)
            .mapToObj(i -> row("foal" + i, "sire", "dam", ""))
            .toArray(AnimalRow[]::new));
  }

  @ParameterizedTest
  @CsvSource({
    "1650, ",
    "1649, dob-range ERROR",
    "2026-06-01, ",
    "2026-06-02, dob-range ERROR",
    "2027, dob-range ERROR",
    "2026, "
  })
  void birthsBetweenTheFirstStudBookAndToday(String born, String expected) {
    assertFound(expected, row("foal", "", "", born));
  }

  @Test
  void thresholdsCanBeSet() {
    RuleThresholds later = new RuleThresholds(Map.of(RuleThreshold.DAM_OLD_ERROR, 40));
    AnimalTable table =
        AnimalTable.of(Stream.of(row("dam", "", "", "1975"), row("foal", "sire", "dam", "2010")));
    assertThat(found(table, later)).isEqualTo("dam-old WARNING");
  }

  @Test
  void thresholdsAreNotNegative() {
    assertThatThrownBy(() -> new RuleThresholds(Map.of(RuleThreshold.DAM_OLD_ERROR, -1)))
        .hasMessage("dam_old_error should be a number from 0 to 100000, not -1");
  }

  private static void assertFound(@Nullable String expected, AnimalRow... rows) {
    assertThat(found(AnimalTable.of(Stream.of(rows)), RuleThresholds.USUAL))
        .isEqualTo(expected == null ? "" : expected);
  }

  private static String found(AnimalTable table, RuleThresholds thresholds) {
    List<String> findings =
        new PlausibilityCheck(
                PlausibilityRules.ALL,
                EnumSet.of(RuleScope.EVERY_PEDIGREE, RuleScope.HORSES),
                thresholds,
                TODAY)
            .run(table).findings().stream()
                .map(finding -> finding.rule() + " " + finding.severity().name())
                .toList();
    return String.join(" ", findings);
  }

  private static AnimalRow row(String id, String sire, String dam, String born) {
    return new AnimalRow(
        id, null, Sex.UNKNOWN, birth(born), "", emptyToNull(sire), emptyToNull(dam), null, 0);
  }

  private static AnimalRow named(String id, String name, String born) {
    return new AnimalRow(id, name, Sex.UNKNOWN, birth(born), "", null, null, null, 0);
  }

  private static AnimalRow foalNamed(String name, String born) {
    return new AnimalRow(name, name, Sex.UNKNOWN, birth(born), "", "sire", "dam", null, 0);
  }

  private static @Nullable BirthDate birth(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    return text.length() == 4
        ? BirthDate.inYear(Integer.parseInt(text))
        : BirthDate.recorded(LocalDate.parse(text));
  }

  private static @Nullable String emptyToNull(String text) {
    return text.isEmpty() ? null : text;
  }
}

package studbook.pedigree.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import studbook.pedigree.AnimalRow;
import studbook.pedigree.AnimalTable;
import studbook.pedigree.BirthDate;
import studbook.pedigree.ParentLinks;
import studbook.pedigree.Pedigree;
import studbook.pedigree.Sex;
import studbook.pedigree.check.RuleDescription.RuleScope;
import studbook.pedigree.check.rule.PlausibilityRules;

/** What rules say, and which links they leave out. */
class PlausibilityRuleTest {

  private static final PlausibilityCheck USUAL_CHECK =
      new PlausibilityCheck(
          PlausibilityRules.ALL,
          EnumSet.of(RuleScope.EVERY_PEDIGREE, RuleScope.HORSES),
          RuleThresholds.USUAL,
          LocalDate.of(2026, 1, 1));

  @Test
  void aCycleIsShownWholeAndShortestFirst() {
    AnimalTable table =
        AnimalTable.of(
            Stream.of(
                AnimalRow.of("a", "b", "x"),
                AnimalRow.of("b", "c", "x"),
                AnimalRow.of("c", "a", "x"),
                AnimalRow.of("self", "s", "self"),
                AnimalRow.of("foal", "a", "self")));
    PlausibilityReport report = check(table);
    assertThat(texts(report))
        .containsExactly(
            "self is its own parent", "each is a parent of the one before: a > b > c > a");
    ParentLinks usable = report.usable(table.links());
    assertThat(Pedigree.of(usable).size()).isEqualTo(table.size());
    assertThat(usable.sire(index(table, "foal"))).isEqualTo(index(table, "a"));
    assertThat(usable.sire(index(table, "self"))).isEqualTo(index(table, "s"));
    assertThat(usable.sire(index(table, "a"))).isEqualTo(ParentLinks.UNKNOWN);
    assertThat(report.faultyLinks()).isEqualTo(4);
  }

  @Test
  void cyclesThatShareAnAnimalAreOneFinding() {
    AnimalTable table =
        AnimalTable.of(
            Stream.of(
                AnimalRow.of("m", "v", "o"),
                AnimalRow.of("v", "m", "t"),
                AnimalRow.of("t", "r", null),
                AnimalRow.of("r", "m", null)));
    assertThat(texts(check(table)))
        .containsExactly(
            "each is a parent of the one before: m > v > m; in further cycles with these: t, r");
  }

  @Test
  void aFemaleSireIsOneFindingForAllItsFoals() {
    AnimalTable table =
        AnimalTable.of(
            Stream.concat(
                Stream.of(sexed("parent", Sex.FEMALE)),
                IntStream.range(0, 7)
                    .mapToObj(i -> AnimalRow.of("foal" + i, "parent", "dam" + i))));
    PlausibilityReport report = check(table);
    assertThat(texts(report))
        .containsExactly(
            "parent is recorded as female and is the sire of foal0, foal1, foal2, foal3, foal4 and 2"
                + " more");
    assertThat(report.faultyLinks()).isEqualTo(7);
  }

  @Test
  void aSireAndDamOfUnknownSexIsLeftOutInBothRoles() {
    AnimalTable table =
        AnimalTable.of(
            Stream.of(AnimalRow.of("one", "parent", "dam"), AnimalRow.of("two", "sire", "parent")));
    PlausibilityReport report = check(table);
    assertThat(texts(report)).containsExactly("parent is the sire of one and the dam of two");
    assertThat(report.faultyLinks()).isEqualTo(2);
  }

  @Test
  void aSireAndDamKeepsTheRoleOfItsSex() {
    AnimalTable table =
        AnimalTable.of(
            Stream.of(
                sexed("parent", Sex.MALE),
                AnimalRow.of("one", "parent", "dam"),
                AnimalRow.of("two", "sire", "parent")));
    ParentLinks usable = check(table).usable(table.links());
    assertThat(usable.sire(index(table, "one"))).isEqualTo(index(table, "parent"));
    assertThat(usable.dam(index(table, "two"))).isEqualTo(ParentLinks.UNKNOWN);
  }

  @Test
  void theMinorityOfDamsiresIsAtFault() {
    AnimalTable table =
        AnimalTable.of(
            Stream.of(
                AnimalRow.of("dam", "right", "granddam"),
                withDamsire("one", "right"),
                withDamsire("two", "right"),
                withDamsire("three", "wrong")));
    PlausibilityReport report = check(table);
    assertThat(texts(report))
        .containsExactly("three has the damsire wrong, but its dam dam has the sire right");
    assertThat(report.usable(table.links()).dam(index(table, "three")))
        .isEqualTo(ParentLinks.UNKNOWN);
  }

  @Test
  void theDamsOwnSireIsAtFaultIfItsFoalsAgree() {
    AnimalTable table =
        AnimalTable.of(
            Stream.of(
                AnimalRow.of("dam", "wrong", "granddam"),
                withDamsire("one", "right"),
                withDamsire("two", "right")));
    ParentLinks usable = check(table).usable(table.links());
    assertThat(usable.sire(index(table, "dam"))).isEqualTo(ParentLinks.UNKNOWN);
    assertThat(usable.dam(index(table, "one"))).isEqualTo(index(table, "dam"));
  }

  @Test
  void foalsOfADamWithoutSireNameDifferentDamsires() {
    AnimalTable table = AnimalTable.of(Stream.of(withDamsire("one", "a"), withDamsire("two", "b")));
    assertThat(texts(check(table)))
        .containsExactly("the foals of dam have different damsires: a (of one), b (of two)");
  }

  @ParameterizedTest
  @CsvSource({
    "CH, CH, CH, ",
    "B, CH, CH, colour-chestnut",
    "chestnut, bay, bay, ",
    "GR, B, CH, colour-grey",
    "GR, GR, B, ",
    "GR, B, , ",
    "bay/grey, bay, chestnut, colour-grey",
    "RG, BG, B, ",
    "XX, CH, CH, ",
    "BR, CH, B, ",
    "Grey/Roan, Chestnut/Roan, Bay, ",
  })
  void coloursAreInherited(String foal, String sire, String dam, String expected) {
    AnimalTable table =
        AnimalTable.of(
            Stream.of(
                coloured("sire", sire, null, null),
                coloured("dam", dam, null, null),
                coloured("foal", foal, "sire", "dam")));
    assertThat(check(table).findings().stream().map(PlausibilityFinding::rule))
        .isEqualTo(expected == null ? List.of() : List.of(expected));
  }

  @ParameterizedTest
  @CsvSource({
    "Éclair d'Été (FR), ECLAIR D ETE",
    "Zapata I (IRE), Zapata I",
    "Don (III), don iii (GB)",
    "O'Brien’s Straße, obriens strasse",
  })
  void spellingsOfOneNameAreEqual(String one, String other) {
    assertThat(NameKey.of(one)).isEqualTo(NameKey.of(other)).isNotEmpty();
  }

  @Test
  void aHundredThousandHalfSiblingsAreOneFinding() {
    AnimalTable table =
        AnimalTable.of(
            IntStream.range(0, 100_000).mapToObj(i -> AnimalRow.of("foal" + i, "sire", "dam")));
    PlausibilityReport report = check(table);
    assertThat(report.findings().stream().map(PlausibilityFinding::rule))
        .containsExactly("dam-foals");
    assertThat(report.faultyLinks()).isZero();
  }

  @Test
  void aLineOfAMillionGenerationsIsChecked() {
    AnimalTable table =
        AnimalTable.of(
            IntStream.range(0, 1_000_000)
                .mapToObj(i -> AnimalRow.of("h" + i, i == 0 ? null : "h" + (i - 1), null)));
    assertThat(check(table).findings()).isEmpty();
  }

  @Test
  void animalsThatBreedEarlyAreNoHorses() {
    assertThat(BreedingAges.of(offspringOf(300, 2008, 10)).mayBeHorses()).isFalse();
    assertThat(BreedingAges.of(offspringOf(300, 2000, 10)).mayBeHorses()).isTrue();
    assertThat(BreedingAges.of(offspringOf(50, 2008, 1)).mayBeHorses()).isTrue();
  }

  @Test
  void onlyFindingsThatFiguresLeaveOutAreKeptForThem() {
    AnimalTable table =
        AnimalTable.of(
            Stream.of(
                bornIn("old", 1980, null),
                bornIn("late", 2020, null),
                bornIn("foal", 2008, "old"),
                bornIn("impossible", 2010, "late")));
    PlausibilityReport all = check(table);
    PlausibilityReport faulty = USUAL_CHECK.findFaultyLinks(table);
    assertThat(all.findings()).hasSizeGreaterThan(faulty.findings().size());
    assertThat(faulty.findings()).hasSize(1);
    assertThat(faulty.faultyLinks()).isEqualTo(all.faultyLinks()).isEqualTo(1);
  }

  private static AnimalTable offspringOf(int foals, int sireYear, int sires) {
    return AnimalTable.of(
        Stream.concat(
            IntStream.range(0, sires).mapToObj(i -> bornIn("sire" + i, sireYear, null)),
            IntStream.range(0, foals).mapToObj(i -> bornIn("foal" + i, 2010, "sire" + i % sires))));
  }

  private static AnimalRow bornIn(String id, int year, @Nullable String sire) {
    return new AnimalRow(id, null, Sex.UNKNOWN, BirthDate.inYear(year), "", sire, null, null, 0);
  }

  private static PlausibilityReport check(AnimalTable table) {
    return USUAL_CHECK.run(table);
  }

  private static List<String> texts(PlausibilityReport report) {
    return report.findings().stream().map(PlausibilityFinding::text).toList();
  }

  private static int index(AnimalTable table, String id) {
    return table.indexOf(id).orElseThrow();
  }

  private static AnimalRow sexed(String id, Sex sex) {
    return new AnimalRow(id, null, sex, null, "", null, null, null, 0);
  }

  private static AnimalRow withDamsire(String id, String damsire) {
    return new AnimalRow(id, null, Sex.UNKNOWN, null, "", "sire", "dam", damsire, 0);
  }

  private static AnimalRow coloured(
      String id, String colour, @Nullable String sire, @Nullable String dam) {
    return new AnimalRow(
        id, null, Sex.UNKNOWN, null, colour == null ? "" : colour, sire, dam, null, 0);
  }
}

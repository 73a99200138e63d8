package studbook.pedigree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AnimalTableTest {

  @Test
  void aRowIsReadAsItWasAdded() {
    BirthDate born = BirthDate.recorded(LocalDate.of(2015, 3, 29));
    AnimalTable table =
        AnimalTable.of(
            Stream.of(new AnimalRow("a", "Ünal (IRE)", Sex.FEMALE, born, "B", "s", "d", "m", 7)));

    assertThat(table.size()).isEqualTo(4);
    assertThat(table.id(0)).isEqualTo("a");
    assertThat(table.name(0)).contains("Ünal (IRE)");
    assertThat(table.sex(0)).isEqualTo(Sex.FEMALE);
    assertThat(table.born(0)).contains(born);
    assertThat(table.colour(0)).isEqualTo("B");
    assertThat(table.id(table.links().sire(0))).isEqualTo("s");
    assertThat(table.id(table.links().dam(0))).isEqualTo("d");
    assertThat(table.id(table.damsire(0))).isEqualTo("m");
    assertThat(table.line(0)).isEqualTo(7);
    assertThat(table.hasRow(0)).isTrue();
  }

  @Test
  void anAnimalThatIsOnlyAParentHasNoRow() {
    AnimalTable table = AnimalTable.of(Stream.of(AnimalRow.of("a", "s", null)));
    int sire = table.indexOf("s").orElseThrow();

    assertThat(table.hasRow(sire)).isFalse();
    assertThat(table.name(sire)).isEmpty();
    assertThat(table.sex(sire)).isEqualTo(Sex.UNKNOWN);
    assertThat(table.born(sire)).isEmpty();
    assertThat(table.colour(sire)).isEmpty();
    assertThat(table.damsire(sire)).isEqualTo(ParentLinks.UNKNOWN);
    assertThat(table.links().sire(sire)).isEqualTo(ParentLinks.UNKNOWN);
    assertThat(table.links().dam(0)).isEqualTo(ParentLinks.UNKNOWN);
    assertThat(table.indexOf("x")).isEmpty();
  }

  @Test
  void aParentMayComeLater() {
    AnimalTable table =
        AnimalTable.of(Stream.of(AnimalRow.of("a", "s", "d"), AnimalRow.of("s", "t", "d")));

    assertThat(table.size()).isEqualTo(4);
    assertThat(table.id(table.links().sire(table.links().sire(0)))).isEqualTo("t");
  }

  @Test
  void anAnimalHasOneRow() {
    AnimalTableBuilder builder = AnimalTable.builder().add(AnimalRow.of("a", null, null));

    assertThatThrownBy(() -> builder.add(AnimalRow.of("a", null, null)))
        .hasMessage("two rows for the animal 'a'");
  }

  @Test
  void aDamWithoutARowHasTheSireThatHerOffspringAgreeOn() {
    AnimalTable table =
        AnimalTable.of(
            Stream.of(
                foal("a", "dam", "damsire"),
                foal("b", "dam", null),
                foal("c", "dam", "damsire"),
                foal("d", "other", "damsire"),
                foal("e", "other", "another"),
                foal("f", "recorded", "damsire"),
                AnimalRow.of("recorded", null, null)));

    assertThat(sire(table, "dam")).isEqualTo(table.indexOf("damsire").orElseThrow());
    assertThat(sire(table, "other")).as("contradicted").isEqualTo(ParentLinks.UNKNOWN);
    assertThat(sire(table, "recorded")).as("her own row names none").isEqualTo(ParentLinks.UNKNOWN);
  }

  private static int sire(AnimalTable table, String id) {
    return table.links().sire(table.indexOf(id).orElseThrow());
  }

  private static AnimalRow foal(String id, String dam, @Nullable String damsire) {
    return new AnimalRow(id, null, Sex.UNKNOWN, null, "", null, dam, damsire, 0);
  }

  @Test
  void aSecondRowFillsWhatTheFirstLeavesOpen() {
    AnimalTableBuilder builder = AnimalTable.builder();
    builder.merge(
        new AnimalRow("Ålesund", null, Sex.UNKNOWN, null, "", "sire", null, null, 0),
        ParentNames.NONE);
    builder.merge(
        new AnimalRow(
            "Ålesund", "Fjord", Sex.MALE, BirthDate.inYear(2001), "bay", "other", "dam", "old", 0),
        ParentNames.NONE);
    builder.merge(
        new AnimalRow("dam", "A Dam", Sex.FEMALE, null, "", null, null, null, 0), ParentNames.NONE);
    AnimalTable table = builder.build();

    int animal = table.indexOf("Ålesund").orElseThrow();
    assertThat(table.name(animal)).contains("Fjord");
    assertThat(table.sex(animal)).isEqualTo(Sex.MALE);
    assertThat(table.born(animal)).contains(BirthDate.inYear(2001));
    assertThat(table.colour(animal)).isEqualTo("bay");
    assertThat(table.id(table.links().sire(animal))).isEqualTo("sire");
    assertThat(table.id(table.links().dam(animal))).isEqualTo("dam");
    assertThat(table.id(table.damsire(animal))).isEqualTo("old");
    assertThat(table.indexOf("other")).as("an id that no row uses").isEmpty();
    assertThat(table.indexOf("Alesund")).isEmpty();
  }

  @Test
  void aParentHasTheNameOfItsOwnRowOrElseItsOffsprings() {
    AnimalTableBuilder builder = AnimalTable.builder();
    AnimalRow foal = foal("foal", "dam", "damsire");
    builder.merge(foal, new ParentNames("No sire", "A Dam", "A Sire"));
    builder.merge(foal, new ParentNames(null, "Another", "Another"));
    builder.merge(foal("foal", "other", null), new ParentNames(null, "Not her dam", null));
    builder.add(new AnimalRow("dam", "The Dam (IRE)", Sex.FEMALE, null, "", null, null, null, 0));
    builder.merge(foal("second", "dam", null), new ParentNames(null, "A Dam", null));
    AnimalTable table = builder.build();

    assertThat(table.size()).isEqualTo(4);
    assertThat(table.name(table.indexOf("damsire").orElseThrow())).contains("A Sire");
    assertThat(table.name(table.indexOf("dam").orElseThrow())).contains("The Dam (IRE)");
  }

  @Test
  void manyIdsAreFoundAgain() {
    String longName = "n".repeat(300);
    AnimalTable table =
        AnimalTable.of(
            IntStream.range(0, 100_000)
                .mapToObj(i ->
                    new AnimalRow(
                        "hrs_" + i,
                        i % 2 == 0 ? longName + i : "",
                        Sex.MALE,
                        BirthDate.inYear(1700 + i % 300),
                        "",
                        null,
                        null,
                        null,
                        i)));

    for (int i = 0; i < table.size(); i += 997) {
      assertThat(table.indexOf("hrs_" + i)).hasValue(i);
      assertThat(table.name(i))
          .isEqualTo(i % 2 == 0 ? Optional.of(longName + i) : Optional.empty());
      assertThat(table.born(i)).contains(BirthDate.inYear(1700 + i % 300));
    }
  }

  @Test
  void officialBirthdaysMeanTheirYear() {
    assertThat(BirthDate.recorded(LocalDate.of(1990, 1, 1))).isEqualTo(BirthDate.inYear(1990));
    assertThat(BirthDate.recorded(LocalDate.of(1990, 8, 1))).isEqualTo(BirthDate.inYear(1990));
    assertThat(BirthDate.recorded(LocalDate.of(1990, 8, 2)).day())
        .contains(LocalDate.of(1990, 8, 2));
    assertThatThrownBy(() -> BirthDate.inYear(12_345)).hasMessage("a birth in the year 12345");
  }
}

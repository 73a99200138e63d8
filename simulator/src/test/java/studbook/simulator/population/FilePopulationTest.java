package studbook.simulator.population;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilePopulationTest {

  @TempDir private Path folder;

  @Test
  void aRowBecomesAHorseWithTheWordsForItsCodes() throws IOException {
    Population population =
        read(
            """
            horse_id,name,sex_code,dob,colour_code,region,sire_id,sire,dam_id,dam,breeder
            hrs_71,Paper Lantern (IRE),G,2017-04-05,BB,IRE,sir_72,"Old, Harbour (USA)",dam_73,Misty Lass,A & B
            """);

    HorseRecord horse = population.horse("hrs_71").orElseThrow();
    assertThat(horse)
        .isEqualTo(
            new HorseRecord(
                "hrs_71",
                "Paper Lantern",
                "IRE",
                LocalDate.of(2017, 4, 5),
                "G",
                "bb",
                "A & B",
                new ParentRef("72", "Old, Harbour", "USA"),
                new ParentRef("73", "Misty Lass", null),
                null,
                ProfileAvailability.DETAILED));
    assertThat(horse.sex()).isEqualTo("gelding");
    assertThat(horse.colourCode()).isEqualTo("BB");
    assertThat(population.horses())
        .containsExactly(new NamedHorse("hrs_71", "Paper Lantern (IRE)"));
  }

  @Test
  void anySubsetOfTheColumnsWillDo() throws IOException {
    Population population = read("\uFEFFname,horse_id\r\nPaper Lantern (IRE),hrs_71\r\n");

    HorseRecord horse = population.horse(0);
    assertThat(horse.region()).isEqualTo("IRE");
    assertThat(horse.dob()).isNull();
    assertThat(horse.sire()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name;Paper Lantern | has no column horse_id",
        "horse_id;sir_1 | line 2: not a horse id: sir_1",
        "horse_id;hrs_1;hrs_2;hrs_1 | line 4: hrs_1 occurs twice",
        "horse_id,dob;hrs_1,2017 | line 2: not a date: 2017",
        "horse_id,sire_id,sire;hrs_1,dam_2,Old Harbour | line 2: not an id of a sire: dam_2",
      })
  void aFileThatCannotBeUsedIsRefusedWithItsLine(String lines, String message) {
    assertThatThrownBy(() -> read(lines.replace(';', '\n')))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith(message);
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> FilePopulation.read(folder.resolve("none.csv")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("none.csv");
  }

  @Test
  void almostHalfOfTheHorsesAreOnRacecards() throws IOException {
    StringBuilder text = new StringBuilder("horse_id,dob\n");
    for (int i = 0; i < 4_000; i++) {
      text.append("hrs_").append(1_000 + i).append(',').append(2012 + i % 12).append("-03-04\n");
    }
    Population population = read(text.toString());

    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 1_150; i++) {
      LocalDate day = Population.FIRST_RACE_DAY.plusDays(i);
      for (HorseRecord runner : population.runners(day)) {
        LocalDate dob = runner.dob();
        assertThat(dob == null || day.getYear() - dob.getYear() >= 2).isTrue();
        seen.add(runner.id());
      }
    }
    assertThat(seen.size() / 4_000.0).isCloseTo(0.45, within(0.03));
  }

  private Population read(String text) throws IOException {
    return FilePopulation.read(Files.writeString(folder.resolve("horses.csv"), text));
  }
}

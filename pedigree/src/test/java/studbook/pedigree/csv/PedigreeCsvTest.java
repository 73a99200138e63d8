package studbook.pedigree.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import studbook.pedigree.AnimalTable;
import studbook.pedigree.BirthDate;
import studbook.pedigree.ParentLinks;
import studbook.pedigree.Sex;

class PedigreeCsvTest {

  @Test
  void readsRowsWithTheirLines() throws IOException {
    AnimalTable table =
        read(
            """
            id,sire,dam,sex,dob,name,breed
            a,s,d,F,2015-03-29,"Thorn, ""The"" (IRE)",x

            s,,,male,1990,,x
            """);

    assertThat(table.size()).isEqualTo(3);
    assertThat(table.name(0)).contains("Thorn, \"The\" (IRE)");
    assertThat(table.sex(0)).isEqualTo(Sex.FEMALE);
    assertThat(table.born(0)).contains(new BirthDate(2015, Optional.of(LocalDate.of(2015, 3, 29))));
    int sire = table.indexOf("s").orElseThrow();
    assertThat(table.sex(sire)).isEqualTo(Sex.MALE);
    assertThat(table.born(sire)).contains(BirthDate.inYear(1990));
    assertThat(table.line(0)).isEqualTo(2);
    assertThat(table.line(sire)).isEqualTo(4);
    assertThat(table.hasRow(table.indexOf("d").orElseThrow())).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-", "?", "NA", "na", "NULL", "Unknown", " ", "None"})
  void placeholdersAreNoParents(String placeholder) throws IOException {
    AnimalTable table = read("id,sire,dam\na," + placeholder + ",d\n");

    assertThat(table.size()).isEqualTo(2);
    assertThat(table.links().sire(0)).isEqualTo(ParentLinks.UNKNOWN);
  }

  @ParameterizedTest
  @ValueSource(strings = {",", ";", "\t"})
  void theFirstLineSaysWhatSeparates(String separator) throws IOException {
    AnimalTable table = read("\uFEFFDam,ID,Sire,yob\r\nd,a,s,2000\r\n".replace(",", separator));

    assertThat(table.id(0)).isEqualTo("a");
    assertThat(table.id(table.links().sire(0))).isEqualTo("s");
    assertThat(table.born(0)).contains(BirthDate.inYear(2000));
  }

  @Test
  void aQuotedFieldMayHaveLineEnds() throws IOException {
    AnimalTable table = read("id,sire,dam,name\na,,,\"x\ny\"\rb,,,z");

    assertThat(table.name(0)).contains("x\ny");
    assertThat(table.line(1)).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|line 1: the file is empty",
        "id,sire\\na,b|line 1: no column dam; the first line must name id, sire and dam,"
            + " and may name sex, yob or dob, and name",
        "id,sire,dam\\na,b,c\\nd,e|line 3: 2 fields, but the first line has 3",
        "id,sire,dam\\n,b,c|line 2: no id",
        "id,sire,dam\\na,,\\nb,,\\na,,|line 4: 'a' has a row already, on line 2",
        "id,sire,dam,sex\\na,,,X|line 2: the sex 'X' is none of M, F and G",
        "id,sire,dam,yob\\na,,,19x|line 2: '19x' is no year (2015) and no date (2015-03-29)",
        "id,sire,dam,dob\\na,,,2015-02-30|line 2: '2015-02-30' is no year (2015) and no date"
            + " (2015-03-29)",
        "id,sire,dam\\na,,\\nb,\"c,|line 3: a quote is not closed",
        "id,sire,dam\\nb,\"c\"d,|line 2: text after a closing quote"
      })
  void aWrongLineIsNamed(String text, String message) {
    assertThatThrownBy(() -> read(text.replace("\\n", "\n")))
        .isInstanceOf(PedigreeFormatException.class)
        .hasMessage(message);
  }

  @Test
  void anEndlessFieldIsRefused() {
    assertThatThrownBy(() -> read("id,sire,dam\na," + "x".repeat(20_000) + ",\n"))
        .hasMessage("line 2: a field longer than 10000 characters; is a quote not closed?");
  }

  private static AnimalTable read(String text) throws IOException {
    return PedigreeCsv.read(new StringReader(text));
  }
}

package studbook.csvimport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import studbook.csvimport.ImportResult.SkipReason;
import studbook.csvimport.ImportResult.SkippedColumn;

/** What a file brings into ra_horse_pedigree, and what it leaves as it was. */
class PedigreeImportTest extends ImportTestBase {

  private static final String HEADER =
      "horse_id,name,dob,region,sire_id,sire,dam_id,dam,damsire_id,damsire,breeder\n";

  @Test
  void insertsPedigreesOfHorsesThatAreNewAndOfThoseThatAreThere() throws IOException {
    execute("INSERT INTO ra_horses (horse_id, name, region) VALUES ('hrs_2', 'B', 'fr')");
    ImportResult result =
        load(
            HEADER
                + """
                hrs_1,A,2015-04-23,IRE,sir_7,A Sire (GB),dam_8,A Dam (IRE),dsi_9,A Damsire (FR),Mr & Mrs B
                hrs_2,B,,gb,,A Sire,,,,,
                hrs_3,C,,,,,,,,,A Breeder Alone
                hrs_4,D,NULL,nan,\\N,NULL,#N/A,nan,,NaN,null
                hrs_1,A,2015-04-23,IRE,sir_7,A Sire (GB),dam_8,A Dam (IRE),dsi_9,A Damsire (FR),Mr & Mrs B
                """);
    assertThat(pedigrees())
        .containsExactly(
            "hrs_1|sir_7|A Sire (GB)|dam_8|A Dam (IRE)|dsi_9|A Damsire (FR)|Mr & Mrs B|ire",
            "hrs_2|~|A Sire|~|~|~|~|~|fr");
    assertThat(result.read()).isEqualTo(5);
    assertThat(result.inserted()).isEqualTo(3);
    assertThat(result.filled()).as("its pedigree is new").isEqualTo(1);
    assertThat(result.unchanged()).isZero();
    assertThat(result.duplicates()).isEqualTo(1);
    assertThat(result.leftOut()).isEmpty();
    assertThat(result.columns()).contains("sire_id", "breeder");
    assertThat(tablesInStudbook()).isZero();
  }

  @Test
  void ofAPedigreeThatIsThereOnlyBlanksAreFilled() throws IOException {
    execute(
        "INSERT INTO ra_horses (horse_id, name) SELECT 'hrs_' || i, 'A' FROM generate_series(1, 4) i");
    execute(
        """
        INSERT INTO ra_horse_pedigree (horse_id, sire_id, sire, dam_id, dam, damsire, breeder, region, updated_at) VALUES
          ('hrs_1', 'sir_1', 'Kept', NULL, '', NULL, '', NULL, '2020-01-01Z'),
          ('hrs_2', NULL, 'A SIRE (GB)', NULL, 'Another Dam', NULL, NULL, 'fr', '2020-01-01Z'),
          ('hrs_3', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2020-01-01Z')
        """);
    ImportResult result =
        load(
            """
            horse_id,region,sire_id,sire,dam_id,dam,breeder
            hrs_1,gb,sir_7,A Sire (GB),dam_8,A Dam,Somebody
            hrs_2,gb,sir_7,A Sire (GB),dam_8,A Dam,
            hrs_3,,,,,,A Breeder Alone
            hrs_4,,,,,,A Breeder Alone
            """);
    assertThat(pedigrees())
        .containsExactly(
            "hrs_1|sir_1|Kept|dam_8|A Dam|~|~|Somebody|gb",
            "hrs_2|sir_7|A SIRE (GB)|~|Another Dam|~|~|~|fr",
            "hrs_3|~|~|~|~|~|~|A Breeder Alone|~");
    assertThat(result.filled()).isEqualTo(3);
    assertThat(result.unchanged()).isEqualTo(1);
    assertThat(load("horse_id,breeder\nhrs_1,Another\n").unchanged()).isEqualTo(1);
    List<String> touched =
        jdbi.withHandle(handle ->
            handle
                .createQuery(
                    "SELECT horse_id FROM ra_horse_pedigree WHERE updated_at > '2021-01-01' ORDER BY 1")
                .mapTo(String.class)
                .list());
    assertThat(touched).containsExactly("hrs_1", "hrs_2", "hrs_3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "sire_id;hrs_9;sire_id 'hrs_9' is not sir_ and digits",
        "sire_id;dam_9;sire_id 'dam_9' is not sir_ and digits",
        "dam_id;dam_0;dam_id 'dam_0' is not dam_ and digits",
        "dam_id;sir_9;dam_id 'sir_9' is not dam_ and digits",
        "damsire_id;dsi_x;damsire_id 'dsi_x' is not dsi_ and digits",
        "damsire_id;dsi_0012;damsire_id has the horse's own number",
        "sire_id;sir_12;sire_id has the horse's own number",
        "sire;a\u0007b;sire has a control character",
        "region;abcdef;region is wider than the column's 5 characters",
      })
  void aBadValueIsReportedAndNothingIsLoaded(String column, String value, String reason) {
    String other = column.equals("region") ? ",dam" : "";
    assertThatExceptionOfType(CsvFormatException.class)
        .isThrownBy(() ->
            load(
                "horse_id,name,%s%s\nhrs_1,A,%s\nhrs_12,A,%s%s\n"
                    .formatted(
                        column,
                        other,
                        other.isEmpty() ? "" : ",",
                        value,
                        other.isEmpty() ? "" : ",")))
        .satisfies(e -> {
          assertThat(e.lines()).extracting(LineError::line).containsExactly(3L);
          assertThat(e.lines()).extracting(LineError::reason).containsExactly(reason);
        });
    assertThat(rows()).isEmpty();
  }

  @Test
  void aTableWithoutAColumnTakesTheOthersAndColumnsCanBeChosen() throws IOException {
    execute("ALTER TABLE ra_horse_pedigree DROP COLUMN breeder, DROP COLUMN region");
    assertThat(load("horse_id,name,sire,breeder\nhrs_1,A,A Sire,B\n").leftOut())
        .containsExactly(new SkippedColumn("breeder", SkipReason.NOT_IN_TABLE));
    execute("DROP TABLE ra_horse_pedigree");
    assertThat(
            load(
                    "horse_id,name,sire\nhrs_2,B,A Sire\n",
                    new ImportOptions(Set.of("horse_id", "name"), false))
                .leftOut())
        .containsExactly(new SkippedColumn("sire", SkipReason.NOT_REQUESTED));
    assertThatExceptionOfType(ImportRejectedException.class)
        .isThrownBy(() -> load("horse_id,name,sire\nhrs_3,C,A Sire\n"))
        .withMessage("the database has no table ra_horse_pedigree with a column horse_id");
    assertThat(rows()).hasSize(2);
  }

  @Test
  void aDryRunKeepsNothingAndALineThatContradictsIsBad() throws IOException {
    ImportResult result =
        load("horse_id,name,sire\nhrs_1,A,A Sire\n", new ImportOptions(Set.of(), true));
    assertThat(result.inserted()).isEqualTo(1);
    assertThat(pedigrees()).isEmpty();
    assertThatExceptionOfType(CsvFormatException.class)
        .isThrownBy(() -> load("horse_id,name,sire\nhrs_1,A,A Sire\nhrs_1,A,Another\n"))
        .satisfies(e ->
            assertThat(e.lines())
                .isEqualTo(List.of(new LineError(3, "contradicts line 2 on this horse"))));
  }
}

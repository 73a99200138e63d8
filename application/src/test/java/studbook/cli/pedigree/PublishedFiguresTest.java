package studbook.cli.pedigree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import studbook.cli.fixture.CliRunner;
import studbook.cli.fixture.CliRunner.Result;

/**
 * Figures of published pedigrees, equal to expected ones to 1e-12. The files are not part of the
 * project: the system property names a folder with {@code NAME.csv} and {@code
 * expected_F_NAME.csv}.
 */
@EnabledIfSystemProperty(named = PublishedFiguresTest.PROPERTY, matches = ".+")
class PublishedFiguresTest {

  static final String PROPERTY = "studbook.references";

  private static final List<String> FIGURES =
      List.of("F", "gen_eq", "max_gen", "full_gen", "pci5", "n_anc");

  @TempDir Path folder;

  static List<String> pedigrees() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty(PROPERTY)))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("expected_F_"))
          .map(name -> name.replace("expected_F_", ""))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("pedigrees")
  void everyFigureIsTheExpectedOne(String name) {
    Path references = Path.of(System.getProperty(PROPERTY));
    Result result =
        new CliRunner(folder)
            .run(
                "pedigree",
                "inbreeding",
                "--all",
                "--from",
                references.resolve(name).toString(),
                "--out",
                "figures.csv");
    assertThat(result.code()).as(result.err()).isZero();
    Map<String, NamedCsvRecord> computed = read(folder.resolve("figures.csv"));
    Map<String, NamedCsvRecord> expected = read(references.resolve("expected_F_" + name));
    assertThat(computed.keySet()).containsExactlyInAnyOrderElementsOf(expected.keySet());
    expected.forEach((id, row) -> {
      NamedCsvRecord figures = Objects.requireNonNull(computed.get(id));
      assertThat(figures.getField("sire")).isEqualTo(row.getField("sire"));
      assertThat(figures.getField("dam")).isEqualTo(row.getField("dam"));
      for (String figure : FIGURES) {
        assertThat(Double.parseDouble(figures.getField(figure)))
            .as("%s of %s", figure, id)
            .isCloseTo(Double.parseDouble(row.getField(figure)), within(1e-12));
      }
    });
  }

  private static Map<String, NamedCsvRecord> read(Path file) {
    Map<String, NamedCsvRecord> rows = new LinkedHashMap<>();
    try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(file)) {
      csv.forEach(row -> rows.put(row.getField("id"), row));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows;
  }
}

package studbook.pedigree.kinship;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import studbook.pedigree.AnimalTable;
import studbook.pedigree.Pedigree;
import studbook.pedigree.csv.PedigreeCsv;

/**
 * Compares with figures of other programs: each {@code expected_F_NAME.csv} (id,sire,dam,F,…) of
 * the folder {@code studbook.references} with {@code NAME.csv}.
 */
@EnabledIfSystemProperty(named = "studbook.references", matches = ".+")
class ReferenceFilesTest {

  private static final String EXPECTED = "expected_F_";

  @TestFactory
  List<DynamicTest> inbreedingIsAsOthersComputeIt() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("studbook.references")))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(EXPECTED))
          .sorted()
          .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> compare(file)))
          .toList();
    }
  }

  private static void compare(Path expected) throws IOException {
    String name = expected.getFileName().toString().substring(EXPECTED.length());
    AnimalTable table = read(expected.resolveSibling(name));
    double[] inbreeding = Inbreeding.of(Pedigree.of(table.links()));
    List<String> lines = Files.readAllLines(expected);
    assertThat(lines).hasSize(table.size() + 1);
    for (String line : lines.subList(1, lines.size())) {
      String[] fields = line.split(",", -1);
      int animal = table.indexOf(fields[0]).orElseThrow();
      assertThat(inbreeding[animal])
          .as(line)
          .isCloseTo(Double.parseDouble(fields[3]), within(1e-12));
    }
  }

  private static AnimalTable read(Path file) throws IOException {
    try (BufferedReader in = Files.newBufferedReader(file)) {
      return PedigreeCsv.read(in);
    }
  }
}

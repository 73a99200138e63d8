package studbook.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import studbook.model.HorseName;
import studbook.store.TestDatabase;

class ChecksTest {

  private static final List<String> PIECES =
      List.of(
          "(IRE)",
          "(GB)",
          "(usa)",
          "(Ire)",
          "(IRELAND)",
          "(I)",
          "(1A)",
          "()",
          "(",
          ")",
          "IRE",
          " ",
          "  ",
          "\t",
          "\n",
          "\r",
          "\u000B",
          "\u001C",
          "\u0085",
          "\u00A0",
          "\u2003",
          "\u2007",
          "\u2028",
          "\u3000",
          "\u200B",
          "x",
          "Night Ferry",
          "É",
          "İ",
          "(ÉA)",
          "(İR)",
          "𝕏",
          "'",
          "\\",
          "(FR)");

  @Test
  void theSuffixIsReadInSqlAsItIsInJava() {
    List<String> names = Stream.concat(known(), mixed(4711, 20_000)).toList();
    try (TestDatabase database = TestDatabase.fresh()) {
      List<String> read =
          Jdbi.create(database.dataSource())
              .withHandle(handle ->
                  handle
                      .createQuery(
                          "SELECT COALESCE(%s, '') FROM unnest(:names) WITH ORDINALITY AS h (name, place) ORDER BY place"
                              .formatted(Checks.SUFFIX))
                      .bindArray("names", String.class, names)
                      .mapTo(String.class)
                      .list());
      List<String> differing = new ArrayList<>();
      for (int i = 0; i < names.size(); i++) {
        if (!read.get(i).equals(HorseName.region(names.get(i)).orElse(""))) {
          differing.add(printed(names.get(i)) + " is read as " + read.get(i));
        }
      }
      assertThat(differing).isEmpty();
      assertThat(read)
          .as("suffixes that are there")
          .filteredOn(one -> !one.isEmpty())
          .hasSizeGreaterThan(2_000);
    }
  }

  private static Stream<String> known() {
    return Stream.of(
        "Night Ferry (IRE)",
        " Night Ferry(GB) ",
        "Night (Ferry) (usa)",
        "(IRE)",
        "Night Ferry (IRELAND)",
        "Night (IRE) Ferry",
        "\u2000(IRE)",
        "A\n(IRE)",
        "A\nB (IRE)",
        "",
        "x ".repeat(5_000) + "(");
  }

  private static Stream<String> mixed(long seed, int count) {
    Random random = new Random(seed);
    return IntStream.range(0, count)
        .mapToObj(_ ->
            random
                .ints(random.nextInt(1, 7), 0, PIECES.size())
                .mapToObj(PIECES::get)
                .collect(Collectors.joining()));
  }

  private static String printed(String name) {
    return name.chars()
        .mapToObj(c -> c < 127 && c > 31 ? Character.toString(c) : "<%04x>".formatted(c))
        .collect(Collectors.joining());
  }

  @Test
  void everyCheckHasANameOfItsOwn() {
    assertThat(Checks.ALL).extracting(Check::key).doesNotHaveDuplicates();
    assertThat(Checks.ALL).extracting(Check::title).doesNotHaveDuplicates();
  }
}

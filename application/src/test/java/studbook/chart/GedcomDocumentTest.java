package studbook.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import studbook.chart.tree.AncestorTree;

/** GEDCOM files, by the grammar of version 5.5.1. */
class GedcomDocumentTest {

  private static final Pattern LINE =
      Pattern.compile("([0-9]) (?:(@[A-Z][0-9]+@) )?([A-Z]{3,4})(?: (.+))?");

  /** A line; {@code owner} is the record that it belongs to. */
  private record GedcomLine(int level, String owner, String tag, String value) {}

  private static List<GedcomLine> lines(AncestorTree tree) {
    List<GedcomLine> lines = new ArrayList<>();
    String owner = "";
    int before = -1;
    for (String text : GedcomDocument.of(tree).lines().toList()) {
      Matcher line = LINE.matcher(text);
      assertThat(line.matches()).as(text).isTrue();
      assertThat(text.length()).isLessThanOrEqualTo(255);
      int level = Integer.parseInt(line.group(1));
      assertThat(level).as(text).isLessThanOrEqualTo(before + 1);
      before = level;
      owner = level > 0 ? owner : line.group(2) == null ? line.group(3) : line.group(2);
      lines.add(
          new GedcomLine(level, owner, line.group(3), line.group(4) == null ? "" : line.group(4)));
    }
    return lines;
  }

  private static List<String> values(List<GedcomLine> lines, String owner, String tag) {
    return lines.stream()
        .filter(line -> line.owner().equals(owner) && line.tag().equals(tag))
        .map(GedcomLine::value)
        .toList();
  }

  private static void assertLinked(List<GedcomLine> lines) {
    for (GedcomLine line : lines) {
      switch (line.tag()) {
        case "FAMC" -> assertThat(values(lines, line.value(), "CHIL")).contains(line.owner());
        case "FAMS" ->
            assertThat(
                    Stream.of("HUSB", "WIFE")
                        .flatMap(role -> values(lines, line.value(), role).stream()))
                .contains(line.owner());
        case "CHIL" -> assertThat(values(lines, line.value(), "FAMC")).contains(line.owner());
        case "HUSB", "WIFE" ->
            assertThat(values(lines, line.value(), "FAMS")).contains(line.owner());
        default -> {}
      }
    }
  }

  @Test
  void theFileHasAHeaderASubmitterAndATrailer() {
    List<GedcomLine> lines = lines(ChartFixture.tree(ChartFixture.LINEBRED, 4));
    assertThat(values(lines, "HEAD", "VERS")).containsExactly("5.5.1");
    assertThat(values(lines, "HEAD", "FORM")).containsExactly("LINEAGE-LINKED");
    assertThat(values(lines, "HEAD", "CHAR")).containsExactly("UTF-8");
    assertThat(values(lines, values(lines, "HEAD", "SUBM").getFirst(), "NAME")).isNotEmpty();
    assertThat(lines.getLast()).isEqualTo(new GedcomLine(0, "TRLR", "TRLR", ""));
  }

  @Test
  void aRepeatedAncestorIsOneRecord() {
    List<GedcomLine> lines = lines(ChartFixture.tree(ChartFixture.LINEBRED, 4));
    assertThat(lines).filteredOn(line -> line.tag().equals("INDI")).hasSize(8);
    assertThat(lines).filteredOn(line -> line.value().equals("Old Quay (GB)")).hasSize(1);
    String first = "@I1@";
    assertThat(values(lines, first, "NAME")).containsExactly("Harbour Light (IRE)");
    assertThat(values(lines, first, "SEX")).containsExactly("F");
    assertThat(values(lines, first, "DATE")).containsExactly("5 APR 2019");
    assertThat(values(lines, "@I3@", "DATE")).containsExactly("2012");
  }

  @Test
  void everyLinkHasItsReverse() {
    assertLinked(lines(ChartFixture.complete(5)));
    assertLinked(lines(ChartFixture.hostile()));
  }

  @Test
  void aNameCannotEndItsLineOrNameARecord() {
    assertThat(lines(ChartFixture.hostile()))
        .filteredOn(line -> line.tag().equals("NAME") && line.value().contains("script"))
        .hasSize(3)
        .allMatch(line -> line.value().contains("@@I1@@"))
        .noneMatch(line -> line.value().contains("/"));
  }

  @Test
  void noHorseIsItsOwnAncestor() {
    List<GedcomLine> lines = lines(ChartFixture.tree("id,sire,dam\n1,2,4\n2,3,\n3,2,\n4,3,\n", 12));
    assertThat(lines).filteredOn(line -> line.tag().equals("FAM")).hasSize(2);
    assertLinked(lines);
  }
}

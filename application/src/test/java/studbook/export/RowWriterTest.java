package studbook.export;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import java.io.StringWriter;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RowWriterTest {

  private static final ZoneId ZONE = ZoneId.of("Europe/Dublin");

  private static String written(
      BiFunction<StringWriter, ZoneId, RowWriter> form, List<List<@Nullable Object>> rows) {
    StringWriter writer = new StringWriter();
    RowWriter rowWriter = form.apply(writer, ZONE);
    rowWriter.columns(List.of("name", "n"));
    rows.forEach(rowWriter::row);
    rowWriter.end();
    return writer.toString();
  }

  private static List<@Nullable Object> row(@Nullable Object... values) {
    return Arrays.asList(values);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=cmd()",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "\uFF1D1",
        "=a,\"b\"",
      })
  void noCellIsAFormula(String text) {
    String csv = written(ExportFormat.CSV::sheet, List.of(row(text, 1)));
    List<String> cells = CsvReader.builder().ofCsvRecord(csv).stream().toList().get(1).getFields();
    assertThat(cells.getFirst()).startsWith("'");
    assertThat(cells.getFirst().replace("'", "")).isEqualTo(text);
    assertThat(cells.getLast()).isEqualTo("1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x;=HYPERLINK(1)",
        "a\t=1+1",
        "a,+1",
        "a| -1",
        "a;\"=1+1\"",
        "a\n@SUM(A1)",
        " =1",
        "\"=1",
      })
  void noPartOfACellIsAFormula(String text) {
    String csv = written(ExportFormat.CSV::sheet, List.of(row(text, 1)));
    for (String separator : List.of(";", "\t", ",", "\\|", "\n")) {
      assertThat(csv.split(separator))
          .as(separator)
          .noneMatch(piece -> piece.matches("(?s)[\\s\"]*[=+@-].*"));
    }
  }

  @Test
  void whatNeedsQuotesHasThem() {
    String csv =
        written(
            ExportFormat.CSV::sheet,
            List.of(
                row("a,b", 1L), row("say \"hi\"", null), row("two\nlines", 2), row("'; drop", 3)));
    assertThat(csv)
        .isEqualTo(
            "name,n\r\n\"a,b\",1\r\n\"say \"\"hi\"\"\",\r\n\"two\nlines\",2\r\n'; drop,3\r\n");
  }

  @Test
  void escapeSequencesAreNeutralised() {
    List<List<@Nullable Object>> rows = List.of(row("a\u001B[31m\u009B1mb\u0007", 1));
    assertThat(written(ExportFormat.CSV::sheet, rows)).contains("a\uFFFD[31m\uFFFD1mb\uFFFD");
    String json = written(ExportFormat.JSON::sheet, rows);
    assertThat(json.codePoints().filter(c -> (c < ' ' && c != '\n') || (c >= 0x7F && c < 0xA0)))
        .isEmpty();
    assertThat(JsonMapper.shared().readTree(json).get(0).get("name").asString())
        .isEqualTo("a\u001B[31m\u009B1mb\u0007");
  }

  @Test
  void timesAreInTheLocalZone() {
    OffsetDateTime summer = OffsetDateTime.parse("2026-07-01T12:00:00Z");
    assertThat(written(ExportFormat.CSV::sheet, List.of(row(summer, 1))))
        .contains("2026-07-01T13:00:00+01:00,1");
    assertThat(written(ExportFormat.JSON::sheet, List.of(row(summer, 1))))
        .contains("\"2026-07-01T13:00:00+01:00\"");
  }

  @Test
  void jsonIsAnArrayHoweverManyRows() {
    assertThat(written(ExportFormat.JSON::sheet, List.of())).isEqualTo("[]\n");
    JsonNode two =
        JsonMapper.shared()
            .readTree(written(ExportFormat.JSON::sheet, List.of(row("a", 1), row(null, 2L))));
    assertThat(two.size()).isEqualTo(2);
    assertThat(two.get(1).get("name").isNull()).isTrue();
    assertThat(two.get(1).get("n").asLong()).isEqualTo(2);
  }

  @Test
  void aListIsOneALine() {
    List<List<@Nullable Object>> ids = List.of(row("hrs_1"), row("hrs_2"));
    assertThat(written(ExportFormat.CSV::list, ids)).isEqualTo("hrs_1\nhrs_2\n");
    assertThat(written(ExportFormat.JSON::list, ids)).isEqualTo("[\n\"hrs_1\",\n\"hrs_2\"\n]\n");
    assertThat(written(ExportFormat.CSV::list, List.of())).isEmpty();
  }
}

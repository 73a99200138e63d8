package studbook.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import studbook.model.ErrorKind;
import studbook.report.figures.ReportFixture;
import studbook.store.statistics.ResponseTimeQueries;
import studbook.store.work.RunEventRepository;
import studbook.store.work.RunEventType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Names and messages come from outside; no format takes them for anything but text. */
class HostileTextTest {

  private static final String HOSTILE =
      "<script>alert('1')</script> \" | pipe `tick` [a](http://x) *b* \u001B[31mred\u202E end\n# h";

  private final ReportFixture fixture = new ReportFixture();

  @BeforeEach
  void putItEverywhere() {
    fixture.settings = List.of("RACING_API_BASE_URL=http://" + HOSTILE);
    fixture.reason = HOSTILE;
    fixture.notes = List.of(HOSTILE);
    fixture.error(ErrorKind.SERVER_ERROR, 3, 1, HOSTILE);
    fixture.drift(HOSTILE, HOSTILE);
    fixture.events.add(
        new RunEventRepository.RunEvent(
            ReportFixture.START, RunEventType.PLANNED, Optional.of(HOSTILE), Optional.empty()));
    fixture.slowest.add(
        new ResponseTimeQueries.SlowResponse(
            HOSTILE,
            Optional.of(HOSTILE),
            "enriched",
            Optional.of("pro"),
            200,
            1,
            Duration.ofMillis(400)));
  }

  private String written(ReportFormat format) {
    return format.write(fixture.report(), ReportFixture.CLOCK);
  }

  @Test
  void htmlEscapesIt() {
    String html = written(ReportFormat.HTML);
    assertThat(html).contains("&lt;script&gt;alert(").doesNotContain("<script", "\u001B", "\u202E");
  }

  @Test
  void markdownKeepsItInOneCell() {
    String markdown = written(ReportFormat.MD);
    assertThat(markdown).contains("\\<script>").doesNotContain("\u001B", "\u202E");
    assertThat(markdown.lines().filter(line -> line.contains("pipe")))
        .isNotEmpty()
        .allMatch(line -> line.contains("\\| pipe \\`tick\\` \\["));
    assertThat(markdown.lines()).noneMatch(line -> line.startsWith("# h"));
  }

  @Test
  void markdownsTablesAreAligned() {
    for (String table : written(ReportFormat.MD).split("\n\n", -1)) {
      if (table.startsWith("|")) {
        assertThat(table.lines().map(line -> line.codePointCount(0, line.length())).distinct())
            .as(table)
            .hasSize(1);
      }
    }
  }

  @Test
  void jsonPreservesIt() {
    JsonNode json = JsonMapper.shared().readTree(written(ReportFormat.JSON));
    assertThat(json.get("error_kinds").get(0).get("example").asString()).isEqualTo(HOSTILE);
    assertThat(json.get("slowest_responses").get(0).get("name").asString()).isEqualTo(HOSTILE);
    assertThat(written(ReportFormat.JSON)).doesNotContain("\u001B");
  }

  @Test
  void theKeysOfTheJsonAreStable() {
    JsonNode json = JsonMapper.shared().readTree(written(ReportFormat.JSON));
    assertThat(json.propertyNames())
        .containsSubsequence(
            "title",
            "generated_at",
            "run",
            "settings",
            "before",
            "after",
            "after_is_final",
            "estimate",
            "events",
            "periods",
            "performance",
            "throughput_history",
            "growth",
            "criteria",
            "passes",
            "error_kinds",
            "response_times",
            "slowest_responses",
            "fields",
            "retry_chain",
            "recommendations");
    assertThat(json.get("run").get("started_at").asString()).isEqualTo("2026-03-03T06:00:00-08:00");
    assertThat(json.get("growth").get("enriched").asLong()).isEqualTo(980);
  }

  @Test
  void wordsWithinUnderscoresStayReadable() {
    assertThat(MarkdownReport.escaped("RACING_API_RATE hrs_12 _x_"))
        .isEqualTo("RACING_API_RATE hrs_12 \\_x\\_");
  }
}

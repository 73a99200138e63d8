package studbook.service.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Year;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobScheduleTest {

  private static final ZoneId LONDON = ZoneId.of("Europe/London");

  private static List<Instant> occurrences(String cron, String after, String until) {
    JobSchedule schedule = JobSchedule.parse(cron, LONDON);
    List<Instant> all = new ArrayList<>();
    Instant next = schedule.next(Instant.parse(after));
    while (next.isBefore(Instant.parse(until))) {
      all.add(next);
      next = schedule.next(next);
    }
    return all;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          10 6 * * *    | 2026-01-05T06:09:59Z | 2026-01-05T06:10:00Z
          10 6 * * *    | 2026-01-05T06:10:00Z | 2026-01-06T06:10:00Z
          10 6 * * *    | 2026-07-05T04:00:00Z | 2026-07-05T05:10:00Z
          0 4 1 * *     | 2026-01-31T12:00:00Z | 2026-02-01T04:00:00Z
          0 4 31 * *    | 2026-02-01T12:00:00Z | 2026-03-31T03:00:00Z
          0 4 29 2 *    | 2026-01-01T00:00:00Z | 2028-02-29T04:00:00Z
          0 3 * * 1     | 2026-01-06T00:00:00Z | 2026-01-12T03:00:00Z
          0 3 * * 7     | 2026-01-06T00:00:00Z | 2026-01-11T03:00:00Z
          0 3 * * MON   | 2026-01-06T00:00:00Z | 2026-01-12T03:00:00Z
          */20 9-17 * * 1-5 | 2026-01-09T17:40:00Z | 2026-01-12T09:00:00Z
          """)
  void nextOccurrenceIsTheFirstAfterAnInstant(String cron, String after, String next) {
    assertThat(JobSchedule.parse(cron, LONDON).next(Instant.parse(after)))
        .isEqualTo(Instant.parse(next));
  }

  @Test
  void anOccurrenceInTheSkippedHourIsOnceLater() {
    // On 2026-03-29 01:00 GMT becomes 02:00 BST.
    assertThat(occurrences("30 1 * * *", "2026-03-28T00:00:00Z", "2026-03-31T00:00:00Z"))
        .containsExactly(
            Instant.parse("2026-03-28T01:30:00Z"),
            Instant.parse("2026-03-29T01:30:00Z"),
            Instant.parse("2026-03-30T00:30:00Z"));
    assertThat(JobSchedule.parse("30 1 * * *", LONDON).next(Instant.parse("2026-03-29T01:10:00Z")))
        .as("asked after the gap")
        .isEqualTo(Instant.parse("2026-03-29T01:30:00Z"));
    assertThat(occurrences("0 * * * *", "2026-03-28T23:30:00Z", "2026-03-29T03:30:00Z"))
        .as("no hour twice")
        .containsExactly(
            Instant.parse("2026-03-29T00:00:00Z"),
            Instant.parse("2026-03-29T01:00:00Z"),
            Instant.parse("2026-03-29T02:00:00Z"),
            Instant.parse("2026-03-29T03:00:00Z"));
  }

  @Test
  void anOccurrenceInTheRepeatedHourIsOnce() {
    // On 2026-10-25 02:00 BST becomes 01:00 GMT.
    assertThat(occurrences("30 1 * * *", "2026-10-24T02:00:00Z", "2026-10-27T00:00:00Z"))
        .containsExactly(
            Instant.parse("2026-10-25T00:30:00Z"), Instant.parse("2026-10-26T01:30:00Z"));
    assertThat(JobSchedule.parse("30 1 * * *", LONDON).next(Instant.parse("2026-10-25T01:15:00Z")))
        .as("asked in the second pass")
        .isEqualTo(Instant.parse("2026-10-26T01:30:00Z"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Europe/London", "America/New_York", "Australia/Lord_Howe", "UTC"})
  void everyDayOfAYearHasOneOccurrenceOfADailyJob(String zone) {
    for (String cron : List.of("30 1 * * *", "15 2 * * *", "0 0 * * *", "59 23 * * *")) {
      JobSchedule schedule = JobSchedule.parse(cron, ZoneId.of(zone));
      Instant next = schedule.next(Instant.parse("2027-12-31T23:59:59Z").minus(Duration.ofDays(1)));
      List<LocalDate> days = new ArrayList<>();
      while (next.isBefore(Instant.parse("2029-01-03T00:00:00Z"))) {
        days.add(ZonedDateTime.ofInstant(next, ZoneId.of(zone)).toLocalDate());
        next = schedule.next(next);
      }
      assertThat(days.stream().filter(day -> day.getYear() == 2028).collect(Collectors.toList()))
          .as(cron)
          .hasSize(Year.of(2028).length())
          .doesNotHaveDuplicates();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "10 6 * *", "10 6 * * * *", "61 6 * * *", "0 4 30 2 *", "daily", "a b c d e"})
  void anExpressionThatNeverMatchesIsRefused(String cron) {
    assertThatThrownBy(() -> JobSchedule.parse(cron, ZoneOffset.UTC))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("\n");
  }
}

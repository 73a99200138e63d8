package studbook.cli.service;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import studbook.model.SafeText;
import studbook.service.JobStatus;
import studbook.store.schedule.OccurrenceRepository.RecordedOccurrence;
import studbook.text.AnsiStyle;
import studbook.text.HumanFormat;
import studbook.text.TextTable;

/** The jobs as a table. */
record ScheduleText(List<JobStatus> jobs, AnsiStyle style, Clock clock) {

  private static final int MAX_MESSAGE = 120;

  List<String> lines(int width) {
    TextTable table =
        new TextTable(style)
            .text("Job")
            .text("Cron")
            .text("Zone")
            .text("Last")
            .text("Result")
            .text("Duration")
            .text("Next")
            .flexible("Message");
    for (JobStatus job : jobs) {
      Optional<RecordedOccurrence> last = job.last();
      table.row(
          job.config().job().text(),
          job.config().schedule().cron(),
          job.config().schedule().zone().getId(),
          last.map(one -> HumanFormat.moment(one.startedAt(), clock)).orElse("never"),
          job.result(),
          last.flatMap(JobStatus::duration).map(HumanFormat::duration).orElse(""),
          job.enabled() ? HumanFormat.moment(job.nextAt(), clock) : "disabled",
          last.flatMap(RecordedOccurrence::message)
              .map(text -> SafeText.excerpt(text, MAX_MESSAGE))
              .orElse(""));
    }
    return table.lines(width);
  }
}

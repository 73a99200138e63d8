package studbook.report.section;

import static studbook.text.HumanFormat.count;
import static studbook.text.HumanFormat.duration;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import studbook.model.RunState;
import studbook.report.figures.DelayExplanation;
import studbook.report.figures.ExecutionReport;
import studbook.report.figures.RunPerformance;
import studbook.report.figures.TimeFormat;
import studbook.report.figures.UntrustedText;
import studbook.report.section.SectionBlock.TableBlock;
import studbook.report.section.SectionBlock.TextBlock;
import studbook.store.run.ChainRun;
import studbook.store.run.RunRepository.RunEstimate;
import studbook.store.run.RunRepository.RunRow;
import studbook.text.HumanFormat;

/** The plan of a run, and its estimate beside the actual figures. */
record PlanSections(ExecutionReport report, TimeFormat timeFormat) {

  List<ReportSection> all() {
    List<ReportSection> chapters = new ArrayList<>();
    if (report.chain().size() > 1) {
      chapters.add(chain());
    }
    chapters.add(plan());
    chapters.add(estimate());
    return chapters;
  }

  private ReportSection chain() {
    ReportTable table =
        new ReportTable()
            .figure("Run")
            .whole("State")
            .whole("Started")
            .figure("Horses")
            .figure("Completed")
            .figure("Enriched")
            .figure("Failed");
    for (ChainRun link : report.chain()) {
      RunRow run = link.run();
      table.row(
          run.id() + (run.id() == report.run().id() ? " (this one)" : ""),
          run.state().text(),
          timeFormat.second(run.startedAt()),
          count(link.counts().total()),
          count(link.counts().processed()),
          count(link.counts().enriched()),
          count(link.counts().failed()));
    }
    long total = report.chain().getFirst().counts().total();
    long left = report.chain().getLast().counts().failed();
    return ReportSection.of(
        "Retry chain",
        new TextBlock(
            "Each run requests the horses that failed in the one before. Of the %s of the first, %s failed in the last."
                .formatted(count(total, "horse"), count(left))),
        new TableBlock(table));
  }

  private ReportSection plan() {
    RunRow run = report.run();
    ReportTable settings = new ReportTable().text("Setting").text("Value");
    for (String setting : run.config().settings()) {
      String[] parts = setting.split("=", 2);
      settings.row(
          UntrustedText.name(parts[0]), UntrustedText.message(parts.length > 1 ? parts[1] : ""));
    }
    settings.row("Version", run.config().version());
    settings.row("Process", UntrustedText.name(run.owner().process().toString()));
    return ReportSection.of(
        "Before: the plan",
        new TextBlock(
            "%s of the %s in the database had no date of birth; the run requests %s."
                .formatted(
                    count(run.before().unenriched()),
                    count(run.before().horses(), "horse"),
                    count(run.total()))),
        new TableBlock(settings));
  }

  private ReportSection estimate() {
    RunEstimate expected = report.run().estimate();
    RunPerformance performance = report.performance();
    ReportTable table =
        new ReportTable().text("").figure("Estimated").figure("Actual").figure("Difference");
    table.row(
        "Requests",
        shown(expected.requests(), HumanFormat::count),
        count(performance.requests()),
        difference(expected.requests(), requests -> signed(performance.requests() - requests)));
    table.row(
        "Duration",
        expected
            .duration()
            .map(HumanFormat::duration)
            .orElse(expected.requests().isEmpty() ? "–" : "no limit"),
        duration(performance.elapsed()),
        difference(expected.duration(), duration -> signed(performance.elapsed().minus(duration))));
    table.row(
        "of which working",
        "",
        duration(performance.working()),
        difference(expected.duration(), duration -> signed(performance.working().minus(duration))));
    List<SectionBlock> blocks = new ArrayList<>();
    blocks.add(new TableBlock(table));
    List<String> explanation = DelayExplanation.of(report);
    if (!explanation.isEmpty()) {
      blocks.add(new TextBlock(String.join(" ", explanation)));
    }
    if (!isComparable()) {
      blocks.add(
          new TextBlock(
              report.run().isUnfinished()
                  ? "The run is not finished, so it is not compared with its estimate; these are its figures so far."
                  : "The run ended before it was finished, so it is not compared with its estimate."));
    }
    return new ReportSection("Estimate and actual", blocks);
  }

  /** The estimate is for a whole run: a part of it cannot be compared. */
  private boolean isComparable() {
    return report.run().state() == RunState.FINISHED;
  }

  private <T> String difference(Optional<T> expected, Function<T, String> words) {
    return isComparable() ? shown(expected, words) : "–";
  }

  private static <T> String shown(Optional<T> value, Function<T, String> words) {
    return value.map(words).orElse("–");
  }

  private static String signed(long number) {
    return number == 0 ? "0" : (number > 0 ? "+" : "−") + count(Math.abs(number));
  }

  private static String signed(Duration duration) {
    String words = duration(duration.abs());
    return words.equals("0 s") ? words : (duration.isNegative() ? "−" : "+") + words;
  }
}

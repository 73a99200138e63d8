package studbook.report.section;

import static studbook.text.HumanFormat.count;
import static studbook.text.HumanFormat.duration;
import static studbook.text.HumanFormat.percent;
import static studbook.text.HumanFormat.rate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import studbook.model.PauseCause;
import studbook.ratelimit.LimitReduction;
import studbook.report.chart.RateChart;
import studbook.report.figures.DelayExplanation;
import studbook.report.figures.DisplayNames;
import studbook.report.figures.ExecutionReport;
import studbook.report.figures.ResponseTimeDistribution;
import studbook.report.figures.RunPerformance;
import studbook.report.figures.RunPerformance.BottleneckShare;
import studbook.report.figures.TimeFormat;
import studbook.report.figures.UntrustedText;
import studbook.report.section.SectionBlock.ChartBlock;
import studbook.report.section.SectionBlock.TableBlock;
import studbook.report.section.SectionBlock.TextBlock;
import studbook.store.run.RunTimeline;
import studbook.store.run.RunTimeline.RunActivity;
import studbook.store.statistics.RateCurve.RateStep;
import studbook.store.statistics.ResponseTimeQueries.SlowResponse;
import studbook.store.work.RunEventRepository.RunEvent;

/** Events, performance and response times of a run. */
record ExecutionSections(ExecutionReport report, TimeFormat timeFormat) {

  /** Rows of the rate over time in formats without charts. */
  private static final int MOST_LINES = 12;

  private static final int LONGEST_BAR = 10;

  List<ReportSection> all() {
    List<ReportSection> chapters = new ArrayList<>();
    chapters.add(log());
    chapters.add(performance());
    if (report.distribution().answers() > 0) {
      chapters.add(responseTimes());
    }
    return chapters;
  }

  private ReportSection log() {
    if (report.archived() && report.happened().isEmpty()) {
      return ReportSection.of(
          "During: what happened",
          new TextBlock(
              "The events and samples of this run are archived in STUDBOOK_HOME/archive. Figures that need"
                  + " them are 0 below."));
    }
    ReportTable table = new ReportTable().whole("Time").whole("Event").text("Detail");
    for (RunEvent event : report.happened()) {
      table.row(
          timeFormat.second(event.at()),
          event.type().words(),
          event.detail().map(UntrustedText::message).orElse(""));
    }
    return ReportSection.of("During: what happened", new TableBlock(table));
  }

  private ReportSection performance() {
    RunPerformance performance = report.performance();
    RunTimeline timeline = report.timeline();
    ReportTable table = new ReportTable().text("Measure").figure("Figure").text("Note");
    table.row("Start", timeFormat.second(performance.started()), "");
    table.row(
        "End",
        performance.ended().map(timeFormat::second).orElse("–"),
        performance.ended().isPresent() ? "" : "as of " + timeFormat.second(report.takenAt()));
    table.row("Duration", duration(performance.elapsed()), "");
    table.row("Working", duration(performance.working()), "without pauses and stops");
    for (PauseCause cause : PauseCause.values()) {
      addWhile(table, "Paused", timeline.paused(cause), DelayExplanation.name(cause, report.log()));
    }
    addWhile(table, "Stopped", timeline.in(RunActivity.STOPPED), "by a user or a signal");
    addWhile(table, "Process died", timeline.in(RunActivity.DEAD), "no other process took over");
    table.row("Average rate", rate(performance.perSecond()) + " horses/s", "while working");
    table.row(
        "Peak rate",
        rate(performance.peak()) + " horses/s",
        "in the best of the %s steps below".formatted(stepLength()));
    table.row("Requests", count(performance.requests()), "");
    table.row(
        "Requests per horse", String.format(Locale.UK, "%.3f", performance.requestsPerHorse()), "");
    table.row("Responses 429", count(performance.throttled()), "not counted as attempts");
    table.row("Retries", count(performance.retries()), "requests after a failed one");
    table.row(
        "Limit used",
        performance.budgetUsed().map(used -> percent(Math.round(used * 1_000), 1_000)).orElse("–"),
        "of %s while working".formatted(limit()));
    table.row(
        "Most in one second", count(performance.fullestSecond(), "request"), "by one process");
    addLowered(table);
    addBounds(table, performance);
    List<SectionBlock> blocks = new ArrayList<>();
    blocks.add(new TableBlock(table));
    if (!report.rate().isEmpty()) {
      blocks.add(
          new ChartBlock(
              new RateChart(report, timeFormat.clock().getZone()).draw(), rateInFigures()));
    }
    return new ReportSection("Performance", blocks);
  }

  private String stepLength() {
    return report.rate().stream()
        .map(step -> Duration.between(step.from(), step.to()))
        .max(Duration::compareTo)
        .map(TimeFormat::millis)
        .orElse("");
  }

  private static void addBounds(ReportTable table, RunPerformance performance) {
    for (BottleneckShare share : performance.bounds()) {
      String part = percent(Math.round(performance.boundBy(share.by()) * 1_000), 1_000);
      if (share.lasted().isPositive()) {
        table.row("Limited by", part, share.by().description());
      }
    }
  }

  private void addLowered(ReportTable table) {
    for (LimitReduction reduction : report.lowered()) {
      table.row(
          "Limit reduced",
          "to " + UntrustedText.name(reduction.rate()),
          "from %s to %s: repeated responses 429"
              .formatted(timeFormat.second(reduction.from()), timeFormat.second(reduction.to())));
    }
  }

  private static void addWhile(ReportTable table, String label, Duration lasted, String note) {
    if (!lasted.isZero()) {
      table.row(label, duration(lasted), note);
    }
  }

  private String limit() {
    return report.run().config().rate().isUnlimited()
        ? "no limit"
        : report.run().config().rate().toString();
  }

  private ReportTable rateInFigures() {
    ReportTable table = new ReportTable().whole("From").figure("Horses/s").whole("Rate over time");
    List<RateStep> steps = report.rate();
    int each = Math.ceilDiv(steps.size(), MOST_LINES);
    List<List<RateStep>> groups = new ArrayList<>();
    for (int i = 0; i < steps.size(); i += each) {
      groups.add(steps.subList(i, Math.min(i + each, steps.size())));
    }
    double most = groups.stream().mapToDouble(ExecutionSections::average).max().orElse(0);
    for (List<RateStep> group : groups) {
      double rate = average(group);
      table.row(timeFormat.second(group.getFirst().from()), rate(rate), bar(rate, most));
    }
    return table;
  }

  private static double average(List<RateStep> steps) {
    return steps.stream().mapToDouble(RateStep::perSecond).average().orElse(0);
  }

  private static String bar(double value, double most) {
    return "█".repeat(most <= 0 ? 0 : (int) Math.round(value / most * LONGEST_BAR));
  }

  private ReportSection responseTimes() {
    ResponseTimeDistribution times = report.distribution();
    ReportTable percentiles = new ReportTable().text("Responses").figure("Within");
    percentiles.row("50%", TimeFormat.millis(times.median()));
    percentiles.row("90%", TimeFormat.millis(times.ninetieth()));
    percentiles.row("99%", TimeFormat.millis(times.ninetyNinth()));
    percentiles.row("all", TimeFormat.millis(times.longest()));
    ReportTable slowest =
        new ReportTable()
            .whole("Horse")
            .text("Name")
            .whole("Outcome")
            .whole("Endpoint")
            .figure("Status")
            .figure("Requests")
            .figure("Time");
    for (SlowResponse slow : report.slowest()) {
      slowest.row(
          UntrustedText.name(slow.horse()),
          slow.name().map(UntrustedText::name).orElse("–"),
          DisplayNames.ofOutcome(slow.state()),
          slow.source().orElse("–"),
          Integer.toString(slow.status()),
          count(slow.requests()),
          TimeFormat.millis(slow.took()));
    }
    return ReportSection.of(
        "Response times",
        new TextBlock(count(times.answers(), "response") + "."),
        new TableBlock(percentiles),
        new TextBlock("The slowest responses:"),
        new TableBlock(slowest));
  }
}

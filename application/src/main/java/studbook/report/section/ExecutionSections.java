package studbook.report.section;

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
import studbook.report.figures.RateCurve.RateStep;
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
import studbook.store.statistics.ResponseTimeQueries.SlowResponse;
import studbook.store.work.RunEventRepository.RunEvent;
import studbook.text.HumanFormat;

/** Events, performance and response times of a run. */
record ExecutionSections(ExecutionReport report, TimeFormat moments) {

  /** Rows of the rate over time in formats without charts. */
  private static final int MOST_LINES = 12;

  private static final int LONGEST_BAR = 10;

  List<ReportSection> all() {
    List<ReportSection> chapters = new ArrayList<>();
    chapters.add(log());
    chapters.add(performance());
    if (report.answers().answers() > 0) {
      chapters.add(responseTimes());
    }
    return chapters;
  }

  private ReportSection log() {
    ReportTable sheet = new ReportTable().whole("Time").whole("Event").text("Detail");
    for (RunEvent event : report.happened()) {
      sheet.row(
          moments.second(event.at()),
          event.type().text(),
          event.detail().map(UntrustedText::message).orElse(""));
    }
    return ReportSection.of("During: what happened", new TableBlock(sheet));
  }

  private ReportSection performance() {
    RunPerformance performance = report.performance();
    RunTimeline timeline = report.timeline();
    ReportTable sheet = new ReportTable().text("Measure").figure("Figure").text("Note");
    sheet.row("Start", moments.second(performance.started()), "");
    sheet.row(
        "End",
        performance.ended().map(moments::second).orElse("–"),
        performance.ended().isPresent() ? "" : "as of " + moments.second(report.takenAt()));
    sheet.row("Duration", HumanFormat.duration(performance.elapsed()), "");
    sheet.row("Working", HumanFormat.duration(performance.working()), "without pauses and stops");
    for (PauseCause cause : PauseCause.values()) {
      addWhile(sheet, "Paused", timeline.paused(cause), DelayExplanation.name(cause, report.log()));
    }
    addWhile(sheet, "Stopped", timeline.in(RunActivity.STOPPED), "by a user or a signal");
    addWhile(sheet, "Process died", timeline.in(RunActivity.DEAD), "no other process took over");
    sheet.row(
        "Average rate", HumanFormat.rate(performance.perSecond()) + " horses/s", "while working");
    sheet.row(
        "Peak rate",
        HumanFormat.rate(performance.peak()) + " horses/s",
        "in the best of the %s steps below".formatted(stepLength()));
    sheet.row("Requests", HumanFormat.count(performance.requests()), "");
    sheet.row(
        "Requests per horse", String.format(Locale.UK, "%.3f", performance.requestsPerHorse()), "");
    sheet.row(
        "Responses 429", HumanFormat.count(performance.throttled()), "not counted as attempts");
    sheet.row("Retries", HumanFormat.count(performance.retries()), "requests after a failed one");
    sheet.row(
        "Limit used",
        performance
            .budgetUsed()
            .map(used -> HumanFormat.percent(Math.round(used * 1_000), 1_000))
            .orElse("–"),
        "of %s while working".formatted(limit()));
    sheet.row(
        "Most in one second",
        HumanFormat.count(performance.fullestSecond(), "request"),
        "by one process");
    addLowered(sheet);
    addBounds(sheet, performance);
    List<SectionBlock> blocks = new ArrayList<>();
    blocks.add(new TableBlock(sheet));
    if (!report.rate().steps().isEmpty()) {
      blocks.add(
          new ChartBlock(new RateChart(report, moments.clock().getZone()).draw(), rateInFigures()));
    }
    return new ReportSection("Performance", blocks);
  }

  private String stepLength() {
    return report.rate().steps().stream()
        .map(step -> Duration.between(step.from(), step.to()))
        .max(Duration::compareTo)
        .map(TimeFormat::millis)
        .orElse("");
  }

  private static void addBounds(ReportTable sheet, RunPerformance performance) {
    for (BottleneckShare bound : performance.bounds()) {
      String part = HumanFormat.percent(Math.round(performance.boundBy(bound.by()) * 1_000), 1_000);
      if (bound.lasted().isPositive()) {
        sheet.row("Limited by", part, bound.by().description());
      }
    }
  }

  private void addLowered(ReportTable sheet) {
    for (LimitReduction one : report.lowered()) {
      sheet.row(
          "Limit reduced",
          "to " + UntrustedText.name(one.rate()),
          "from %s to %s: repeated responses 429"
              .formatted(moments.second(one.from()), moments.second(one.to())));
    }
  }

  private static void addWhile(ReportTable sheet, String label, Duration lasted, String note) {
    if (!lasted.isZero()) {
      sheet.row(label, HumanFormat.duration(lasted), note);
    }
  }

  private String limit() {
    return report.run().told().rate().isUnlimited()
        ? "no limit"
        : report.run().told().rate().toString();
  }

  private ReportTable rateInFigures() {
    ReportTable sheet = new ReportTable().whole("From").figure("Horses/s").whole("Rate over time");
    List<RateStep> steps = report.rate().steps();
    int each = Math.ceilDiv(steps.size(), MOST_LINES);
    List<List<RateStep>> groups = new ArrayList<>();
    for (int i = 0; i < steps.size(); i += each) {
      groups.add(steps.subList(i, Math.min(i + each, steps.size())));
    }
    double most = groups.stream().mapToDouble(ExecutionSections::average).max().orElse(0);
    for (List<RateStep> group : groups) {
      double rate = average(group);
      sheet.row(moments.second(group.getFirst().from()), HumanFormat.rate(rate), bar(rate, most));
    }
    return sheet;
  }

  private static double average(List<RateStep> steps) {
    return steps.stream().mapToDouble(RateStep::perSecond).average().orElse(0);
  }

  private static String bar(double value, double most) {
    return "█".repeat(most <= 0 ? 0 : (int) Math.round(value / most * LONGEST_BAR));
  }

  private ReportSection responseTimes() {
    ResponseTimeDistribution times = report.answers();
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
          HumanFormat.count(slow.requests()),
          TimeFormat.millis(slow.took()));
    }
    return ReportSection.of(
        "Response times",
        new TextBlock(HumanFormat.count(times.answers(), "response") + "."),
        new TableBlock(percentiles),
        new TextBlock("The slowest responses:"),
        new TableBlock(slowest));
  }
}

package studbook.report.section;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import studbook.model.PauseCause;
import studbook.ratelimit.LimitReduction;
import studbook.report.chart.RateChart;
import studbook.report.chart.ResponseTimeChart;
import studbook.report.figures.DelayExplanation;
import studbook.report.figures.DisplayNames;
import studbook.report.figures.ExecutionReport;
import studbook.report.figures.RateCurve;
import studbook.report.figures.ResponseTimeDistribution;
import studbook.report.figures.RunPerformance;
import studbook.report.figures.TimeFormat;
import studbook.report.figures.UntrustedText;
import studbook.store.run.RunTimeline;
import studbook.store.statistics.ResponseTimeQueries;
import studbook.store.work.RunEventRepository;
import studbook.text.HumanFormat;

/** How a run went. */
record ExecutionSections(ExecutionReport report, TimeFormat moments) {

  /** Lines that a rate over time gets where it cannot be drawn. */
  private static final int MOST_LINES = 12;

  private static final int LONGEST_BAR = 10;

  List<ReportSection> all() {
    List<ReportSection> chapters = new ArrayList<>();
    chapters.add(log());
    chapters.add(performance());
    if (report.answers().answers() > 0) {
      chapters.add(answers());
    }
    return chapters;
  }

  private ReportSection log() {
    ReportTable sheet = new ReportTable().whole("Time").whole("Event").text("Detail");
    for (RunEventRepository.RunEvent event : report.happened()) {
      sheet.row(
          moments.second(event.at()),
          event.event(),
          event.detail().map(UntrustedText::message).orElse(""));
    }
    return ReportSection.of("During: what happened", new SectionBlock.TableBlock(sheet));
  }

  private ReportSection performance() {
    RunPerformance performance = report.performance();
    RunTimeline timeline = report.timeline();
    ReportTable sheet = new ReportTable().text("Measure").figure("Figure").text("Note");
    sheet.row("Start", moments.second(performance.started()), "");
    sheet.row(
        "End",
        performance.ended().map(moments::second).orElse("–"),
        performance.ended().isPresent() ? "" : "figures as of " + moments.second(report.takenAt()));
    sheet.row("Duration", HumanFormat.duration(performance.whole()), "");
    sheet.row("At work", HumanFormat.duration(performance.working()), "without pauses and stops");
    for (PauseCause cause : PauseCause.values()) {
      addWhile(sheet, "Paused", timeline.paused(cause), DelayExplanation.name(cause, report.log()));
    }
    addWhile(
        sheet, "Stopped", timeline.in(RunTimeline.RunActivity.STOPPED), "by a user or a signal");
    addWhile(
        sheet,
        "No process",
        timeline.in(RunTimeline.RunActivity.DEAD),
        "a process had died and no other continued");
    sheet.row(
        "Average rate", HumanFormat.rate(performance.perSecond()) + " horses/s", "while at work");
    sheet.row(
        "Peak rate",
        HumanFormat.rate(performance.peak()) + " horses/s",
        "over the best of the %s steps drawn below".formatted(stepLength()));
    sheet.row("Requests", HumanFormat.count(performance.requests()), "");
    sheet.row(
        "Requests per horse", String.format(Locale.UK, "%.3f", performance.requestsPerHorse()), "");
    sheet.row("Answers 429", HumanFormat.count(performance.throttled()), "charged to no horse");
    sheet.row(
        "Retries", HumanFormat.count(performance.retries()), "requests after one that had failed");
    sheet.row(
        "Budget used",
        performance
            .budgetUsed()
            .map(used -> HumanFormat.percent(Math.round(used * 1_000), 1_000))
            .orElse("–"),
        "of %s while at work".formatted(limit()));
    sheet.row(
        "Fullest second",
        HumanFormat.count(performance.fullestSecond(), "request"),
        "of one process");
    addLowered(sheet);
    addBounds(sheet, performance);
    List<SectionBlock> blocks = new ArrayList<>();
    blocks.add(new SectionBlock.TableBlock(sheet));
    if (!report.rate().steps().isEmpty()) {
      blocks.add(
          new SectionBlock.ChartBlock(
              new RateChart(report, moments.clock().getZone()).draw(), rateInFigures()));
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
    for (RunPerformance.BottleneckShare bound : performance.bounds()) {
      String part = HumanFormat.percent(Math.round(performance.boundBy(bound.by()) * 1_000), 1_000);
      if (bound.lasted().isPositive()) {
        sheet.row("Limited by", part, bound.by().description());
      }
    }
  }

  private void addLowered(ReportTable sheet) {
    for (LimitReduction one : report.lowered()) {
      sheet.row(
          "Limit lowered",
          "to " + UntrustedText.name(one.rate()),
          "from %s to %s: the API answered 429 again and again"
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
        ? "an account without limit"
        : "what " + report.run().told().rate() + " allowed";
  }

  private ReportTable rateInFigures() {
    ReportTable sheet = new ReportTable().whole("From").figure("Horses/s").whole("Rate over time");
    List<RateCurve.RateStep> steps = report.rate().steps();
    int each = Math.ceilDiv(steps.size(), MOST_LINES);
    List<List<RateCurve.RateStep>> groups = new ArrayList<>();
    for (int i = 0; i < steps.size(); i += each) {
      groups.add(steps.subList(i, Math.min(i + each, steps.size())));
    }
    double most = groups.stream().mapToDouble(ExecutionSections::average).max().orElse(0);
    for (List<RateCurve.RateStep> group : groups) {
      double rate = average(group);
      sheet.row(moments.second(group.getFirst().from()), HumanFormat.rate(rate), bar(rate, most));
    }
    return sheet;
  }

  private static double average(List<RateCurve.RateStep> steps) {
    return steps.stream().mapToDouble(RateCurve.RateStep::perSecond).average().orElse(0);
  }

  private static String bar(double value, double most) {
    return "█".repeat(most <= 0 ? 0 : (int) Math.round(value / most * LONGEST_BAR));
  }

  private ReportSection answers() {
    ResponseTimeDistribution spread = report.answers();
    ReportTable figures = new ReportTable().text("Answers").figure("Within");
    figures.row("half", TimeFormat.millis(spread.median()));
    figures.row("90%", TimeFormat.millis(spread.ninetieth()));
    figures.row("99%", TimeFormat.millis(spread.ninetyNinth()));
    figures.row("all", TimeFormat.millis(spread.longest()));
    ReportTable slowest =
        new ReportTable()
            .whole("Horse")
            .text("Name")
            .whole("Outcome")
            .whole("Endpoint")
            .figure("Status")
            .figure("Requests")
            .figure("Took");
    for (ResponseTimeQueries.SlowResponse slow : report.slowest()) {
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
        "Answer times",
        new SectionBlock.TextBlock(
            "%s; half within %s, 99%% within %s, the slowest after %s."
                .formatted(
                    HumanFormat.count(spread.answers(), "answer"),
                    TimeFormat.millis(spread.median()),
                    TimeFormat.millis(spread.ninetyNinth()),
                    TimeFormat.millis(spread.longest()))),
        new SectionBlock.ChartBlock(new ResponseTimeChart(spread).draw(), figures),
        new SectionBlock.TextBlock("The slowest answers:"),
        new SectionBlock.TableBlock(slowest));
  }
}

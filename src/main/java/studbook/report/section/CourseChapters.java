package studbook.report.section;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import studbook.model.PauseCause;
import studbook.ratelimit.LoweredLimit;
import studbook.report.chart.AnswerChart;
import studbook.report.chart.RateChart;
import studbook.report.figures.AnswerSpread;
import studbook.report.figures.ExecutionReport;
import studbook.report.figures.Explanation;
import studbook.report.figures.Moments;
import studbook.report.figures.Names;
import studbook.report.figures.Outside;
import studbook.report.figures.Performance;
import studbook.report.figures.RateCurve;
import studbook.store.run.RunTimeline;
import studbook.store.statistics.AnswerTimes;
import studbook.store.work.RunEvents;
import studbook.text.LimitingFactor;
import studbook.text.Words;

/** How a run went. */
record CourseChapters(ExecutionReport report, Moments moments) {

  /** Lines that a rate over time gets where it cannot be drawn. */
  private static final int MOST_LINES = 12;

  private static final int LONGEST_BAR = 10;

  List<Chapter> all() {
    List<Chapter> chapters = new ArrayList<>();
    chapters.add(log());
    chapters.add(performance());
    if (report.answers().answers() > 0) {
      chapters.add(answers());
    }
    return chapters;
  }

  private Chapter log() {
    Sheet sheet = new Sheet().whole("Time").whole("Event").text("Detail");
    for (RunEvents.Event event : report.happened()) {
      sheet.row(
          moments.second(event.at()),
          event.event(),
          event.detail().map(Outside::message).orElse(""));
    }
    return Chapter.of("During: what happened", new Block.Table(sheet));
  }

  private Chapter performance() {
    Performance performance = report.performance();
    RunTimeline timeline = report.timeline();
    Sheet sheet = new Sheet().text("Measure").figure("Figure").text("Note");
    sheet.row("Start", moments.second(performance.started()), "");
    sheet.row(
        "End",
        performance.ended().map(moments::second).orElse("–"),
        performance.ended().isPresent() ? "" : "figures as of " + moments.second(report.takenAt()));
    sheet.row("Duration", Words.duration(performance.whole()), "");
    sheet.row("At work", Words.duration(performance.working()), "without pauses and stops");
    for (PauseCause cause : PauseCause.values()) {
      addWhile(sheet, "Paused", timeline.paused(cause), Explanation.name(cause, report.log()));
    }
    addWhile(
        sheet, "Stopped", timeline.in(RunTimeline.Activity.STOPPED), "by a person or a signal");
    addWhile(
        sheet,
        "No process",
        timeline.in(RunTimeline.Activity.DEAD),
        "a process had died and no other continued");
    sheet.row("Average rate", Words.rate(performance.perSecond()) + " horses/s", "while at work");
    sheet.row(
        "Peak rate",
        Words.rate(performance.peak()) + " horses/s",
        "over the best of the %s steps drawn below".formatted(stepLength()));
    sheet.row("Requests", Words.count(performance.requests()), "");
    sheet.row(
        "Requests per horse", String.format(Locale.UK, "%.3f", performance.requestsPerHorse()), "");
    sheet.row("Answers 429", Words.count(performance.throttled()), "charged to no horse");
    sheet.row("Retries", Words.count(performance.retries()), "requests after one that had failed");
    sheet.row(
        "Budget used",
        performance
            .budgetUsed()
            .map(used -> Words.percent(Math.round(used * 1_000), 1_000))
            .orElse("–"),
        "of %s while at work".formatted(limit()));
    sheet.row(
        "Fullest second", Words.count(performance.fullestSecond(), "request"), "of one process");
    addLowered(sheet);
    addBounds(sheet, performance);
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block.Table(sheet));
    if (!report.rate().steps().isEmpty()) {
      blocks.add(
          new Block.Picture(
              new RateChart(report, moments.clock().getZone()).draw(), rateInFigures()));
    }
    return new Chapter("Performance", blocks);
  }

  private String stepLength() {
    return report.rate().steps().stream()
        .map(step -> Duration.between(step.from(), step.to()))
        .max(Duration::compareTo)
        .map(Moments::millis)
        .orElse("");
  }

  private static void addBounds(Sheet sheet, Performance performance) {
    for (Performance.Bound bound : performance.bounds()) {
      String part = Words.percent(Math.round(performance.boundBy(bound.by()) * 1_000), 1_000);
      if (bound.lasted().isPositive()) {
        sheet.row("Limited by", part, Outside.name(LimitingFactor.words(bound.by())));
      }
    }
  }

  private void addLowered(Sheet sheet) {
    for (LoweredLimit one : report.lowered()) {
      sheet.row(
          "Limit lowered",
          "to " + Outside.name(one.rate()),
          "from %s to %s: the API answered 429 again and again"
              .formatted(moments.second(one.from()), moments.second(one.to())));
    }
  }

  private static void addWhile(Sheet sheet, String label, Duration lasted, String note) {
    if (!lasted.isZero()) {
      sheet.row(label, Words.duration(lasted), note);
    }
  }

  private String limit() {
    return report.run().told().rate().isUnlimited()
        ? "an account without limit"
        : "what " + report.run().told().rate() + " allowed";
  }

  private Sheet rateInFigures() {
    Sheet sheet = new Sheet().whole("From").figure("Horses/s").whole("Rate over time");
    List<RateCurve.Step> steps = report.rate().steps();
    int each = Math.ceilDiv(steps.size(), MOST_LINES);
    List<List<RateCurve.Step>> groups = new ArrayList<>();
    for (int i = 0; i < steps.size(); i += each) {
      groups.add(steps.subList(i, Math.min(i + each, steps.size())));
    }
    double most = groups.stream().mapToDouble(CourseChapters::average).max().orElse(0);
    for (List<RateCurve.Step> group : groups) {
      double rate = average(group);
      sheet.row(moments.second(group.getFirst().from()), Words.rate(rate), bar(rate, most));
    }
    return sheet;
  }

  private static double average(List<RateCurve.Step> steps) {
    return steps.stream().mapToDouble(RateCurve.Step::perSecond).average().orElse(0);
  }

  private static String bar(double value, double most) {
    return "█".repeat(most <= 0 ? 0 : (int) Math.round(value / most * LONGEST_BAR));
  }

  private Chapter answers() {
    AnswerSpread spread = report.answers();
    Sheet figures = new Sheet().text("Answers").figure("Within");
    figures.row("half", Moments.millis(spread.median()));
    figures.row("90%", Moments.millis(spread.ninetieth()));
    figures.row("99%", Moments.millis(spread.ninetyNinth()));
    figures.row("all", Moments.millis(spread.longest()));
    Sheet slowest =
        new Sheet()
            .whole("Horse")
            .text("Name")
            .whole("Outcome")
            .whole("Endpoint")
            .figure("Status")
            .figure("Requests")
            .figure("Took");
    for (AnswerTimes.Slow slow : report.slowest()) {
      slowest.row(
          Outside.name(slow.horse()),
          slow.name().map(Outside::name).orElse("–"),
          Names.ofOutcome(slow.state()),
          slow.source().orElse("–"),
          Integer.toString(slow.status()),
          Words.count(slow.requests()),
          Moments.millis(slow.took()));
    }
    return Chapter.of(
        "Answer times",
        new Block.Prose(
            "%s; half within %s, 99%% within %s, the slowest after %s."
                .formatted(
                    Words.count(spread.answers(), "answer"),
                    Moments.millis(spread.median()),
                    Moments.millis(spread.ninetyNinth()),
                    Moments.millis(spread.longest()))),
        new Block.Picture(new AnswerChart(spread).draw(), figures),
        new Block.Prose("The slowest answers:"),
        new Block.Table(slowest));
  }
}

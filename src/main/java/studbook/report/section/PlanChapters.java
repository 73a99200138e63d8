package studbook.report.section;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import studbook.model.RunState;
import studbook.report.figures.ExecutionReport;
import studbook.report.figures.Explanation;
import studbook.report.figures.Moments;
import studbook.report.figures.Outside;
import studbook.report.figures.Performance;
import studbook.store.run.Runs;
import studbook.text.Words;

/** What was known and wanted before a run, and what it took instead. */
record PlanChapters(ExecutionReport report, Moments moments) {

  List<Chapter> all() {
    List<Chapter> chapters = new ArrayList<>();
    if (report.chain().size() > 1) {
      chapters.add(chain());
    }
    chapters.add(plan());
    chapters.add(estimate());
    return chapters;
  }

  private Chapter chain() {
    Sheet sheet =
        new Sheet()
            .figure("Run")
            .whole("State")
            .whole("Began")
            .figure("Horses")
            .figure("Processed")
            .figure("Enriched")
            .figure("Failed");
    for (ExecutionReport.Link link : report.chain()) {
      Runs.Run run = link.run();
      sheet.row(
          run.id() + (run.id() == report.run().id() ? " (this one)" : ""),
          run.state().text(),
          moments.second(run.startedAt()),
          Words.count(link.tally().total()),
          Words.count(link.tally().processed()),
          Words.count(link.tally().enriched()),
          Words.count(link.tally().failed()));
    }
    long total = report.chain().getFirst().tally().total();
    long left = report.chain().getLast().tally().failed();
    return Chapter.of(
        "Runs that belong together",
        new Block.Prose(
            "Each run asks again for the horses that failed in the one before. Of the %s of the first, %s failed in the last."
                .formatted(Words.count(total, "horse"), Words.count(left))),
        new Block.Table(sheet));
  }

  private Chapter plan() {
    Runs.Run run = report.run();
    Sheet settings = new Sheet().text("Setting").text("Value");
    for (String setting : run.told().settings()) {
      String[] parts = setting.split("=", 2);
      settings.row(Outside.name(parts[0]), Outside.message(parts.length > 1 ? parts[1] : ""));
    }
    settings.row("Version", run.told().version());
    settings.row("Process", Outside.name(run.owner().process().toString()));
    return Chapter.of(
        "Before: the plan",
        new Block.Prose(
            "%s of the %s in the database had no date of birth; the run took %s of them."
                .formatted(
                    Words.count(run.before().unenriched()),
                    Words.count(run.before().horses(), "horse"),
                    Words.count(run.total()))),
        new Block.Table(settings));
  }

  private Chapter estimate() {
    Runs.Expectation expected = report.run().expectation();
    Performance performance = report.performance();
    Sheet sheet = new Sheet().text("").figure("Estimated").figure("Actual").figure("Difference");
    sheet.row(
        "Requests",
        shown(expected.requests(), Words::count),
        Words.count(performance.requests()),
        difference(expected.requests(), requests -> signed(performance.requests() - requests)));
    sheet.row(
        "Duration",
        expected
            .duration()
            .map(Words::duration)
            .orElse(expected.requests().isEmpty() ? "–" : "no limit"),
        Words.duration(performance.whole()),
        difference(expected.duration(), duration -> signed(performance.whole().minus(duration))));
    sheet.row(
        "of which at work",
        "",
        Words.duration(performance.working()),
        difference(expected.duration(), duration -> signed(performance.working().minus(duration))));
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block.Table(sheet));
    List<String> explanation = Explanation.of(report);
    if (!explanation.isEmpty()) {
      blocks.add(new Block.Prose(String.join(" ", explanation)));
    }
    if (!isComparable()) {
      blocks.add(
          new Block.Prose(
              report.run().isUnfinished()
                  ? "The run is not finished, so it is not compared with its estimate; these are its figures so far."
                  : "The run ended before it was finished, so it is not compared with its estimate."));
    }
    return new Chapter("Estimate and actual", blocks);
  }

  /** What was estimated is the whole of a run: a part of it cannot be held against that. */
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
    return number == 0 ? "0" : (number > 0 ? "+" : "−") + Words.count(Math.abs(number));
  }

  private static String signed(Duration duration) {
    String words = Words.duration(duration.abs());
    return words.equals("0 s") ? words : (duration.isNegative() ? "−" : "+") + words;
  }
}

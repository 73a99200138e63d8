package studbook.cli.inspect;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import studbook.cli.progress.IncompleteText;
import studbook.store.database.Database;
import studbook.store.run.Runs;
import studbook.store.run.Tally;
import studbook.store.table.Census;
import studbook.store.table.IncompleteHorses;
import studbook.text.Json;
import studbook.text.LineWrap;
import studbook.text.Table;
import studbook.text.Words;

/** The state of the user's tables and the last run. */
public record StatusReport(Census census, Optional<Long> incomplete, Optional<RunSummary> lastRun) {

  /** To count incomplete horses: a status of ten million horses must not wait for it. */
  private static final Duration LONGEST_COUNT = Duration.ofSeconds(2);

  public static StatusReport take(Database database, Clock clock) {
    return new StatusReport(
        Census.take(database.jdbi()),
        IncompleteHorses.count(database.jdbi(), LONGEST_COUNT),
        new Runs(database.jdbi()).latest().map(run -> RunSummary.of(run, database, clock)));
  }

  /** Prints it on lines of so many columns at most. */
  public void print(PrintStream out, int width) {
    long horses = census.horses();
    new Table()
        .row("Horses", Words.count(horses), "")
        .row("Enriched", Words.count(census.enriched()), Words.percent(census.enriched(), horses))
        .row(
            "Need enrichment",
            Words.count(census.unenriched()),
            Words.percent(census.unenriched(), horses))
        .row(
            "Pedigree records",
            Words.count(census.pedigrees()),
            Words.percent(census.pedigrees(), horses))
        .print(out);
    incompleteSentence().ifPresent(out::println);
    LineWrap.lines(lastRun.map(StatusReport::sentence).orElse("No run yet."), width, 0)
        .forEach(out::println);
  }

  private Optional<String> incompleteSentence() {
    if (incomplete.isEmpty()) {
      return Optional.of(
          "Incomplete horses are not counted, which takes more than %s: `studbook plan` counts them."
              .formatted(Words.duration(LONGEST_COUNT)));
    }
    return incomplete
        .filter(horses -> horses > 0)
        .map(horses -> IncompleteText.sentence(horses) + ".");
  }

  /** {@code Run 7 (stopped): 45,671 of 111,394 processed: 45,659 enriched, 12 errors.} */
  private static String sentence(RunSummary last) {
    Tally tally = last.tally();
    String state =
        last.isOrphan()
            ? "its process died; `studbook backfill --resume` continues it"
            : last.reason()
                .map(reason ->
                    reason.startsWith(last.state()) ? reason : last.state() + ": " + reason)
                .orElse(last.state());
    return "Run %d (%s): %s of %s processed: %s."
        .formatted(
            last.run().id(),
            state,
            Words.count(tally.processed()),
            Words.count(tally.total()),
            outcomes(tally));
  }

  /** Every outcome that horses had; the errors always. */
  private static String outcomes(Tally tally) {
    return Stream.of(
            outcome(tally.enriched(), "enriched"),
            outcome(tally.alreadyFilled(), "filled already"),
            outcome(tally.noDob(), "without a date of birth"),
            outcome(tally.basic(), "with a basic profile only"),
            outcome(tally.notFound(), "not found"),
            outcome(tally.gone(), "deleted meanwhile"),
            Optional.of(Words.count(tally.failed(), "error")))
        .flatMap(Optional::stream)
        .collect(Collectors.joining(", "));
  }

  private static Optional<String> outcome(long horses, String words) {
    return horses == 0 ? Optional.empty() : Optional.of(Words.count(horses) + " " + words);
  }

  private record Shown(
      long horses,
      long enriched,
      long needEnrichment,
      @Nullable Long incomplete,
      long pedigreeRecords,
      RunSummary.@Nullable Shown lastRun) {}

  String json(Clock clock) {
    return Json.pretty(
        new Shown(
            census.horses(),
            census.enriched(),
            census.unenriched(),
            incomplete.orElse(null),
            census.pedigrees(),
            lastRun.map(last -> last.shown(clock)).orElse(null)));
  }
}

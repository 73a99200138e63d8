package studbook.cli.inspect;

import static studbook.text.HumanFormat.count;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import studbook.cli.progress.IncompleteHorsesText;
import studbook.json.RunJson;
import studbook.json.TableCountsJson;
import studbook.store.database.Database;
import studbook.store.run.RunCounts;
import studbook.store.run.RunRepository;
import studbook.store.run.RunStatus;
import studbook.store.table.IncompleteHorses;
import studbook.store.table.TableCounts;
import studbook.text.HumanFormat;
import studbook.text.LineWrap;
import studbook.text.TextTable;

/** The state of the user's tables and the last run. */
public record StatusView(
    TableCounts counts, Optional<Long> incomplete, Optional<RunSummary> lastRun) {

  /** Time limit for the count of incomplete horses, which takes long in huge tables. */
  private static final Duration LONGEST_COUNT = Duration.ofSeconds(2);

  public static StatusView of(Database database) {
    return new StatusView(
        TableCounts.take(database.jdbi()),
        IncompleteHorses.count(database.jdbi(), LONGEST_COUNT),
        new RunRepository(database.jdbi()).latest().map(run -> RunSummary.of(run, database)));
  }

  /** Prints it on lines of at most {@code width} columns. */
  public void print(PrintStream out, int width) {
    long horses = counts.horses();
    TextTable.ofLabels(2)
        .row("Horses", count(horses), "")
        .share("Enriched", counts.enriched(), horses)
        .share("Need enrichment", counts.unenriched(), horses)
        .share("Pedigrees", counts.pedigrees(), horses)
        .lines(width)
        .forEach(out::println);
    Stream.concat(
            incompleteSentence().stream(),
            Stream.of(lastRun.map(StatusView::sentence).orElse("No run yet.")))
        .flatMap(sentence -> LineWrap.lines(sentence, width, 0).stream())
        .forEach(out::println);
  }

  private Optional<String> incompleteSentence() {
    if (incomplete.isEmpty()) {
      return Optional.of(
          "Incomplete horses are not shown, since counting takes more than %s: `studbook plan` counts them."
              .formatted(HumanFormat.duration(LONGEST_COUNT)));
    }
    return incomplete
        .filter(horses -> horses > 0)
        .map(horses -> IncompleteHorsesText.sentence(horses) + ".");
  }

  /** {@code Run 7 (stopped): 45,671 of 111,394 completed: 45,659 enriched, 12 failed.} */
  private static String sentence(RunSummary last) {
    RunCounts counts = last.counts();
    String state =
        last.status() == RunStatus.DIED
            ? "process died; `" + RunStatus.RESUME + "` continues it"
            : last.reason()
                .map(reason ->
                    reason.startsWith(last.status().text())
                        ? reason
                        : last.status().text() + ": " + reason)
                .orElse(last.status().text());
    return "Run %d (%s): %s of %s completed: %s."
        .formatted(
            last.run().id(),
            state,
            count(counts.processed()),
            count(counts.total()),
            outcomes(counts));
  }

  /** Every outcome that occurred; failures always. */
  private static String outcomes(RunCounts counts) {
    return Stream.of(
            outcomeLine(counts.enriched(), "enriched"),
            outcomeLine(counts.alreadyFilled(), "already filled"),
            outcomeLine(counts.noDob(), "without a date of birth"),
            outcomeLine(counts.basic(), "with a basic profile only"),
            outcomeLine(counts.notFound(), "not found"),
            outcomeLine(counts.missing(), "missing"),
            Optional.of(count(counts.failed()) + " failed"))
        .flatMap(Optional::stream)
        .collect(Collectors.joining(", "));
  }

  private static Optional<String> outcomeLine(long horses, String words) {
    return horses == 0 ? Optional.empty() : Optional.of(count(horses) + " " + words);
  }

  private record StatusJson(
      TableCountsJson tables, Optional<Long> incomplete, Optional<RunJson> lastRun) {}

  Object json() {
    return new StatusJson(TableCountsJson.of(counts), incomplete, lastRun.map(RunSummary::json));
  }
}

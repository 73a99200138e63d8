package studbook.cli;

import java.io.PrintStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import studbook.store.Census;
import studbook.store.Database;
import studbook.store.RunState;
import studbook.store.Runs;
import studbook.store.Tally;
import studbook.text.Json;
import studbook.text.Table;
import studbook.text.Words;

/** The state of the user's tables and the last run. */
record StatusReport(Census census, Optional<LastRun> lastRun) {

  record LastRun(Runs.Run run, Tally tally) {}

  static StatusReport take(Database database) {
    Runs runs = new Runs(database.jdbi());
    return new StatusReport(
        Census.take(database.jdbi()),
        runs.latest().map(run -> new LastRun(run, runs.tally(run.id()))));
  }

  void print(PrintStream out) {
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
    out.println(lastRun.map(StatusReport::sentence).orElse("No run yet."));
  }

  /** {@code Run 7 (stopped): 45,671 of 111,394 processed, 12 errors.} */
  private static String sentence(LastRun last) {
    Runs.Run run = last.run();
    Tally tally = last.tally();
    String state =
        run.state() == RunState.RUNNING && !run.isUnderWay()
            ? "its process died; `studbook backfill --resume` goes on"
            : run.state().text() + (run.reason() == null ? "" : ": " + run.reason());
    return "Run %d (%s): %s of %s processed, %s without a profile, %s."
        .formatted(
            run.id(),
            state,
            Words.count(tally.processed()),
            Words.count(tally.total()),
            Words.count(tally.notFound()),
            Words.count(tally.failed(), "error"));
  }

  private record Shown(
      long horses,
      long enriched,
      long needEnrichment,
      long pedigreeRecords,
      @Nullable JsonRun lastRun) {}

  private record JsonRun(
      long run,
      String state,
      @Nullable String reason,
      boolean underWay,
      String startedAt,
      @Nullable String endedAt,
      long total,
      long processed,
      long enriched,
      long noDob,
      long basic,
      long notFound,
      long failed,
      long alreadyFilled,
      long gone,
      long withPedigree,
      long withoutPedigree,
      long requests) {}

  String json() {
    JsonRun run = lastRun.map(StatusReport::jsonRun).orElse(null);
    return Json.pretty(
        new Shown(
            census.horses(), census.enriched(), census.unenriched(), census.pedigrees(), run));
  }

  private static JsonRun jsonRun(LastRun last) {
    Runs.Run run = last.run();
    Tally t = last.tally();
    return new JsonRun(
        run.id(),
        run.state().text(),
        run.reason(),
        run.isUnderWay(),
        run.startedAt().toString(),
        run.endedAt() == null ? null : run.endedAt().toString(),
        t.total(),
        t.processed(),
        t.enriched(),
        t.noDob(),
        t.basic(),
        t.notFound(),
        t.failed(),
        t.alreadyFilled(),
        t.gone(),
        t.withPedigree(),
        t.withoutPedigree(),
        t.requests());
  }
}

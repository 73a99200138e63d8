package studbook.report.figures;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import studbook.store.table.TableCounts;

/**
 * The state before a run: tables, estimate, settings and commands. Immutable.
 *
 * @param takenAt when the tables were read
 * @param version of the product
 * @param toDo horses that the run would request
 * @param quality the score of the rows, 0 to 100; empty if no row has data
 * @param requests that the run is expected to send
 * @param duration empty if nothing limits the rate
 * @param estimate in words
 * @param settings {@code NAME=value}, without secrets
 */
public record PreExecutionReport(
    Instant takenAt,
    String version,
    TableCounts tables,
    long toDo,
    Optional<Double> quality,
    long requests,
    Optional<Duration> duration,
    List<PlanLine> estimate,
    List<String> settings) {

  /** The beginning of such a report's title in every format, by which a file is recognised. */
  public static final String DOCUMENT = "Studbook pre-execution report";

  /** A line of a table: label and value. */
  public record PlanLine(String label, String text) {}

  /** The commands of a whole run, in order. */
  public static final List<PlanLine> COMMANDS =
      List.of(
          new PlanLine(
              "studbook check", "checks the account, the API, the database and the permissions"),
          new PlanLine("studbook backfill --test", "requests ten horses as a trial"),
          new PlanLine("studbook backfill", "requests all others"),
          new PlanLine("studbook monitor", "shows the run live, in another terminal"),
          new PlanLine("studbook pause", "pauses it; studbook resume ends the pause"),
          new PlanLine(
              "studbook backfill --resume",
              "continues a run that was stopped or whose process died"),
          new PlanLine("studbook retry", "requests the horses that failed again"),
          new PlanLine("studbook validate", "checks the run and the rows"),
          new PlanLine("studbook report", "writes the report of the run"));

  public PreExecutionReport {
    estimate = List.copyOf(estimate);
    settings = List.copyOf(settings);
  }
}

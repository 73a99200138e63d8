package studbook.bench.environment;

/** Queries about a run. */
public final class PlanQueries {

  /** The number of completed horses of all runs. */
  public static final String PROCESSED =
      """
      SELECT COALESCE(sum(enriched + no_dob + basic + not_found + failed + already_filled + missing), 0)
      FROM studbook.chunk
      """;

  /** How long the newest run took: from the event that ends its plan to its end. */
  public static final String RUN_SECONDS =
      """
      SELECT extract(epoch FROM r.ended_at - e.occurred_at)
      FROM studbook.run r JOIN studbook.run_event e USING (run_id)
      WHERE e.event = 'planned' AND r.state = 'finished' ORDER BY r.run_id DESC LIMIT 1
      """;

  private PlanQueries() {}

  /** How long it took to freeze the newest run's set: from its row to the event that ends it. */
  public static double seconds(BenchEnvironment workshop) {
    return workshop.number(
        """
        SELECT extract(epoch FROM e.occurred_at - r.started_at)
        FROM studbook.run r JOIN studbook.run_event e USING (run_id)
        WHERE e.event = 'planned' ORDER BY r.run_id DESC LIMIT 1
        """);
  }
}

package studbook.store.schedule;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The latest run as metrics show it.
 *
 * @param state of the run
 * @param rate planned requests per second; infinite if unlimited
 * @param requestsLastMinute sent by all processes of the run in the last minute
 * @param fullestSecond most requests of one process in any second of the last minute
 * @param horses by outcome, also {@code pending}
 * @param requests sent for the run
 */
public record ServiceFigures(
    String state,
    double rate,
    long requestsLastMinute,
    long fullestSecond,
    Map<String, Long> horses,
    long requests) {

  private record RunLoad(
      long run, String state, double rate, long horses, long sent, long fullest) {}

  /** Reads a few rows by key; empty if there is no run yet. */
  public static Optional<ServiceFigures> load(Jdbi jdbi) {
    return jdbi.inTransaction(handle -> latest(handle).map(run -> figures(handle, run)));
  }

  private static Optional<RunLoad> latest(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT r.run_id, r.state, COALESCE(r.rate, 'Infinity') AS rate, r.horse_count,
              COALESCE(s.sent, 0) AS sent, COALESCE(s.fullest, 0) AS fullest
            FROM studbook.run r, LATERAL (
              SELECT sum(requests_sent) AS sent, max(max_requests_per_second) AS fullest
              FROM studbook.run_sample
              WHERE run_id = r.run_id AND sampled_at > clock_timestamp() - interval '1 minute') s
            ORDER BY r.run_id DESC LIMIT 1
            """)
        .map((row, _) ->
            new RunLoad(
                row.getLong("run_id"),
                row.getString("state"),
                row.getDouble("rate"),
                row.getLong("horse_count"),
                row.getLong("sent"),
                row.getLong("fullest")))
        .findOne();
  }

  private static ServiceFigures figures(Handle handle, RunLoad run) {
    return handle
        .createQuery(
            """
            SELECT COALESCE(sum(enriched), 0) AS enriched, COALESCE(sum(no_dob), 0) AS no_dob,
              COALESCE(sum(basic), 0) AS basic, COALESCE(sum(not_found), 0) AS not_found,
              COALESCE(sum(failed), 0) AS failed, COALESCE(sum(already_filled), 0) AS already_filled,
              COALESCE(sum(missing), 0) AS missing, COALESCE(sum(request_count), 0) AS requests
            FROM studbook.chunk WHERE run_id = :run
            """)
        .bind("run", run.run())
        .map((row, _) -> {
          Map<String, Long> horses = new LinkedHashMap<>();
          long pending = run.horses();
          for (String outcome : OUTCOMES) {
            horses.put(outcome, row.getLong(outcome));
            pending -= row.getLong(outcome);
          }
          horses.put("pending", pending);
          return new ServiceFigures(
              run.state(), run.rate(), run.sent(), run.fullest(), horses, row.getLong("requests"));
        })
        .one();
  }

  private static final String[] OUTCOMES = {
    "enriched", "no_dob", "basic", "not_found", "failed", "already_filled", "missing"
  };
}

package studbook.faults.invariant;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * The work items and counts of the newest run, read at one moment.
 *
 * @param rows a state for each horse, in the order of their ids
 * @param tallies the sums over all pieces, by state
 * @param processed of the samples, in the order of time
 */
public record WorkItemSnapshot(
    long run,
    String state,
    long total,
    List<Row> rows,
    Map<String, Long> tallies,
    long tallyWithPedigree,
    List<Long> processed) {

  public record Row(String horse, String state, boolean withPedigree, boolean refused) {}

  static final List<String> STATES =
      List.of("enriched", "no_dob", "basic", "not_found", "failed", "already_filled", "missing");

  public static WorkItemSnapshot read(Handle handle) {
    long run = handle.select("SELECT max(run_id) FROM studbook.run").mapTo(Long.class).one();
    Map<String, Long> tallies = new TreeMap<>();
    for (String state : STATES) {
      tallies.put(
          state,
          handle
              .select(
                  "SELECT COALESCE(sum(" + state + "), 0) FROM studbook.chunk WHERE run_id = ?",
                  run)
              .mapTo(Long.class)
              .one());
    }
    return new WorkItemSnapshot(
        run,
        handle
            .select("SELECT state FROM studbook.run WHERE run_id = ?", run)
            .mapTo(String.class)
            .one(),
        handle
            .select("SELECT horse_count FROM studbook.run WHERE run_id = ?", run)
            .mapTo(Long.class)
            .one(),
        handle
            .select(
                """
                SELECT horse_id, state, COALESCE(has_pedigree, false) AS pedigree,
                       error_kind = 'database_rejected' AS rejected
                FROM studbook.work_item WHERE run_id = ? ORDER BY horse_id
                """,
                run)
            .map((row, context) ->
                new Row(
                    row.getString("horse_id"),
                    row.getString("state"),
                    row.getBoolean("pedigree"),
                    row.getBoolean("rejected")))
            .list(),
        tallies,
        handle
            .select("SELECT COALESCE(sum(pedigrees), 0) FROM studbook.chunk WHERE run_id = ?", run)
            .mapTo(Long.class)
            .one(),
        handle
            .select(
                "SELECT horses_completed FROM studbook.run_sample WHERE run_id = ? ORDER BY sampled_at",
                run)
            .mapTo(Long.class)
            .list());
  }

  /** How many horses are in each state, all states named. */
  public Map<String, Long> counts() {
    Map<String, Long> counts =
        rows.stream()
            .collect(Collectors.groupingBy(Row::state, TreeMap::new, Collectors.counting()));
    STATES.forEach(state -> counts.putIfAbsent(state, 0L));
    counts.putIfAbsent("pending", 0L);
    return counts;
  }
}

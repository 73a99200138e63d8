package studbook.store.database;

import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import studbook.model.SafeText;
import studbook.store.error.ErrorClassifier;

/**
 * Finds sessions of other programs that hold locks which Studbook's sessions wait for. Safe for
 * many threads.
 */
public final class LockHolders {

  private static final Logger log = LoggerFactory.getLogger(LockHolders.class);
  private static final int LONGEST = 200;

  private final Jdbi jdbi;

  public LockHolders(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * A sentence such as {@code ra_horses is locked by process 4711 (psql, since 14:02)}; empty if no
   * session of Studbook waits for another program's lock, or the database does not answer. Another
   * user's transaction shows no time to a user without pg_read_all_stats.
   */
  public Optional<String> find() {
    try {
      return sentence().map(text -> SafeText.excerpt(text, LONGEST));
    } catch (RuntimeException e) {
      log.debug("the holder of a lock is unknown: {}", ErrorClassifier.reason(e));
      return Optional.empty();
    }
  }

  /** Never names a user: the sentence is logged. */
  private Optional<String> sentence() {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                WITH RECURSIVE waiting AS (
                  SELECT pid FROM pg_stat_activity
                  WHERE datname = current_database() AND wait_event_type = 'Lock'
                    AND application_name = current_setting('application_name')
                ), chain AS (
                  SELECT pid FROM waiting
                  UNION
                  SELECT holder.pid FROM chain, LATERAL unnest(pg_blocking_pids(chain.pid)) AS holder(pid)
                ), holder AS (
                  SELECT CASE WHEN c.pid = 0 THEN 'a prepared transaction' ELSE format('process %s (%s)', c.pid, concat_ws(', ',
                           coalesce(nullif(a.application_name, ''), 'no name'),
                           'since ' || to_char(a.xact_start, 'HH24:MI'))) END AS text
                  FROM chain c LEFT JOIN pg_stat_activity a ON a.pid = c.pid
                  WHERE cardinality(pg_blocking_pids(c.pid)) = 0
                    AND a.application_name IS DISTINCT FROM current_setting('application_name')
                )
                SELECT coalesce(
                         (SELECT string_agg(DISTINCT CASE n.nspname WHEN 'studbook' THEN 'studbook.' ELSE '' END || c.relname, ', ')
                          FROM waiting JOIN pg_locks l USING (pid) JOIN pg_class c ON c.oid = l.relation
                            JOIN pg_namespace n ON n.oid = c.relnamespace
                          WHERE NOT l.granted OR l.locktype = 'tuple'), 'a row')
                       || ' is locked by ' || string_agg(text, ', ')
                FROM holder HAVING count(*) > 0
                """)
            .mapTo(String.class)
            .findOne());
  }
}

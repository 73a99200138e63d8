package studbook.store.finding;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Update;
import studbook.store.database.ColumnArrays;
import studbook.store.database.ShortTransaction;

/**
 * Records checks of the pedigrees and what a person accepted. Each call is one transaction; checks
 * are recorded one after the other. Safe for many threads.
 */
public final class FindingRepository {

  private static final int BATCH = 5_000;
  private static final int FETCHED = 10_000;

  private final Jdbi jdbi;

  public FindingRepository(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** An open finding; of its texts only a hash is kept, since there may be millions. */
  private record OpenFinding(String rule, UUID content) {

    static UUID content(String severity, String detail) {
      return UUID.nameUUIDFromBytes((severity + ' ' + detail).getBytes(StandardCharsets.UTF_8));
    }

    boolean isSame(FoundFault fault) {
      return content.equals(content(fault.severity().toString(), fault.detail()));
    }
  }

  private record RecordedCheck(long id, Instant at) {}

  /**
   * Stores the difference from the open findings: new ones, those with another severity or detail,
   * and as closed those that the same rules found before. Findings of other rules stay as they are.
   * If the reply is lost, the check may be recorded; the next one then compares with it.
   *
   * @param rules that were checked
   * @param found read once; of a finding that is repeated, the first counts. They are written in
   *     portions and not held, so they may be made while they are read
   */
  public CheckComparison record(
      long horses, List<String> rules, Stream<FoundFault> found, long linksLeftOut) {
    return ShortTransaction.in(
        jdbi,
        handle -> {
          handle.execute("LOCK TABLE studbook.finding IN SHARE ROW EXCLUSIVE MODE");
          Optional<Instant> previous = latest(handle);
          RecordedCheck check = insert(handle, horses, rules, linksLeftOut);
          Map<UUID, OpenFinding> open = open(handle, rules);
          Map<String, Long> added = write(handle, found, open, check.id());
          close(handle, List.copyOf(open.keySet()), check.id());
          return new CheckComparison(
              check.id(),
              check.at(),
              previous,
              added,
              open.values().stream().collect(groupingBy(OpenFinding::rule, counting())));
        });
  }

  /**
   * Writes what is new or has changed; returns the number of new findings of each rule.
   *
   * @param open the findings that are found again are removed
   */
  private static Map<String, Long> write(
      Handle handle, Stream<FoundFault> found, Map<UUID, OpenFinding> open, long check) {
    Map<String, Long> added = new HashMap<>();
    Set<UUID> seen = new HashSet<>();
    List<FoundFault> portion = new ArrayList<>();
    found.forEachOrdered(fault -> {
      UUID key = fault.key();
      if (seen.add(key)) {
        OpenFinding before = open.remove(key);
        if (before == null) {
          added.merge(fault.rule(), 1L, Long::sum);
        }
        if (before == null || !before.isSame(fault)) {
          portion.add(fault);
        }
        if (portion.size() == BATCH) {
          write(handle, portion, check);
          portion.clear();
        }
      }
    });
    write(handle, portion, check);
    return Map.copyOf(added);
  }

  private static Optional<Instant> latest(Handle handle) {
    return handle
        .createQuery(
            "SELECT checked_at FROM studbook.pedigree_check ORDER BY check_id DESC LIMIT 1")
        .mapTo(OffsetDateTime.class)
        .findOne()
        .map(OffsetDateTime::toInstant);
  }

  private static RecordedCheck insert(
      Handle handle, long horses, List<String> rules, long linksLeftOut) {
    return handle
        .createQuery(
            """
            INSERT INTO studbook.pedigree_check (horses, rules, links_left_out)
            VALUES (:horses, :rules, :linksLeftOut)
            RETURNING check_id, checked_at
            """)
        .bind("horses", horses)
        .bindArray("rules", String.class, rules)
        .bind("linksLeftOut", linksLeftOut)
        .map((row, _) ->
            new RecordedCheck(
                row.getLong("check_id"),
                row.getObject("checked_at", OffsetDateTime.class).toInstant()))
        .one();
  }

  private static Map<UUID, OpenFinding> open(Handle handle, List<String> rules) {
    Map<UUID, OpenFinding> open = new HashMap<>();
    Map<String, String> names = rules.stream().collect(toMap(rule -> rule, rule -> rule));
    handle
        .createQuery(
            """
            SELECT finding_key, rule, severity, studbook.to_utf8(detail) AS detail
            FROM studbook.finding WHERE closed_check IS NULL AND rule = ANY (:rules)
            """)
        .bindArray("rules", String.class, rules)
        .setFetchSize(FETCHED)
        .scanResultSet((rows, _) -> read(rows.get(), names, open));
    return open;
  }

  /**
   * Reads the rows.
   *
   * @param names of the rules, so that each is one object
   */
  private static boolean read(
      ResultSet rows, Map<String, String> names, Map<UUID, OpenFinding> open) throws SQLException {
    while (rows.next()) {
      String rule = rows.getString("rule");
      open.put(
          rows.getObject("finding_key", UUID.class),
          new OpenFinding(
              names.getOrDefault(rule, rule),
              OpenFinding.content(rows.getString("severity"), rows.getString("detail"))));
    }
    return true;
  }

  /** A finding that was closed is opened again; one that a person accepted stays so. */
  private static void write(Handle handle, List<FoundFault> faults, long check) {
    if (faults.isEmpty()) {
      return;
    }
    Update update =
        handle
            .createUpdate(
                """
                INSERT INTO studbook.finding AS f (finding_key, rule, severity, horse_ids, qualifier, detail, opened_check)
                SELECT found.key::uuid, found.rule, found.severity, string_to_array(found.horses, E'\\n'), found.qualifier,
                       found.detail, :check
                FROM unnest(:keys, :rules, :severities, :horses, :qualifiers, :details)
                  AS found(key, rule, severity, horses, qualifier, detail)
                ON CONFLICT (finding_key) DO UPDATE SET
                  severity = EXCLUDED.severity,
                  horse_ids = EXCLUDED.horse_ids,
                  detail = EXCLUDED.detail,
                  opened_check = CASE WHEN f.closed_check IS NULL THEN f.opened_check ELSE EXCLUDED.opened_check END,
                  closed_check = NULL,
                  accepted_at = CASE WHEN array_position(ARRAY['note', 'warning', 'error'], EXCLUDED.severity)
                    <= array_position(ARRAY['note', 'warning', 'error'], f.severity) THEN f.accepted_at END
                """)
            .bind("check", check);
    ColumnArrays<FoundFault> columns = new ColumnArrays<>(update, faults);
    columns.text("keys", fault -> fault.key().toString());
    columns.text("rules", FoundFault::rule);
    columns.text("severities", fault -> fault.severity().toString());
    columns.text("horses", fault -> String.join("\n", fault.horses()));
    columns.text("qualifiers", FoundFault::qualifier);
    columns.text("details", FoundFault::detail);
    update.execute();
  }

  private static void close(Handle handle, List<UUID> gone, long check) {
    for (int from = 0; from < gone.size(); from += BATCH) {
      Update update =
          handle
              .createUpdate(
                  """
                  UPDATE studbook.finding SET closed_check = :check WHERE finding_key = ANY (:keys::uuid[])
                  """)
              .bind("check", check);
      new ColumnArrays<>(update, gone.subList(from, Math.min(gone.size(), from + BATCH)))
          .text("keys", UUID::toString);
      update.execute();
    }
  }

  /**
   * Accepts open findings, or withdraws that. Repeating it changes nothing.
   *
   * @return those that are open, and so decided
   */
  public List<Long> accept(List<Long> ids, boolean accepted) {
    return jdbi.inTransaction(handle ->
        handle
            .createQuery(
                """
                UPDATE studbook.finding
                SET accepted_at = CASE WHEN :accepted THEN COALESCE(accepted_at, clock_timestamp()) END
                WHERE finding_id = ANY (:ids) AND closed_check IS NULL
                RETURNING finding_id
                """)
            .bindArray("ids", Long.class, ids)
            .bind("accepted", accepted)
            .mapTo(Long.class)
            .list());
  }
}

package studbook.store.racecard;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Update;
import studbook.model.HorseId;
import studbook.model.RawProfile;
import studbook.model.RawProfile.RawParent;
import studbook.store.database.ColumnArrays;
import studbook.store.table.IncompleteHorses;
import studbook.store.work.Lease;

/**
 * Profiles of runners that no run needed when their racecard was read, so that a horse imported
 * later costs no request. Safe for many threads.
 */
public final class CachedProfileRepository {

  private final Jdbi jdbi;

  public CachedProfileRepository(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * Pending horses of a run with a cached profile, in the order of their ids.
   *
   * @param after the last id of the previous batch
   */
  public List<CachedProfile> pending(long run, Optional<HorseId> after, int limit) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT c.*
                FROM studbook.cached_profile c
                CROSS JOIN LATERAL (
                  SELECT FROM studbook.work_item
                  WHERE run_id = :run AND horse_id = c.horse_id AND state = 'pending' OFFSET 0) i
                WHERE c.horse_id > :after
                ORDER BY c.horse_id LIMIT :limit
                """)
            .bind("run", run)
            .bind("after", after.map(HorseId::text).orElse(""))
            .bind("limit", limit)
            .map((row, context) -> known(row))
            .list());
  }

  private static CachedProfile known(ResultSet row) throws SQLException {
    return new CachedProfile(
        new HorseId(row.getString("horse_id")),
        new RawProfile(
            row.getString("name"),
            row.getString("dob"),
            row.getString("sex"),
            row.getString("sex_code"),
            row.getString("colour"),
            row.getString("colour_code"),
            row.getString("breeder"),
            new RawParent(row.getString("sire_id"), row.getString("sire")),
            new RawParent(row.getString("dam_id"), row.getString("dam")),
            new RawParent(row.getString("damsire_id"), row.getString("damsire"))));
  }

  /** All pending horses with a cached profile have been processed. */
  public void close(Lease lease) {
    jdbi.useHandle(handle ->
        handle.execute(
            """
            UPDATE studbook.chunk SET open = false
            WHERE run_id = ? AND chunk_no = ? AND fencing_token = ?
            """,
            lease.run(),
            lease.chunk(),
            lease.token()));
  }

  /**
   * Caches runners of a day that {@code run} does not need and that lack a field in the user's
   * tables or are not in them; the newest day of each.
   */
  static void cache(Handle handle, long run, LocalDate day, List<CachedProfile> runners) {
    if (runners.isEmpty()) {
      return;
    }
    Update update =
        handle.createUpdate(
            """
            INSERT INTO studbook.cached_profile AS c
              (horse_id, racecard_date, name, dob, sex, sex_code, colour, colour_code, breeder,
               sire_id, sire, dam_id, dam, damsire_id, damsire)
            SELECT g.horse_id, :racecardDate, g.name, g.dob, g.sex, g.sex_code, g.colour, g.colour_code, g.breeder,
                   g.sire_id, g.sire, g.dam_id, g.dam, g.damsire_id, g.damsire
            FROM unnest(:horse_ids, :names, :dobs, :sexes, :sex_codes, :colours, :colour_codes, :breeders,
                        :sire_ids, :sires, :dam_ids, :dams, :damsire_ids, :damsires)
              AS g(horse_id, name, dob, sex, sex_code, colour, colour_code, breeder,
                   sire_id, sire, dam_id, dam, damsire_id, damsire)
            WHERE NOT ( -- by keys: a join would read whole tables for every day
                g.horse_id IN (SELECT h.horse_id FROM ra_horses h WHERE h.horse_id = ANY (:horse_ids) AND %s)
                AND g.horse_id IN (SELECT p.horse_id FROM ra_horse_pedigree p WHERE p.horse_id = ANY (:horse_ids) AND %s))
              AND NOT EXISTS (
                SELECT FROM studbook.work_item i WHERE i.run_id = :run AND i.horse_id = g.horse_id OFFSET 0)
              AND g.horse_id NOT IN (
                SELECT n.horse_id FROM studbook.cached_profile n
                WHERE n.horse_id = ANY (:horse_ids) AND n.racecard_date >= :racecardDate)
            ORDER BY g.horse_id -- all writers lock in this order
            ON CONFLICT (horse_id) DO UPDATE SET
              racecard_date = EXCLUDED.racecard_date, name = EXCLUDED.name, dob = EXCLUDED.dob, sex = EXCLUDED.sex,
              sex_code = EXCLUDED.sex_code, colour = EXCLUDED.colour, colour_code = EXCLUDED.colour_code,
              breeder = EXCLUDED.breeder, sire_id = EXCLUDED.sire_id, sire = EXCLUDED.sire, dam_id = EXCLUDED.dam_id,
              dam = EXCLUDED.dam, damsire_id = EXCLUDED.damsire_id, damsire = EXCLUDED.damsire
            WHERE c.racecard_date < EXCLUDED.racecard_date
            """
                .formatted(
                    IncompleteHorses.isHorseComplete("h"),
                    IncompleteHorses.isPedigreeComplete("p")));
    update.bind("run", run).bind("racecardDate", day);
    ColumnArrays<CachedProfile> horses = new ColumnArrays<>(update, runners);
    horses.text("horse_ids", runner -> runner.horse().text());
    bind(horses.part(CachedProfile::profile));
    update.execute();
  }

  private static void bind(ColumnArrays<RawProfile> profiles) {
    profiles.text("names", RawProfile::name);
    profiles.text("dobs", RawProfile::dob);
    profiles.text("sexes", RawProfile::sex);
    profiles.text("sex_codes", RawProfile::sexCode);
    profiles.text("colours", RawProfile::colour);
    profiles.text("colour_codes", RawProfile::colourCode);
    profiles.text("breeders", RawProfile::breeder);
    bind("sire", profiles.part(RawProfile::sire));
    bind("dam", profiles.part(RawProfile::dam));
    bind("damsire", profiles.part(RawProfile::damsire));
  }

  private static void bind(String role, ColumnArrays<RawParent> parents) {
    parents.text(role + "_ids", RawParent::id);
    parents.text(role + "s", RawParent::name);
  }
}

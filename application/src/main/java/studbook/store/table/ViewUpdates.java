package studbook.store.table;

import java.util.Optional;
import org.jdbi.v3.core.Handle;
import studbook.store.error.StoreException;

/**
 * Whether PostgreSQL passes writes on to the tables behind views. It does not say so before a
 * write, and then with an SQLSTATE that stands for an unavailable database, too. Valid as long as
 * the handle.
 */
public final class ViewUpdates {

  private static final int UPDATE = 4;
  private static final int INSERT = 8;

  private final Handle handle;

  public ViewUpdates(Handle handle) {
    this.handle = handle;
  }

  /**
   * Checks that existing horses can be filled.
   *
   * @throws StoreException with the view at fault
   */
  public void requireFillable() {
    require("ra_horses", UPDATE, true);
    require("ra_horse_pedigree", UPDATE | INSERT, false);
    commonTable()
        .ifPresent(table -> {
          throw new StoreException(
              "the views ra_horses and ra_horse_pedigree are of the same table, %s, and one statement writes both: put the pedigrees into a table of their own (docs/your-tables.md)"
                  .formatted(table));
        });
  }

  /**
   * Checks that new horses can be inserted.
   *
   * @throws StoreException with the view at fault
   */
  public void requireInsertable() {
    require("ra_horses", INSERT, false);
    require("ra_horse_pedigree", INSERT, false);
  }

  /**
   * @param events as bits of pg_relation_is_updatable()
   * @param triggers whether INSTEAD OF triggers can do it; not those of INSERT … ON CONFLICT
   */
  private void require(String view, int events, boolean triggers) {
    boolean refused =
        handle
            .createQuery(
                """
                SELECT EXISTS (
                  SELECT FROM pg_class c
                  WHERE c.oid = to_regclass(:view) AND c.relkind IN ('v', 'm')
                    AND (pg_relation_is_updatable(c.oid, :triggers) & :events <> :events
                      OR NOT :triggers AND EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgtype & 64 <> 0)))
                """)
            .bind("view", view)
            .bind("triggers", triggers)
            .bind("events", events)
            .mapTo(Boolean.class)
            .one();
    if (refused) {
      throw new StoreException(
          "the view %s cannot be written: its SELECT must read one table, without JOIN, GROUP BY, DISTINCT, UNION, LIMIT and aggregates%s (docs/your-tables.md)"
              .formatted(view, triggers ? "" : ", and it must have no INSTEAD OF trigger"));
    }
  }

  /** The table that is the only one behind both views. */
  private Optional<String> commonTable() {
    return handle
        .createQuery(
            """
            SELECT min(d.refobjid::regclass::text)
            FROM pg_rewrite w JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid
            WHERE w.ev_class IN (to_regclass('ra_horses'), to_regclass('ra_horse_pedigree')) AND w.ev_type = '1'
              AND d.refclassid = 'pg_class'::regclass AND d.refobjid <> w.ev_class
            HAVING count(DISTINCT w.ev_class) = 2 AND count(DISTINCT d.refobjid) = 1
            """)
        .mapTo(String.class)
        .findOne();
  }
}

package studbook.store.table;

import java.util.List;
import org.jdbi.v3.core.Handle;
import studbook.store.error.StoreException;

/**
 * Row level security for this database user: if no policy applies, PostgreSQL shows no row and
 * raises no error. Looks through views, with the permissions of the view's owner as PostgreSQL
 * does. Valid as long as the handle.
 */
public final class RowSecurity {

  /**
   * The tables that are :table, or behind the view of that name, and are guarded against the role
   * that reads them. The conditions are those of PostgreSQL's check_enable_rls().
   */
  private static final String GUARDED =
      """
      WITH RECURSIVE relation AS (
        SELECT c.oid, r.oid AS role
        FROM pg_class c JOIN pg_roles r ON r.rolname = current_user
        WHERE c.oid = to_regclass(:table)
        UNION
        SELECT d.refobjid,
               CASE WHEN v.reloptions && ARRAY['security_invoker=true', 'security_invoker=on', 'security_invoker=1']
                    THEN relation.role ELSE v.relowner END
        FROM relation
        JOIN pg_class v ON v.oid = relation.oid AND v.relkind = 'v'
        JOIN pg_rewrite w ON w.ev_class = v.oid AND w.ev_type = '1'
        JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid
          AND d.refclassid = 'pg_class'::regclass AND d.refobjid <> v.oid
      ), guarded AS (
        SELECT c.oid, c.relname, relation.role, r.rolname
        FROM relation JOIN pg_class c ON c.oid = relation.oid JOIN pg_roles r ON r.oid = relation.role
        WHERE c.relrowsecurity AND NOT r.rolsuper AND NOT r.rolbypassrls
          AND (c.relforcerowsecurity OR NOT pg_has_role(r.oid, c.relowner, 'USAGE'))
      )
      """;

  private final Handle handle;

  public RowSecurity(Handle handle) {
    this.handle = handle;
  }

  private record PolicyGap(String table, String role, String command) {

    String remedy() {
      String rows =
          switch (command) {
            case "INSERT" -> "WITH CHECK (true)";
            default -> "USING (true)";
          };
      return "CREATE POLICY %s ON %s FOR %s TO %s %s;"
          .formatted(
              "studbook_" + command.toLowerCase(java.util.Locale.ROOT), table, command, role, rows);
    }
  }

  /**
   * Checks that a policy covers each of {@code commands} if row level security is active.
   *
   * @throws StoreException with the missing policies as statements to run
   */
  public void requirePolicies(String table, List<String> commands) {
    List<PolicyGap> gaps = gaps(table, commands);
    if (!gaps.isEmpty()) {
      PolicyGap gap = gaps.getFirst();
      throw new StoreException(
          "row level security is on for %s, and no policy lets the database user %s %s its rows: as the owner run %s or use a role with BYPASSRLS"
              .formatted(
                  gap.table(),
                  gap.role(),
                  String.join(" or ", gaps.stream().map(PolicyGap::command).distinct().toList()),
                  String.join(" ", gaps.stream().map(PolicyGap::remedy).toList())));
    }
  }

  private List<PolicyGap> gaps(String table, List<String> commands) {
    return handle
        .createQuery(
            """
            %s
            SELECT quote_ident(g.relname) AS relname, quote_ident(g.rolname) AS rolname, command.name AS command
            FROM guarded g
            CROSS JOIN unnest(ARRAY['SELECT', 'INSERT', 'UPDATE'], ARRAY['r', 'a', 'w']) AS command (name, code)
            WHERE command.name = ANY (:commands) AND NOT EXISTS (
              SELECT FROM pg_policy p
              WHERE p.polrelid = g.oid AND p.polpermissive AND p.polcmd::text IN (command.code, '*')
                AND EXISTS (SELECT FROM unnest(p.polroles) AS to_role (oid)
                            WHERE to_role.oid = 0 OR pg_has_role(g.role, to_role.oid, 'USAGE')))
            ORDER BY g.relname, command.name DESC
            """
                .formatted(GUARDED))
        .bind("table", table)
        .bindArray("commands", String.class, commands)
        .map((row, context) ->
            new PolicyGap(
                row.getString("relname"), row.getString("rolname"), row.getString("command")))
        .list();
  }

  /** Whether row level security may hide rows of {@code table} from this user. */
  public boolean isActive(String table) {
    return handle
        .createQuery("%s SELECT EXISTS (SELECT FROM guarded)".formatted(GUARDED))
        .bind("table", table)
        .mapTo(Boolean.class)
        .one();
  }

  /**
   * Rows of the guarded tables as estimated by PostgreSQL's statistics, regardless of policies. The
   * live rows are used only before the first ANALYZE: they count rows twice that were inserted
   * before it and reported after it.
   */
  public long estimatedRows(String table) {
    return handle
        .createQuery(
            """
            %s
            SELECT COALESCE(sum(CASE WHEN c.reltuples > 0 THEN c.reltuples ELSE pg_stat_get_live_tuples(c.oid) END), 0)::bigint
            FROM pg_class c
            WHERE c.relkind = 'r' AND c.oid IN (
              SELECT oid FROM guarded UNION SELECT part.relid FROM guarded g, pg_partition_tree(g.oid) part)
            """
                .formatted(GUARDED))
        .bind("table", table)
        .mapTo(Long.class)
        .one();
  }
}

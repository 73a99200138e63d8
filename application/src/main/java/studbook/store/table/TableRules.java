package studbook.store.table;

/** The rules that can reject a row of the user's tables. */
public final class TableRules {

  /**
   * A value that changes with the columns, constraints, triggers and policies of the two tables: a
   * rejected row may be accepted afterwards. NULL if there is none.
   */
  public static final String FINGERPRINT =
      """
      (SELECT md5(string_agg(rule, ' ' ORDER BY rule))::uuid
       FROM (VALUES (to_regclass('ra_horses')), (to_regclass('ra_horse_pedigree'))) t (id),
            LATERAL (
              SELECT 'column ' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || ' ' || a.attnotnull
              FROM pg_attribute a WHERE a.attrelid = t.id AND a.attnum > 0 AND NOT a.attisdropped
              UNION ALL
              SELECT 'constraint ' || pg_get_constraintdef(c.oid) FROM pg_constraint c
              WHERE c.conrelid = t.id
                 OR c.contypid IN (SELECT a.atttypid FROM pg_attribute a WHERE a.attrelid = t.id AND a.attnum > 0)
              UNION ALL
              SELECT 'trigger ' || pg_get_triggerdef(g.oid) || g.tgenabled::text || p.prosrc
              FROM pg_trigger g JOIN pg_proc p ON p.oid = g.tgfoid WHERE g.tgrelid = t.id AND NOT g.tgisinternal
              UNION ALL
              SELECT 'policy ' || l.polname || COALESCE(pg_get_expr(l.polqual, l.polrelid), '')
                     || COALESCE(pg_get_expr(l.polwithcheck, l.polrelid), '')
              FROM pg_policy l WHERE l.polrelid = t.id
            ) rules (rule))
      """;

  private TableRules() {}
}

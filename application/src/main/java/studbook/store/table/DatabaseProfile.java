package studbook.store.table;

import org.jdbi.v3.core.Jdbi;

/**
 * The database and the role that reads it.
 *
 * @param schema of ra_horses
 * @param version of the server, as reported
 */
public record DatabaseProfile(
    String role, RowSecurityMode rowSecurity, String schema, String version) {

  /** How row level security of ra_horses applies to the role. */
  public enum RowSecurityMode {
    NONE(""),
    BYPASSED(" (bypasses row security)"),
    ACTIVE(" (under row security)");

    private final String text;

    RowSecurityMode(String text) {
      this.text = text;
    }

    /** For people, after the role's name. */
    public String text() {
      return text;
    }
  }

  /** Queries the database. */
  public static DatabaseProfile read(Jdbi jdbi) {
    return jdbi.withHandle(handle -> {
      boolean active = new RowSecurity(handle).isActive("ra_horses");
      return handle
          .createQuery(
              """
              SELECT current_user AS role, r.rolsuper OR r.rolbypassrls AS bypasses,
                     (SELECT n.nspname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                      WHERE c.oid = to_regclass('ra_horses')) AS schema,
                     split_part(current_setting('server_version'), ' ', 1) AS version
              FROM pg_roles r WHERE r.rolname = current_user
              """)
          .map((row, context) ->
              new DatabaseProfile(
                  row.getString("role"),
                  active
                      ? RowSecurityMode.ACTIVE
                      : row.getBoolean("bypasses")
                          ? RowSecurityMode.BYPASSED
                          : RowSecurityMode.NONE,
                  row.getString("schema"),
                  row.getString("version")))
          .one();
    });
  }
}

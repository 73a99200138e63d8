package studbook.faults.environment;

/** A database user without superuser rights; closing drops it and its objects. */
public final class LimitedRole implements AutoCloseable {

  private static final String PASSWORD = "pass-of-the-limited";

  private final FaultTestEnvironment yard;
  private final String name;

  private LimitedRole(FaultTestEnvironment yard, String name) {
    this.yard = yard;
    this.name = name;
  }

  public static LimitedRole in(FaultTestEnvironment yard) {
    LimitedRole role = new LimitedRole(yard, "limited_" + yard.database.database());
    yard.sql("CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(role.name, PASSWORD));
    yard.sql("GRANT CREATE ON DATABASE %s TO %s".formatted(yard.database.database(), role.name));
    yard.sql("GRANT SELECT, INSERT, UPDATE ON ra_horses, ra_horse_pedigree TO " + role.name);
    return role;
  }

  public String name() {
    return name;
  }

  public DatabaseLocation place() {
    return yard.database.as(name, PASSWORD);
  }

  @Override
  public void close() {
    yard.jdbi()
        .useHandle(handle -> {
          handle
              .select(
                  "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = ?", name)
              .mapTo(Boolean.class)
              .list();
          handle.execute("DROP OWNED BY %s CASCADE".formatted(name));
          handle.execute("DROP ROLE " + name);
        });
  }
}

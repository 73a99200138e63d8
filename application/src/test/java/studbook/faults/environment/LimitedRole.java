package studbook.faults.environment;

/** A database user without superuser rights; closing drops it and its objects. */
public final class LimitedRole implements AutoCloseable {

  private static final String PASSWORD = "pass-of-the-limited";

  private final FaultTestEnvironment environment;
  private final String name;

  private LimitedRole(FaultTestEnvironment environment, String name) {
    this.environment = environment;
    this.name = name;
  }

  public static LimitedRole in(FaultTestEnvironment environment) {
    LimitedRole role = new LimitedRole(environment, "limited_" + environment.database.database());
    environment.sql("CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(role.name, PASSWORD));
    environment.sql(
        "GRANT CREATE ON DATABASE %s TO %s".formatted(environment.database.database(), role.name));
    environment.sql("GRANT SELECT, INSERT, UPDATE ON ra_horses, ra_horse_pedigree TO " + role.name);
    return role;
  }

  public String name() {
    return name;
  }

  public DatabaseLocation place() {
    return environment.database.as(name, PASSWORD);
  }

  @Override
  public void close() {
    environment
        .jdbi()
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

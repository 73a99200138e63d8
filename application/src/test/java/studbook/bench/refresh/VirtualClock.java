package studbook.bench.refresh;

import java.time.Instant;
import org.jdbi.v3.core.Jdbi;

/**
 * The database's clock, as statements see it whose connection searches {@link #SCHEMA} before
 * PostgreSQL's own functions: it stays where it was set.
 */
record VirtualClock(Jdbi jdbi) {

  private static final String SCHEMA = "virtual_clock";

  /** The search path of connections that see this clock. */
  static final String SEARCH_PATH = SCHEMA + ",public,pg_catalog";

  void set(Instant now) {
    jdbi.useHandle(handle -> {
      handle.execute("CREATE SCHEMA IF NOT EXISTS " + SCHEMA);
      handle.execute(
          """
          CREATE OR REPLACE FUNCTION %s.clock_timestamp() RETURNS timestamptz
          LANGUAGE sql IMMUTABLE AS $$ SELECT timestamptz '%s' $$
          """
              .formatted(SCHEMA, now));
    });
  }

  void remove() {
    jdbi.useHandle(handle -> handle.execute("DROP SCHEMA IF EXISTS " + SCHEMA + " CASCADE"));
  }
}

package studbook.store.work;

import java.time.Duration;

/** When leases expire and processes count as dead, by the database's clock. */
public final class LeaseConfig {

  /** Each process sends one heartbeat per interval; it renews the process's leases. */
  public static final Duration HEARTBEAT_INTERVAL = Duration.ofSeconds(5);

  /** A lease expires when three heartbeats in a row are missing. */
  public static final Duration LEASE = HEARTBEAT_INTERVAL.multipliedBy(3);

  /** A process on another machine counts as dead when six heartbeats in a row are missing. */
  public static final Duration DEAD_AFTER = HEARTBEAT_INTERVAL.multipliedBy(6);

  private LeaseConfig() {}
}

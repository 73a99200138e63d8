package studbook.store.statistics;

import java.util.Locale;

/** What limits the throughput of a run at a moment. */
public enum Bottleneck {
  STARTING("the start-up"),
  /** The account's limit: the desired state. */
  RATE_LIMIT("the rate limit"),
  /** The account's limit, reduced because the API answered 429 repeatedly. */
  REDUCED_RATE_LIMIT("the reduced rate limit"),
  /** All connections wait for responses. */
  API_LATENCY("API latency"),
  /** Responses arrive faster than the database commits them. */
  DATABASE("slow database writes"),
  PAUSED("the pause"),
  /** A process waits after failed requests; the run itself is not paused. */
  FAILED_REQUESTS("a wait after failed requests"),
  LAST_RESPONSES("the last responses; nothing else can be requested now"),
  RETRIES("retries that are not due yet"),
  NO_FREE_WORK("all remaining work is in progress");

  private final String description;

  Bottleneck(String description) {
    this.description = description;
  }

  /** For people: {@code limited by ...}. */
  public String description() {
    return description;
  }

  /** As the database and JSON spell it. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Bottleneck of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}

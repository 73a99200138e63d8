package studbook.simulator.http;

import java.util.Locale;

/** What a request asks for. */
public enum Endpoint {
  PRO(Lane.HORSES),
  STANDARD(Lane.HORSES),
  RACECARDS(Lane.RACECARDS),
  /** Anything else; it counts against the limit as a request for a horse does. */
  OTHER(Lane.HORSES);

  private final Lane lane;

  Endpoint(Lane lane) {
    this.lane = lane;
  }

  public Lane lane() {
    return lane;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}

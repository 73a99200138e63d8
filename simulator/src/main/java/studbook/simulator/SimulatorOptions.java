package studbook.simulator;

import java.util.OptionalDouble;
import studbook.simulator.fault.FaultProfile;

/**
 * How a simulated API behaves.
 *
 * @param port 0 for a free one
 * @param rate requests a second of the whole account, or of profiles alone if racecards have a rate
 *     of their own; {@link #UNLIMITED} is no limit
 * @param seed decides latencies, faults and racecards
 */
public record SimulatorOptions(
    int port,
    String username,
    String password,
    double rate,
    OptionalDouble racecardsRate,
    Latency latency,
    FaultProfile faults,
    long seed) {

  public static final double UNLIMITED = Double.POSITIVE_INFINITY;

  public SimulatorOptions {
    if (!(rate > 0) || racecardsRate.orElse(UNLIMITED) <= 0) {
      throw new IllegalArgumentException("a rate is above 0 requests a second");
    }
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("not a port from 0 to 65535: " + port);
    }
    if (username.contains(":")) {
      throw new IllegalArgumentException("a user name of Basic authentication has no colon");
    }
  }

  /** A free port, no limit, no latency, no faults, seed 1. */
  public static SimulatorOptions unlimited(String username, String password) {
    return new SimulatorOptions(
        0,
        username,
        password,
        UNLIMITED,
        OptionalDouble.empty(),
        Latency.NONE,
        FaultProfile.NONE,
        1);
  }

  public SimulatorOptions withPort(int changed) {
    return new SimulatorOptions(
        changed, username, password, rate, racecardsRate, latency, faults, seed);
  }

  public SimulatorOptions withRate(double changed) {
    return new SimulatorOptions(
        port, username, password, changed, racecardsRate, latency, faults, seed);
  }

  public SimulatorOptions withRacecardsRate(double changed) {
    return new SimulatorOptions(
        port, username, password, rate, OptionalDouble.of(changed), latency, faults, seed);
  }

  public SimulatorOptions withLatency(Latency changed) {
    return new SimulatorOptions(
        port, username, password, rate, racecardsRate, changed, faults, seed);
  }

  public SimulatorOptions withFaults(FaultProfile changed) {
    return new SimulatorOptions(
        port, username, password, rate, racecardsRate, latency, changed, seed);
  }

  public SimulatorOptions withSeed(long changed) {
    return new SimulatorOptions(
        port, username, password, rate, racecardsRate, latency, faults, changed);
  }

  /** All options except the credentials. */
  @Override
  public String toString() {
    return "port %d, rate %s, racecards %s, latency %s, faults %s, seed %d"
        .formatted(port, rate, racecardsRate, latency, faults, seed);
  }
}

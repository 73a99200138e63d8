package studbook.simulator.fault;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import studbook.simulator.fault.FaultProfile.FaultShare;
import studbook.simulator.fault.SimulatedFault.FaultType;
import studbook.simulator.fault.SimulatedFault.StatusFault;

/** Parses faults as written on a command line. */
final class FaultParser {

  /** A comma that begins an entry; those of an HTTP date do not. */
  private static final String BETWEEN_ENTRIES = ",(?=\\s*[A-Za-z0-9-]+:)";

  private static final String RETRY_AFTER = "retry-after";

  private FaultParser() {}

  static FaultProfile parse(String text) {
    List<FaultShare> faults = new ArrayList<>();
    List<String> retryAfter = List.of();
    if (text.isBlank()) {
      return FaultProfile.NONE;
    }
    for (String entry : text.split(BETWEEN_ENTRIES, -1)) {
      String[] parts = entry.strip().split(":", 3);
      if (parts[0].equals(RETRY_AFTER) && parts.length > 1) {
        retryAfter = headers(entry.strip().substring(RETRY_AFTER.length() + 1));
      } else {
        faults.add(fault(entry.strip(), parts));
      }
    }
    return new FaultProfile(faults, Integer.MAX_VALUE, retryAfter);
  }

  private static FaultShare fault(String entry, String[] parts) {
    if (parts.length < 2) {
      throw wrong(entry, "it needs a share, such as " + parts[0] + ":0.1");
    }
    List<String> retryAfter = parts.length == 3 ? headers(parts[2]) : List.of();
    SimulatedFault fault =
        misbehaviour(parts[0], retryAfter).orElseThrow(() -> wrong(entry, "unknown kind"));
    if (parts.length == 3 && fault instanceof FaultType) {
      throw wrong(entry, "only a status has a Retry-After");
    }
    try {
      return new FaultShare(fault, Double.parseDouble(parts[1]));
    } catch (NumberFormatException e) {
      throw wrong(entry, "not a number: " + parts[1]);
    } catch (IllegalArgumentException e) {
      throw wrong(entry, String.valueOf(e.getMessage()));
    }
  }

  private static Optional<SimulatedFault> misbehaviour(String kind, List<String> retryAfter) {
    if (kind.matches("[45][0-9]{2}")) {
      return Optional.of(new StatusFault(Integer.parseInt(kind), retryAfter));
    }
    return Arrays.stream(FaultType.values())
        .filter(fault -> fault.label().equals(kind))
        .map(SimulatedFault.class::cast)
        .findFirst();
  }

  private static List<String> headers(String text) {
    return List.of(text.split("\\|", -1));
  }

  private static IllegalArgumentException wrong(String entry, String reason) {
    String kinds =
        Stream.concat(
                Stream.of("a status from 400 to 599"),
                Arrays.stream(FaultType.values()).map(FaultType::label))
            .collect(Collectors.joining(", "));
    return new IllegalArgumentException(
        "fault '" + entry + "': " + reason + " (kinds: " + kinds + "; and " + RETRY_AFTER + ")");
  }
}

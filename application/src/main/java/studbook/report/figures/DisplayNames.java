package studbook.report.figures;

import java.util.Arrays;
import studbook.model.ErrorKind;
import studbook.model.HorseStatus;
import studbook.store.run.RunTimeline.RunActivity;

/** Names of statuses and error kinds for people. */
public final class DisplayNames {

  private DisplayNames() {}

  public static String of(RunActivity activity) {
    return switch (activity) {
      case WORKING -> "worked";
      case PAUSED -> "paused";
      case STOPPED -> "stopped";
      case DEAD -> "process died";
    };
  }

  public static String of(HorseStatus status) {
    return switch (status) {
      case PENDING -> "Pending";
      case ENRICHED -> "Enriched";
      case NO_DOB -> "Without date of birth";
      case BASIC -> "Basic profile only";
      case NOT_FOUND -> "Not found";
      case FAILED -> "Failed";
      case ALREADY_FILLED -> "Already filled";
      case MISSING -> "Missing (row deleted)";
    };
  }

  /** Of a status as in the tables. */
  public static String ofOutcome(String text) {
    return Arrays.stream(HorseStatus.values())
        .filter(status -> status.text().equals(text))
        .map(DisplayNames::of)
        .findFirst()
        .orElse(text);
  }

  public static String of(ErrorKind kind) {
    return switch (kind) {
      case TIMEOUT -> "No response in time";
      case CONNECTION -> "Connection failed";
      case SERVER_ERROR -> "Server error (5xx)";
      case MALFORMED -> "Malformed response";
      case WRONG_ID -> "Response for another horse";
      case TOO_LARGE -> "Response too large";
      case DATABASE_REJECTED -> "Rejected by the database";
      case THROTTLED -> "Rate limited (429)";
      case UNAUTHORISED -> "Credentials rejected";
      case REJECTED_VALUE -> "Invalid value skipped";
    };
  }
}

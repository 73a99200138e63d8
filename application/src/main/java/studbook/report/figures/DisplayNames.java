package studbook.report.figures;

import java.util.Arrays;
import studbook.model.ErrorKind;
import studbook.model.HorseStatus;
import studbook.store.run.RunTimeline;

/** What the ledger's words mean to a person. */
public final class DisplayNames {

  private DisplayNames() {}

  public static String of(RunTimeline.RunActivity doing) {
    return switch (doing) {
      case WORKING -> "worked";
      case PAUSED -> "paused";
      case STOPPED -> "stopped";
      case DEAD -> "no process";
    };
  }

  public static String of(HorseStatus state) {
    return switch (state) {
      case PENDING -> "Not asked yet";
      case ENRICHED -> "Enriched";
      case NO_DOB -> "Without date of birth";
      case BASIC -> "Basic profile only";
      case NOT_FOUND -> "Not found";
      case FAILED -> "Failed";
      case ALREADY_FILLED -> "Already filled";
      case MISSING -> "Deleted meanwhile";
    };
  }

  /** Of an outcome as the ledger spells it. */
  public static String ofOutcome(String text) {
    return Arrays.stream(HorseStatus.values())
        .filter(state -> state.text().equals(text))
        .map(DisplayNames::of)
        .findFirst()
        .orElse(text);
  }

  public static String of(ErrorKind kind) {
    return switch (kind) {
      case TIMEOUT -> "No answer in time";
      case CONNECTION -> "Connection failed";
      case SERVER_ERROR -> "Server error (5xx)";
      case MALFORMED -> "Answer could not be read";
      case WRONG_ID -> "Answer about another horse";
      case TOO_LARGE -> "Answer too large";
      case DATABASE_REJECTED -> "Refused by the database";
      case THROTTLED -> "Asked to wait (429)";
      case UNAUTHORISED -> "Credentials refused";
      case REJECTED_VALUE -> "Value left out";
    };
  }
}

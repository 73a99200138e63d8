package studbook.cli.progress;

import java.util.ArrayList;
import java.util.List;
import studbook.backfill.plan.BackfillPlan;
import studbook.backfill.plan.RequestEstimate;
import studbook.store.racecard.RacecardScanProgress;
import studbook.text.HumanFormat;

/** Text about racecards. */
public final class RacecardScanText {

  private RacecardScanText() {}

  /**
   * The requests of a plan: {@code 1,402 days of racecards, then about 62,500 profiles}, or why
   * there are no days.
   */
  static List<String> plan(BackfillPlan prospect) {
    RequestEstimate forecast = prospect.forecast();
    List<String> lines = new ArrayList<>();
    if (prospect.known() > 0) {
      lines.add(
          "Cached     %s from earlier racecards; no request needed"
              .formatted(HumanFormat.count(prospect.known(), "horse")));
    }
    String profiles = "about " + HumanFormat.count(forecast.profiles(), "profile");
    if (prospect.sweep().isEmpty()) {
      lines.add("Requests   " + profiles);
    } else {
      lines.add(
          "Requests   %s%s of racecards, then %s"
              .formatted(
                  forecast.daysRead() < forecast.days() ? "about " : "",
                  HumanFormat.count(forecast.daysRead(), "day"),
                  profiles));
    }
    if (prospect.outlook().toDo() > 0) {
      prospect.decision().ifPresent(decision -> lines.add("           " + decision));
    }
    return lines;
  }

  /** The result of a scan: {@code Racecards: 1,402 requests completed 50,131 horses; ...}. */
  public static List<String> summary(RacecardScanProgress sweep) {
    List<String> lines = new ArrayList<>();
    if (sweep.requests() > 0) {
      lines.add("Racecards: " + brought(sweep) + ".");
    }
    sweep.decision().ifPresent(decision -> lines.add(sentence(decision)));
    return lines;
  }

  /** For a progress line; empty if there is nothing to report. */
  static String progress(RacecardScanProgress sweep) {
    return sweep.left() == 0
        ? ""
        : " · racecards: %s, %s to read"
            .formatted(brought(sweep), HumanFormat.count(sweep.left(), "day"));
  }

  private static String brought(RacecardScanProgress sweep) {
    return "%s completed %s"
        .formatted(
            HumanFormat.count(sweep.requests(), "request"),
            HumanFormat.count(sweep.brought(), "horse"));
  }

  private static String sentence(String decision) {
    return Character.toUpperCase(decision.charAt(0)) + decision.substring(1) + ".";
  }
}

package studbook.cli.progress;

import static studbook.text.HumanFormat.count;

import java.util.ArrayList;
import java.util.List;
import studbook.backfill.plan.BackfillPlan;
import studbook.backfill.plan.RequestEstimate;
import studbook.store.racecard.RacecardScanProgress;

/** Text about racecards. */
public final class RacecardScanText {

  private RacecardScanText() {}

  /**
   * The requests of a plan: {@code 1,402 days of racecards, then about 62,500 profiles}, or why
   * there are no days.
   */
  static List<String> plan(BackfillPlan plan) {
    RequestEstimate estimate = plan.estimate();
    List<String> lines = new ArrayList<>();
    if (plan.known() > 0) {
      lines.add(
          "Cached     %s from earlier racecards; no request needed"
              .formatted(count(plan.known(), "horse")));
    }
    String profiles = "about " + count(estimate.profiles(), "profile");
    if (plan.scanDays().isEmpty()) {
      lines.add("Requests   " + profiles);
    } else {
      lines.add(
          "Requests   %s%s of racecards, then %s"
              .formatted(
                  estimate.daysRead() < estimate.days() ? "about " : "",
                  count(estimate.daysRead(), "day"),
                  profiles));
    }
    if (plan.counts().toDo() > 0) {
      plan.decision().ifPresent(decision -> lines.add("           " + decision));
    }
    return lines;
  }

  /** The result of a scan: {@code Racecards: 1,402 requests completed 50,131 horses; ...}. */
  public static List<String> summary(RacecardScanProgress scan) {
    List<String> lines = new ArrayList<>();
    if (scan.requests() > 0) {
      lines.add("Racecards: " + completed(scan) + ".");
    }
    scan.decision().ifPresent(decision -> lines.add(sentence(decision)));
    return lines;
  }

  /** For a progress line; empty if there is nothing to report. */
  static String progress(RacecardScanProgress scan) {
    return scan.left() == 0
        ? ""
        : " · racecards: %s, %s to read".formatted(completed(scan), count(scan.left(), "day"));
  }

  private static String completed(RacecardScanProgress scan) {
    return "%s completed %s"
        .formatted(count(scan.requests(), "request"), count(scan.completed(), "horse"));
  }

  private static String sentence(String decision) {
    return Character.toUpperCase(decision.charAt(0)) + decision.substring(1) + ".";
  }
}

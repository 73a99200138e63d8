package studbook.cli;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import studbook.backfill.Estimate;
import studbook.store.Census;
import studbook.store.Outlook;
import studbook.text.Words;
import studbook.time.Rate;

/** A plan as people read it. */
record PlanText(Outlook outlook, Rate rate, Clock clock) {

  List<String> lines() {
    Census census = outlook.census();
    long requests = Estimate.requests(outlook.toDo());
    List<String> lines = new ArrayList<>();
    lines.add(
        "Database   %s · %s enriched · %s to do"
            .formatted(
                Words.count(census.horses(), "horse"),
                Words.count(census.enriched()),
                Words.count(outlook.toDo())));
    lines.addAll(leftOut());
    lines.add(
        rate.isUnlimited()
            ? "Limit      none"
            : "Limit      %s requests/s for the account".formatted(plain(rate)));
    lines.add("Requests   about %s".formatted(Words.count(requests, "profile")));
    lines.add("Duration   " + duration(requests));
    return lines;
  }

  private List<String> leftOut() {
    List<String> lines = new ArrayList<>();
    leftOut(
        lines,
        outlook.settled(),
        "settled without a date of birth in the last 90 days (--include-settled asks again)");
    leftOut(lines, outlook.alreadyEnriched(), "of the ids file enriched already");
    leftOut(lines, outlook.missing(), "of the ids file not in ra_horses");
    leftOut(lines, outlook.noIds(), "with an id that is none of The Racing API (hrs_ and digits)");
    return lines;
  }

  private static void leftOut(List<String> lines, long horses, String why) {
    if (horses > 0) {
      lines.add("Left out   " + Words.count(horses) + " " + why);
    }
  }

  private String duration(long requests) {
    Optional<Duration> duration = Estimate.duration(requests, rate);
    return duration
        .map(time ->
            "about %s; started now it would be done at %s"
                .formatted(Words.duration(time), Words.moment(clock.instant().plus(time), clock)))
        .orElse("as fast as the API answers");
  }

  private static String plain(Rate rate) {
    return rate.toString().replace("/s", "");
  }
}

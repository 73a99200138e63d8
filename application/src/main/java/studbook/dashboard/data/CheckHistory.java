package studbook.dashboard.data;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import studbook.dashboard.page.HtmlFormat;
import studbook.quality.Check;
import studbook.quality.CheckResult;
import studbook.quality.Checks;
import studbook.quality.PercentFormat;
import studbook.store.statistics.CheckHistoryRepository.CheckCount;
import studbook.store.statistics.CheckHistoryRepository.StoredCheck;

/**
 * The figures of all checks after the newest runs.
 *
 * @param runs whose figures are shown as numbers, the oldest first
 * @param rows the checks that these runs have stored, in the order of the checks
 */
public record CheckHistory(List<CheckedRun> runs, List<CheckRow> rows) {

  /** Figures that a table has room for. */
  private static final int COLUMNS = 6;

  public CheckHistory {
    runs = List.copyOf(runs);
    rows = List.copyOf(rows);
  }

  /** A run and its end. */
  public record CheckedRun(long id, Instant at) {}

  /**
   * A check.
   *
   * @param figures for each of the runs that are shown as numbers; empty where none is stored
   * @param percents of all runs that have one, the oldest first
   */
  public record CheckRow(String title, List<Optional<CheckResult>> figures, List<Double> percents) {

    public static final int WIDTH = 120;
    public static final int HEIGHT = 24;
    private static final int MARGIN = 3;

    public CheckRow {
      figures = List.copyOf(figures);
      percents = List.copyOf(percents);
    }

    /** The line from the lowest to the highest figure; flat if nothing changed. */
    public String points() {
      double lowest = Collections.min(percents);
      double span = Collections.max(percents) - lowest;
      return IntStream.range(0, percents.size())
          .mapToObj(i -> {
            double x = MARGIN + (WIDTH - 2.0 * MARGIN) * i / (percents.size() - 1);
            double part = span == 0 ? 0.5 : (percents.get(i) - lowest) / span;
            double y = HEIGHT - MARGIN - (HEIGHT - 2.0 * MARGIN) * part;
            return HtmlFormat.coordinate(x) + "," + HtmlFormat.coordinate(y);
          })
          .collect(Collectors.joining(" "));
    }

    /** A sentence for readers who cannot see the line. */
    public String description() {
      return "%s over %d runs: first %s, last %s, lowest %s, highest %s"
          .formatted(
              title,
              percents.size(),
              PercentFormat.text(percents.getFirst()),
              PercentFormat.text(percents.getLast()),
              PercentFormat.text(Collections.min(percents)),
              PercentFormat.text(Collections.max(percents)));
    }
  }

  /**
   * Arranges stored counts.
   *
   * @param stored the oldest run first
   */
  static CheckHistory of(List<StoredCheck> stored) {
    List<CheckedRun> runs =
        stored.stream().map(one -> new CheckedRun(one.run(), one.at())).distinct().toList();
    List<CheckedRun> shown = runs.subList(Math.max(0, runs.size() - COLUMNS), runs.size());
    Map<String, List<StoredCheck>> byCheck =
        stored.stream()
            .collect(
                Collectors.groupingBy(one -> one.count().key(), TreeMap::new, Collectors.toList()));
    return new CheckHistory(
        shown,
        Stream.concat(Checks.ALL.stream(), Stream.of(Checks.REPEATED))
            .filter(check -> byCheck.containsKey(check.key()))
            .map(check -> row(check, byCheck.getOrDefault(check.key(), List.of()), shown))
            .toList());
  }

  private static CheckRow row(Check check, List<StoredCheck> stored, List<CheckedRun> shown) {
    Map<Long, CheckResult> results = new TreeMap<>();
    stored.stream()
        .filter(one -> one.count().rows() > 0)
        .forEach(one -> results.put(one.run(), result(check, one.count())));
    return new CheckRow(
        check.title(),
        shown.stream().map(run -> Optional.ofNullable(results.get(run.id()))).toList(),
        results.values().stream().map(CheckResult::percent).toList());
  }

  private static CheckResult result(Check check, CheckCount count) {
    return new CheckResult(check, count.faults(), count.rows(), List.of());
  }
}

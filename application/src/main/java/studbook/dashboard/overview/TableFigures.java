package studbook.dashboard.overview;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import studbook.dashboard.live.BackgroundFigures;
import studbook.store.statistics.MonitorQueries;
import studbook.store.table.ConfirmationAges;
import studbook.store.table.TableCounts;
import studbook.time.Ticker;

/** Figures that need a row of each horse. Safe for many threads. */
public final class TableFigures {

  private static final Logger log = LoggerFactory.getLogger(TableFigures.class);

  private static final Duration COUNTING_MAY_TAKE = Duration.ofSeconds(60);
  private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(2);

  private final MonitorQueries queries;
  private final Jdbi jdbi;
  private final BackgroundFigures<CountedTables> figures;

  /**
   * The figures.
   *
   * @param oldestConfirmation by group of horses; without groups that have no confirmed horse
   */
  public record CountedTables(TableCounts counts, Map<String, Duration> oldestConfirmation) {

    public CountedTables {
      oldestConfirmation = Map.copyOf(oldestConfirmation);
    }

    /** Of all groups; empty if no horse was confirmed. */
    public Optional<Duration> oldest() {
      return oldestConfirmation.values().stream().max(Duration::compareTo);
    }
  }

  public TableFigures(Jdbi jdbi, Ticker ticker) {
    this.queries = new MonitorQueries(jdbi);
    this.jdbi = jdbi;
    this.figures = new BackgroundFigures<>("counts", this::read, SHORTEST_INTERVAL, ticker);
  }

  /** The newest figures; empty before the first, which take as long as a look at each horse. */
  public Optional<CountedTables> newest() {
    return figures.newest();
  }

  /** None where reading them takes longer than a statement may. */
  private Map<String, Duration> confirmationAges() {
    try {
      return ConfirmationAges.load(jdbi);
    } catch (RuntimeException e) {
      log.debug("the ages of confirmations cannot be read", e);
      return Map.of();
    }
  }

  private Optional<CountedTables> read() {
    Optional<TableCounts> counts = queries.tableCounts(COUNTING_MAY_TAKE);
    Map<String, Duration> ages = confirmationAges();
    return counts.map(known -> new CountedTables(known, ages));
  }
}

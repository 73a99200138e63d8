package studbook.dashboard.horse;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import studbook.store.change.ReviewRepository;
import studbook.store.finding.FindingQueries;
import studbook.store.pedigree.AncestorLoader;
import studbook.store.pedigree.AncestorQueries;
import studbook.store.pedigree.AncestorQueries.StoredAncestor;
import studbook.store.pedigree.FamilyQueries;
import studbook.store.pedigree.FamilyQueries.OffspringRow;
import studbook.store.statistics.HorseHistory;
import studbook.time.Ticker;

/** Reads what is known of a horse. Safe for many threads. */
public final class HorseLoader {

  private static final int LONGEST_ID = 60;
  private static final int MOST_FINDINGS = 100;
  private static final Duration LONGEST_LOADING = Duration.ofSeconds(5);

  private final Jdbi jdbi;
  private final AncestorLoader ancestors;
  private final FamilyQueries family;

  public HorseLoader(Jdbi jdbi, Ticker ticker) {
    this.jdbi = jdbi;
    this.ancestors = new AncestorLoader(jdbi, ticker);
    this.family = new FamilyQueries(jdbi);
  }

  /** Whether a table can have such an id. */
  public static boolean isPossible(String id) {
    return id.length() <= LONGEST_ID && id.indexOf('\0') < 0;
  }

  /** A horse as the first of a table, with its ancestors; an empty table if nothing has it. */
  public AncestorLoader.LoadedAncestors ancestors(String id, int generations) {
    return ancestors.load(List.of(id), generations, LONGEST_LOADING);
  }

  /** Offspring of a horse, oldest first. */
  public List<OffspringRow> offspring(String id, int skipped, int most) {
    return family.offspring(id, skipped, most);
  }

  /**
   * Reads a horse.
   *
   * @param generations of the chart
   * @param page of its offspring, from 1
   * @return empty if nothing has it: no table, no run, no horse as its parent
   */
  public Optional<HorseView> load(String id, int generations, int page) {
    if (!isPossible(id)) {
      return Optional.empty();
    }
    Optional<HorseHistory> history = HorseHistory.of(jdbi, id);
    Optional<StoredAncestor> stored = new AncestorQueries(jdbi).find(id);
    AncestorLoader.LoadedAncestors loaded = ancestors(id, generations);
    boolean hasChart = loaded.table().size() > 0;
    Optional<PedigreeChart> chart =
        hasChart ? Optional.of(PedigreeChart.of(loaded.table(), generations)) : Optional.empty();
    HorseFamily relatives =
        HorseFamily.load(
            family,
            id,
            chart.map(PedigreeChart::sireId).orElse(null),
            chart.map(PedigreeChart::damId).orElse(null),
            page);
    if (history.isEmpty() && stored.isEmpty() && relatives.offspring().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new HorseView(
            id,
            history,
            stored,
            generations,
            chart,
            relatives,
            family.figures(id),
            new FindingQueries(jdbi).of(id, MOST_FINDINGS),
            new ReviewRepository(jdbi).waitingFor(id)));
  }
}

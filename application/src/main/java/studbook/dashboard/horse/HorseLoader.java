package studbook.dashboard.horse;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jdbi.v3.core.Jdbi;
import studbook.chart.tree.AncestorTree;
import studbook.pedigree.AnimalTable;
import studbook.pedigree.ParentLinks;
import studbook.store.change.ReviewRepository;
import studbook.store.finding.FindingQueries;
import studbook.store.pedigree.AncestorQueries;
import studbook.store.pedigree.AncestorQueries.StoredAncestor;
import studbook.store.pedigree.FamilyQueries;
import studbook.store.pedigree.FamilyQueries.OffspringRow;
import studbook.store.pedigree.KinExtent;
import studbook.store.pedigree.PedigreeLoader;
import studbook.store.statistics.HorseHistory;

/** Reads what is known of a horse. Safe for many threads. */
public final class HorseLoader {

  private static final int LONGEST_ID = 60;
  private static final int MOST_FINDINGS = 100;

  private final Jdbi jdbi;
  private final PedigreeLoader pedigrees;
  private final FamilyQueries family;

  public HorseLoader(Jdbi jdbi) {
    this.jdbi = jdbi;
    this.pedigrees = new PedigreeLoader(jdbi);
    this.family = new FamilyQueries(jdbi);
  }

  /** Whether a table can have such an id. */
  public static boolean isPossible(String id) {
    return id.length() <= LONGEST_ID && id.indexOf('\0') < 0;
  }

  /** A horse of a table that has its ancestors. */
  private record LoadedHorse(AnimalTable table, int horse) {

    boolean isRecorded() {
      return table.hasRow(horse)
          || table.links().sire(horse) != ParentLinks.UNKNOWN
          || table.links().dam(horse) != ParentLinks.UNKNOWN;
    }
  }

  private Optional<LoadedHorse> find(String id, int generations) {
    AnimalTable table = pedigrees.load(List.of(id), KinExtent.chart(generations));
    OptionalInt horse = table.indexOf(id);
    return horse.isPresent()
        ? Optional.of(new LoadedHorse(table, horse.getAsInt()))
        : Optional.empty();
  }

  /** A horse with its ancestors; empty if no record has or names it. */
  public Optional<AncestorTree> ancestors(String id, int generations) {
    return find(id, generations)
        .map(found -> AncestorTree.of(found.table(), found.horse(), generations));
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
    Optional<PedigreeChart> chart =
        find(id, generations)
            .filter(LoadedHorse::isRecorded)
            .map(found -> PedigreeChart.of(found.table(), found.horse(), generations));
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

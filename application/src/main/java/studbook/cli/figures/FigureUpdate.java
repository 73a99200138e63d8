package studbook.cli.figures;

import java.util.BitSet;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import studbook.inbreeding.LoadedPedigree;
import studbook.pedigree.ParentLinks;
import studbook.pedigree.Pedigree;
import studbook.pedigree.ancestry.DescendantSearch;
import studbook.pedigree.ancestry.PedigreeFigures;
import studbook.pedigree.kinship.AncestorSubset;
import studbook.store.pedigree.FigureRepository;
import studbook.store.pedigree.FigureRow;

/**
 * Brings studbook.pedigree_figures up to date: the figures of horses whose parents are not those
 * that their stored figures use, and of all their descendants.
 *
 * @param computed horses whose figures were computed and stored
 * @param unchanged horses whose stored figures are up to date
 */
public record FigureUpdate(int computed, int unchanged) {

  /** Computes and stores what is missing or has changed. */
  public static FigureUpdate run(LoadedPedigree loaded, FigureRepository repository) {
    BitSet outdated = DescendantSearch.of(loaded.pedigree(), changed(loaded, repository));
    BitSet rows = rows(loaded);
    outdated.and(rows);
    if (!outdated.isEmpty()) {
      repository.write(figures(loaded, outdated));
    }
    return new FigureUpdate(outdated.cardinality(), rows.cardinality() - outdated.cardinality());
  }

  /** Horses that are more than a name that offspring give. */
  private static BitSet rows(LoadedPedigree loaded) {
    BitSet rows = new BitSet();
    IntStream.range(0, loaded.table().size()).filter(loaded.table()::hasRow).forEach(rows::set);
    return rows;
  }

  /** Horses whose stored figures use other parents, or that have none stored. */
  private static BitSet changed(LoadedPedigree loaded, FigureRepository repository) {
    BitSet changed = rows(loaded);
    repository.readLinks((horse, sire, dam) -> {
      OptionalInt animal = loaded.table().indexOf(horse);
      if (animal.isPresent()
          && Objects.equals(sire, id(loaded, loaded.pedigree().sire(animal.getAsInt())))
          && Objects.equals(dam, id(loaded, loaded.pedigree().dam(animal.getAsInt())))) {
        changed.clear(animal.getAsInt());
      }
    });
    return changed;
  }

  private static @Nullable String id(LoadedPedigree loaded, int animal) {
    return animal == ParentLinks.UNKNOWN ? null : loaded.table().id(animal);
  }

  private static Stream<FigureRow> figures(LoadedPedigree loaded, BitSet animals) {
    AncestorSubset subset = AncestorSubset.of(loaded.pedigree(), animals.stream().toArray());
    PedigreeFigures figures = PedigreeFigures.of(subset.pedigree());
    return animals.stream().mapToObj(animal -> row(loaded, animal, subset, figures));
  }

  private static FigureRow row(
      LoadedPedigree loaded, int animal, AncestorSubset subset, PedigreeFigures figures) {
    Pedigree pedigree = loaded.pedigree();
    int index = subset.indexOf(animal);
    return new FigureRow(
        loaded.table().id(animal),
        id(loaded, pedigree.sire(animal)),
        id(loaded, pedigree.dam(animal)),
        figures.inbreeding()[index],
        figures.completeness().equivalentGenerations(index),
        figures.completeness().maxGenerations(index),
        figures.completeness().fullGenerations(index),
        figures.completeness().index(index),
        figures.ancestors()[index]);
  }
}

package studbook.dashboard.horse;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Jdbi;
import studbook.inbreeding.AnalysedHorse;
import studbook.inbreeding.FigureLoader;
import studbook.inbreeding.LoadedPedigree;
import studbook.store.pedigree.KinExtent;
import studbook.store.search.FoundHorse;
import studbook.store.search.HorseSearchQueries;

/**
 * Finds the two horses of a mating and computes the inbreeding of their foal, as {@code pedigree
 * mating} does. Safe for many threads.
 */
public final class MatingFigures {

  /** Why there is no foal although both horses are chosen. */
  public static final String NOT_TWO =
      "The sire and the dam have to be two horses of the database.";

  private static final int CANDIDATES = 10;
  private static final Pattern NUMBER = Pattern.compile("(?:(?:hrs|sir|dam|dsi)_)?([0-9]{1,18})");
  private static final Pattern SUFFIX = Pattern.compile("\\s*\\([A-Za-z]{2,3}\\)\\s*$");

  private final HorseSearchQueries search;
  private final FigureLoader loader;

  /**
   * @param jdbi for the search
   * @param loader for the pedigrees
   */
  public MatingFigures(Jdbi jdbi, FigureLoader loader) {
    this.search = new HorseSearchQueries(jdbi);
    this.loader = loader;
  }

  /** The horse that a text means: by its id, or by its name if no other horse has it. */
  public MatingChoice choose(String text) {
    if (text.isEmpty()) {
      return new MatingChoice(text, Optional.empty(), List.of());
    }
    List<FoundHorse> found = search.find(text, 1, CANDIDATES).horses();
    Optional<FoundHorse> chosen =
        only(found, horse -> horse.id().equals(text))
            .or(() -> byNumber(text, found))
            .or(() -> only(found, horse -> isNamed(horse, text, false)))
            .or(() -> only(found, horse -> isNamed(horse, text, true)));
    return new MatingChoice(text, chosen, chosen.isPresent() ? List.of() : found);
  }

  /** The search finds horses with a row; others are known because horses name them as a parent. */
  private static Optional<FoundHorse> byNumber(String text, List<FoundHorse> found) {
    Matcher number = NUMBER.matcher(text);
    if (!number.matches()) {
      return Optional.empty();
    }
    String id = "hrs_" + number.group(1);
    return only(found, horse -> horse.id().equals(id))
        .or(() -> Optional.of(new FoundHorse(id, null, null, null, null, null, null, null)));
  }

  private static Optional<FoundHorse> only(List<FoundHorse> found, Predicate<FoundHorse> wanted) {
    List<FoundHorse> fitting = found.stream().filter(wanted).toList();
    return fitting.size() == 1 ? Optional.of(fitting.getFirst()) : Optional.empty();
  }

  private static boolean isNamed(FoundHorse horse, String text, boolean withoutCountry) {
    String name = horse.name();
    return name != null
        && (withoutCountry ? SUFFIX.matcher(name).replaceFirst("") : name).equalsIgnoreCase(text);
  }

  /** The foal of two horses; empty if they are one, or if one of them is in no pedigree. */
  public Optional<AnalysedHorse> foal(FoundHorse sire, FoundHorse dam) {
    if (sire.id().equals(dam.id())) {
      return Optional.empty();
    }
    LoadedPedigree loaded = loader.load(List.of(sire.id(), dam.id()), KinExtent.FIGURES);
    OptionalInt sireIndex = loaded.table().indexOf(sire.id());
    OptionalInt damIndex = loaded.table().indexOf(dam.id());
    return sireIndex.isEmpty() || damIndex.isEmpty()
        ? Optional.empty()
        : Optional.of(
            AnalysedHorse.foal(
                loaded,
                sireIndex.getAsInt(),
                damIndex.getAsInt(),
                AnalysedHorse.USUAL_GENERATIONS));
  }
}

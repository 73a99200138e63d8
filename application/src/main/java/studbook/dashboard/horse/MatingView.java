package studbook.dashboard.horse;

import java.util.Optional;
import studbook.dashboard.page.FilterQuery;
import studbook.pedigree.Sex;
import studbook.store.pedigree.PedigreeLoader;
import studbook.store.search.FoundHorse;

/**
 * The page of a mating.
 *
 * @param foal empty unless both horses are chosen and have a foal
 */
public record MatingView(MatingChoice sire, MatingChoice dam, Optional<FoalView> foal) {

  static final String PATH = "/mating";
  static final String SIRE = "sire";
  static final String DAM = "dam";

  /** The page with a horse chosen, as sire or dam by its sex. */
  public static String address(String horse, Sex sex) {
    return FilterQuery.of(PATH).with(sex == Sex.FEMALE ? DAM : SIRE, Optional.of(horse)).address();
  }

  /** The page with one of the horses chosen by its id. */
  public String with(String role, FoundHorse horse) {
    return address(
        role.equals(SIRE) ? Optional.of(horse.id()) : text(sire),
        role.equals(DAM) ? Optional.of(horse.id()) : text(dam));
  }

  /** The page with sire and dam exchanged. */
  public String exchanged() {
    return address(text(dam), text(sire));
  }

  private static Optional<String> text(MatingChoice choice) {
    return choice.horse().map(FoundHorse::id).or(() -> Optional.of(choice.text()));
  }

  private static String address(Optional<String> sire, Optional<String> dam) {
    return FilterQuery.of(PATH)
        .with(SIRE, sire.filter(text -> !text.isEmpty()))
        .with(DAM, dam.filter(text -> !text.isEmpty()))
        .address();
  }

  public boolean isEmpty() {
    return sire.text().isEmpty() && dam.text().isEmpty();
  }

  /** Whether both horses are chosen. */
  public boolean isComplete() {
    return sire.horse().isPresent() && dam.horse().isPresent();
  }

  /** Why two chosen horses have no foal; empty if they have one, or if none is chosen yet. */
  public Optional<String> problem() {
    if (!isComplete() || foal.isPresent()) {
      return Optional.empty();
    }
    FoundHorse one = sire.horse().orElseThrow();
    return Optional.of(
        one.id().equals(dam.horse().orElseThrow().id())
            ? "The sire and the dam are the same horse, %s: choose another one for one of them."
                .formatted(MatingChoice.name(one))
            : MatingFigures.NOT_TWO);
  }

  /** What the recorded sexes say against the mating; empty if they fit or are not known. */
  public Optional<String> objection() {
    if (problem().isPresent() || !isComplete()) {
      return Optional.empty();
    }
    Sex male = sex(sire);
    Sex female = sex(dam);
    String first = MatingChoice.name(sire.horse().orElseThrow());
    String second = MatingChoice.name(dam.horse().orElseThrow());
    if (isExchanged()) {
      return Optional.of(
          "%s is recorded as female and %s as male: they are exchanged.".formatted(first, second));
    }
    if (male == Sex.FEMALE && female == Sex.FEMALE) {
      return Optional.of(
          "%s and %s are both recorded as female and have no foal; F is half their additive relationship."
              .formatted(first, second));
    }
    if (isMale(male) && isMale(female)) {
      return Optional.of(
          "%s and %s are both recorded as male and have no foal; F is half their additive relationship."
              .formatted(first, second));
    }
    return male == Sex.GELDING
        ? Optional.of("%s is a gelding.".formatted(first))
        : Optional.empty();
  }

  /** Whether the sire is recorded as female and the dam as male. */
  public boolean isExchanged() {
    return sex(sire) == Sex.FEMALE && isMale(sex(dam));
  }

  private static boolean isMale(Sex sex) {
    return sex == Sex.MALE || sex == Sex.GELDING;
  }

  private static Sex sex(MatingChoice choice) {
    return choice.horse().map(horse -> PedigreeLoader.sex(horse.sex())).orElse(Sex.UNKNOWN);
  }
}

package studbook.dashboard.horse;

import java.util.List;
import java.util.Optional;
import studbook.dashboard.page.HtmlFormat;
import studbook.store.search.FoundHorse;

/**
 * A horse of a mating, as far as a text says which one.
 *
 * @param text as typed; empty if nothing was
 * @param horse that it means
 * @param candidates that it could mean, if it means none alone
 */
public record MatingChoice(String text, Optional<FoundHorse> horse, List<FoundHorse> candidates) {

  public MatingChoice {
    candidates = List.copyOf(candidates);
  }

  /** The name; the id without one. */
  public static String name(FoundHorse horse) {
    return HtmlFormat.text(
        horse.name() == null || horse.name().isBlank() ? horse.id() : horse.name());
  }

  /**
   * Why no horse is chosen.
   *
   * @param role sire or dam
   */
  public String problem(String role) {
    if (text.isEmpty()) {
      return "No %s is named: give its name or ID.".formatted(role);
    }
    return candidates.isEmpty()
        ? "No horse has the name or the ID %s.".formatted(HtmlFormat.text(text))
        : "%s is not the whole name of one horse alone: give the ID of the %s."
            .formatted(HtmlFormat.text(text), role);
  }
}

package studbook.cli.pedigree;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import studbook.cli.support.UsageException;
import studbook.model.SafeText;

/** A horse that a user may mean. The texts come from outside. */
record HorseCandidate(String id, Optional<String> name, Optional<Integer> birthYear) {

  private static final int LONGEST = 60;
  private static final int MOST = 5;

  /** That no horse has the id or name. */
  static UsageException unknown(String text, List<HorseCandidate> nearest) {
    return new UsageException(
        "no horse '%s'%s"
            .formatted(
                SafeText.excerpt(text, LONGEST),
                nearest.isEmpty() ? "" : "; the nearest names: " + described(nearest)));
  }

  /** That several horses have the name. */
  static UsageException ambiguous(String text, List<HorseCandidate> namesakes) {
    return new UsageException(
        "%d horses are named '%s'; use an ID: %s"
            .formatted(namesakes.size(), SafeText.excerpt(text, LONGEST), described(namesakes)));
  }

  private static String described(List<HorseCandidate> some) {
    return some.stream()
            .limit(MOST)
            .map(HorseCandidate::described)
            .collect(Collectors.joining(", "))
        + (some.size() > MOST ? ", …" : "");
  }

  private String described() {
    String printable = SafeText.excerpt(id, LONGEST);
    String year = birthYear.map(born -> ", " + born).orElse("");
    return name.map(
            known -> "%s (%s%s)".formatted(SafeText.excerpt(known, LONGEST), printable, year))
        .orElse(printable);
  }
}

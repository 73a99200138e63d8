package studbook.report.figures;

import java.util.Optional;

/**
 * What to do next, and the figure it follows from.
 *
 * @param rule a short name that stays, for scripts
 * @param finding with its figures
 * @param advice what to do
 * @param command that does it, where there is one
 */
public record Recommendation(String rule, String finding, String advice, Optional<String> command) {

  static Recommendation of(String rule, String finding, String advice) {
    return new Recommendation(rule, finding, advice, Optional.empty());
  }

  Recommendation by(String whichCommand) {
    return new Recommendation(rule, finding, advice, Optional.of(whichCommand));
  }
}

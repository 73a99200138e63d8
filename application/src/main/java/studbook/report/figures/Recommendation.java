package studbook.report.figures;

import java.util.Optional;

/**
 * What to do next, and why.
 *
 * @param rule a stable name, for scripts
 * @param finding with its figures
 * @param advice what to do
 * @param command that does it, if there is one
 */
public record Recommendation(String rule, String finding, String advice, Optional<String> command) {

  static Recommendation of(String rule, String finding, String advice) {
    return new Recommendation(rule, finding, advice, Optional.empty());
  }

  Recommendation by(String helpfulCommand) {
    return new Recommendation(rule, finding, advice, Optional.of(helpfulCommand));
  }
}

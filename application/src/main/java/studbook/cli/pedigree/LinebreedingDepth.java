package studbook.cli.pedigree;

import picocli.CommandLine.Option;
import studbook.cli.support.UsageException;
import studbook.inbreeding.AnalysedHorse;

/** The option for the generations of a linebreeding list. */
final class LinebreedingDepth {

  private static final int MAX = 9;

  @Option(
      names = "--generations",
      paramLabel = "N",
      description =
          "Generations of the linebreeding list, 2 to 9; default: 5. F and the contributions to it"
              + " use all generations.")
  private int generations = AnalysedHorse.USUAL_GENERATIONS;

  int generations() {
    if (generations < 2 || generations > MAX) {
      throw new UsageException(
          "--generations should be from 2 to %d, not %d".formatted(MAX, generations));
    }
    return generations;
  }
}

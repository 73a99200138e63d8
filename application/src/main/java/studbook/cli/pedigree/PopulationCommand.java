package studbook.cli.pedigree;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import studbook.cli.figures.BirthRange;
import studbook.cli.figures.PopulationFigures;
import studbook.cli.figures.PopulationJson;
import studbook.cli.figures.PopulationText;
import studbook.cli.support.CommandContext;
import studbook.cli.support.ExitCode;

/** {@code studbook pedigree population}. */
@Command(
    name = "population",
    description = {
      "Compute the figures of a population.",
      "Inbreeding by birth year, effective size, founders and effective ancestors, generation"
          + " interval, and the share of the ten most used sires."
    },
    footer = {
      "",
      "Examples: studbook pedigree population --born 2015..2020",
      "          studbook pedigree population --from horses.csv --why"
    })
public final class PopulationCommand implements Callable<Integer> {

  private static final int INDENT = 4;

  private final CommandContext context;

  @Option(
      names = "--born",
      paramLabel = "YEARS",
      description = "Birth year, or a range such as 2015..2020; default: the last ten birth years.")
  private String born = "";

  @Mixin private PedigreeSource source = new PedigreeSource();

  @Option(names = "--why", description = "Explain each figure with its formula.")
  private boolean why;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  public PopulationCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    BirthRange range = BirthRange.parse(born);
    PopulationFigures figures = PopulationFigures.of(FigureSource.load(source, context), range);
    if (json) {
      context.printJson(PopulationJson.of(figures));
    } else {
      new PopulationText(figures, context.style())
          .lines(context.width(), why)
          .forEach(line -> context.print(line, INDENT));
    }
    return ExitCode.DONE;
  }
}

package studbook.cli.pedigree;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import studbook.cli.figures.FamilyJson;
import studbook.cli.figures.FamilyLines;
import studbook.cli.figures.FamilyText;
import studbook.cli.pedigree.FigureSource.FigureSelection;
import studbook.cli.support.CommandContext;
import studbook.cli.support.ExitCode;
import studbook.store.pedigree.KinExtent;

/** {@code studbook pedigree lines}. */
@Command(
    name = "lines",
    description = {
      "Show the sire and dam lines, siblings and offspring of a horse.",
      "Rasmussen factor: a mare on both sides of the pedigree within 5 generations, through"
          + " different offspring."
    },
    footer = {"", "Example: studbook pedigree lines hrs_5341245"})
public final class LinesCommand implements Callable<Integer> {

  private static final int INDENT = 4;

  private final CommandContext context;

  @Parameters(
      paramLabel = "HORSE",
      description = "ID of the horse, or its name if no other has it.")
  private String horse = "";

  @Mixin private PedigreeSource source = new PedigreeSource();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  public LinesCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    FigureSelection selected =
        FigureSource.select(source, context, List.of(horse), KinExtent.FAMILY);
    FamilyLines family = FamilyLines.of(selected.loaded(), selected.animals().getFirst());
    if (json) {
      context.printJson(FamilyJson.of(family));
    } else {
      new FamilyText(family, context.style()).lines().forEach(line -> context.print(line, INDENT));
    }
    return ExitCode.DONE;
  }
}

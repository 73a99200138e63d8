package studbook.cli.figures.inbreeding;

import studbook.cli.support.CommandContext;
import studbook.inbreeding.AnalysedHorse;

/** Prints the inbreeding of a horse or of a foal. */
public record InbreedingPrinter(CommandContext context) {

  private static final int INDENT = 4;

  /** Prints it, with the explanation if asked for. */
  public void print(AnalysedHorse horse, boolean why) {
    new InbreedingText(horse, context.style())
        .lines(context.width())
        .forEach(line -> context.print(line, INDENT));
    if (why) {
      context.println("");
      context.println(context.style().strong("How the figures are computed"));
      new InbreedingExplanation(horse).lines().forEach(line -> context.print(line, INDENT));
    }
  }
}

package studbook.cli.pedigree;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import studbook.chart.ChartFormat;
import studbook.chart.tree.AncestorTree;
import studbook.cli.pedigree.PedigreeSource.AnimalSelection;
import studbook.cli.support.CommandContext;
import studbook.cli.support.ExitCode;
import studbook.cli.support.OutputFile;
import studbook.cli.support.UsageException;
import studbook.security.AtomicFile;
import studbook.store.pedigree.KinExtent;
import studbook.text.AnsiStyle;

/** {@code studbook pedigree show}. */
@Command(
    name = "show",
    description = {
      "Show the ancestors of a horse as a chart.",
      "A terminal shows as many generations as fit its width. A repeated ancestor has the same"
          + " letter and colour in all its places."
    },
    footer = {
      "",
      "Examples: studbook pedigree show 12 --from horses.csv",
      "          studbook pedigree show 12 --from horses.csv --out chart.pdf",
      "          studbook pedigree show \"Long Meadow\" --from horses.csv --generations 4"
    })
public final class PedigreeShowCommand implements Callable<Integer> {

  private static final Path STDOUT = Path.of("-");

  private final CommandContext context;

  @Parameters(
      paramLabel = "HORSE",
      description = "ID of the horse, or its name if no other horse has it.")
  private String horse = "";

  @Option(
      names = "--generations",
      paramLabel = "N",
      description = "Number of generations; default: 5. At most 6 in svg, html and pdf, else 12.")
  private int generations = 5;

  @Mixin private PedigreeSource source = new PedigreeSource();

  @Option(
      names = "--format",
      paramLabel = "F",
      description =
          "One of ${COMPLETION-CANDIDATES}; default: by the extension of --out, else text.")
  private @Nullable ChartFormat format;

  @Option(names = "--json", description = "Print JSON, as --format json does.")
  private boolean json;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "File to write; default: stdout. GEDCOM is version 5.5.1 (.ged).")
  private Path out = STDOUT;

  @Option(names = "--force", description = "Replace a file that exists.")
  private boolean force;

  public PedigreeShowCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    ChartFormat chosen = format();
    if (generations < 1 || generations > chosen.mostGenerations()) {
      throw new UsageException(
          "--generations must be between 1 and %d for %s, not %d"
              .formatted(chosen.mostGenerations(), chosen, generations));
    }
    boolean toStdout = out.equals(STDOUT);
    if (toStdout && chosen == ChartFormat.PDF && context.environment().terminal()) {
      throw new UsageException("a terminal cannot show a PDF: name a file with --out");
    }
    AnimalSelection selected = source.select(context, List.of(horse), KinExtent.ANCESTORS);
    AncestorTree tree =
        AncestorTree.of(selected.table(), selected.animals().getFirst(), generations);
    if (toStdout) {
      context.out().write(chosen.write(tree, context.width(), context.style()));
      context.out().flush();
    } else {
      new OutputFile(out, "--force replaces a file").write(() -> write(chosen, tree));
    }
    return ExitCode.DONE;
  }

  private ChartFormat format() {
    if (json && format != null && format != ChartFormat.JSON) {
      throw new UsageException("--json cannot be combined with --format " + format);
    }
    ChartFormat named = json ? ChartFormat.JSON : format;
    if (named != null) {
      return named;
    }
    return out.equals(STDOUT) ? ChartFormat.TEXT : ofExtension();
  }

  private ChartFormat ofExtension() {
    return ChartFormat.of(out)
        .orElseThrow(() ->
            new UsageException(
                "the name %s has no known extension: use .txt, .svg, .html, .pdf, .json or .ged, or"
                        .formatted(out)
                    + " set --format"));
  }

  private void write(ChartFormat chosen, AncestorTree tree) throws IOException {
    byte[] document = chosen.write(tree, Integer.MAX_VALUE, AnsiStyle.PLAIN);
    Path place = context.environment().workingDirectory().resolve(out);
    try (AtomicFile file = AtomicFile.at(place, force)) {
      file.stream().write(document);
      file.commit();
    }
    context.printError("The pedigree of %s is in %s.".formatted(tree.subject().label(), out));
  }
}

package studbook.cli.pedigree;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import studbook.cli.figures.FigureFile;
import studbook.cli.figures.FigureUpdate;
import studbook.cli.figures.inbreeding.InbreedingPrinter;
import studbook.cli.figures.inbreeding.InbreedingSummary;
import studbook.cli.pedigree.FigureSource.FigureSelection;
import studbook.cli.support.CommandContext;
import studbook.cli.support.DatabaseSession;
import studbook.cli.support.ExitCode;
import studbook.cli.support.UsageException;
import studbook.inbreeding.AnalysedHorse;
import studbook.inbreeding.InbreedingJson;
import studbook.inbreeding.LoadedPedigree;
import studbook.pedigree.ancestry.PedigreeFigures;
import studbook.store.pedigree.FigureRepository;
import studbook.store.pedigree.KinExtent;
import studbook.text.HumanFormat;

/** {@code studbook pedigree inbreeding}. */
@Command(
    name = "inbreeding",
    description = {
      "Compute inbreeding, completeness and linebreeding.",
      "For --all, the figures of the database's horses are stored in studbook.pedigree_figures;"
          + " only those of horses whose pedigree has changed, and of their descendants, are"
          + " computed again."
    },
    footer = {
      "",
      "Examples: studbook pedigree inbreeding hrs_5341245 --why",
      "          studbook pedigree inbreeding --all",
      "          studbook pedigree inbreeding --all --from horses.csv --out figures.csv"
    })
public final class InbreedingCommand implements Callable<Integer> {

  private final CommandContext context;

  @Parameters(paramLabel = "HORSE", arity = "0..*", description = "IDs or names of horses.")
  private List<String> horses = List.of();

  @Option(names = "--all", description = "Compute the figures of all horses.")
  private boolean all;

  @Mixin private PedigreeSource source = new PedigreeSource();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "CSV file to write, with the columns id, sire, dam, F, gen_eq, max_gen, full_gen, pci5"
              + " and n_anc; - is stdout.")
  private @Nullable Path out;

  @Option(names = "--force", description = "Replace FILE if it exists.")
  private boolean force;

  @Mixin private LinebreedingDepth depth = new LinebreedingDepth();

  @Option(
      names = "--why",
      description = "Explain each figure with its formula and the paths behind it.")
  private boolean why;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  public InbreedingCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    checkArguments();
    if (all && !source.isFile()) {
      return storeAll();
    }
    if (all) {
      computeAll();
    } else {
      computeChosen();
    }
    return ExitCode.DONE;
  }

  private void computeAll() {
    LoadedPedigree loaded = FigureSource.load(source, context);
    if (out != null) {
      writeAll(loaded, out);
    } else {
      new InbreedingSummary(loaded, PedigreeFigures.of(loaded.pedigree())).print(context);
    }
  }

  private void computeChosen() {
    FigureSelection selected = FigureSource.select(source, context, horses, KinExtent.FIGURES);
    if (out == null) {
      print(selected);
      return;
    }
    int[] animals = selected.animals().stream().mapToInt(animal -> animal).toArray();
    noteLeftOut(selected.loaded().leftOutOf(animals));
    FigureFile.of(selected.loaded(), animals).write(out, force, context);
  }

  private void checkArguments() {
    if (all != horses.isEmpty()) {
      throw new UsageException("inbreeding needs the ids or names of horses, or --all");
    }
    if ((json || why) && (all || out != null)) {
      throw new UsageException("--json and --why go with horses, and not with --out");
    }
    if (force && out == null) {
      throw new UsageException("--force goes with --out");
    }
  }

  private int storeAll() {
    try (DatabaseSession database = DatabaseSession.existing(context)) {
      LoadedPedigree loaded = FigureSource.load(database, context);
      FigureUpdate update = FigureUpdate.run(loaded, new FigureRepository(database.jdbi()));
      context.printError(
          "Figures of %s computed and stored in studbook.pedigree_figures, those of %s unchanged."
              .formatted(
                  HumanFormat.count(update.computed(), "horse"),
                  HumanFormat.count(update.unchanged())));
      if (out != null) {
        writeAll(loaded, out);
      }
      return ExitCode.DONE;
    }
  }

  private void writeAll(LoadedPedigree loaded, Path file) {
    noteLeftOut(loaded.leftOut());
    FigureFile.of(loaded).write(file, force, context);
  }

  private void print(FigureSelection selected) {
    List<AnalysedHorse> analysed =
        selected.animals().stream()
            .map(horse -> AnalysedHorse.of(selected.loaded(), horse, depth.generations()))
            .toList();
    if (json) {
      context.printJson(
          new InbreedingJson.ListJson(
              analysed.stream().map(horse -> InbreedingJson.of(horse, why)).toList()));
      return;
    }
    for (int i = 0; i < analysed.size(); i++) {
      if (i > 0) {
        context.println("");
      }
      new InbreedingPrinter(context).print(analysed.get(i), why);
    }
  }

  private void noteLeftOut(int links) {
    if (links > 0) {
      context.printError(
          "%s in error left out; `studbook pedigree check` lists them."
              .formatted(HumanFormat.count(links, "link")));
    }
  }
}

package studbook.cli.pedigree;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import studbook.cli.figures.inbreeding.InbreedingPrinter;
import studbook.cli.figures.inbreeding.MatingFile;
import studbook.cli.support.CommandContext;
import studbook.cli.support.ExitCode;
import studbook.cli.support.UsageException;
import studbook.inbreeding.AnalysedHorse;
import studbook.inbreeding.LoadedPedigree;
import studbook.inbreeding.MatingJson;
import studbook.inbreeding.MatingRelationship;

/** {@code studbook pedigree mating}. */
@Command(
    name = "mating",
    description = {
      "Compute the inbreeding of the foal that a sire and a dam would have.",
      "The relationship of two horses is twice the inbreeding of their foal, whatever their sexes."
    },
    footer = {
      "",
      "Examples: studbook pedigree mating hrs_5341245 hrs_3722383 --why",
      "          studbook pedigree mating --sires sires.txt --dams dams.txt --out matings.csv"
    })
public final class MatingCommand implements Callable<Integer> {

  private final CommandContext context;

  @Parameters(index = "0", arity = "0..1", paramLabel = "SIRE", description = "ID or name.")
  private @Nullable String sire;

  @Parameters(index = "1", arity = "0..1", paramLabel = "DAM", description = "ID or name.")
  private @Nullable String dam;

  @Option(
      names = "--sires",
      paramLabel = "FILE",
      description = "File of sires for a matrix, an ID or name per line.")
  private @Nullable Path sires;

  @Option(
      names = "--dams",
      paramLabel = "FILE",
      description = "File of dams for a matrix, an ID or name per line.")
  private @Nullable Path dams;

  @Mixin private PedigreeSource source = new PedigreeSource();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "CSV file to write the matrix to, a row per sire and a column per dam; default: stdout.")
  private Path out = Path.of("-");

  @Option(names = "--force", description = "Replace FILE if it exists.")
  private boolean force;

  @Mixin private LinebreedingDepth depth = new LinebreedingDepth();

  @Option(
      names = "--why",
      description = "Explain each figure with its formula and the paths behind it.")
  private boolean why;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  public MatingCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    if (sires != null && dams != null && sire == null) {
      if (json || why) {
        throw new UsageException("--json and --why go with one sire and one dam");
      }
      LoadedPedigree loaded = FigureSource.load(source, context);
      new MatingFile(loaded, horses(loaded, sires), horses(loaded, dams))
          .write(out, force, context);
    } else if (sires == null && dams == null && sire != null && dam != null) {
      LoadedPedigree loaded = FigureSource.load(source, context);
      print(foal(loaded, find(loaded, sire), find(loaded, dam)));
    } else {
      throw new UsageException("mating needs a sire and a dam, or --sires FILE and --dams FILE");
    }
    return ExitCode.DONE;
  }

  private int[] horses(LoadedPedigree loaded, Path file) {
    return HorseListFile.read(context.environment().workingDirectory().resolve(file)).stream()
        .mapToInt(new HorseFinder(loaded.table())::find)
        .toArray();
  }

  private static int find(LoadedPedigree loaded, String horse) {
    return new HorseFinder(loaded.table()).find(horse);
  }

  private AnalysedHorse foal(LoadedPedigree loaded, int sireIndex, int damIndex) {
    if (sireIndex == damIndex) {
      throw new UsageException("the sire and the dam are the same horse");
    }
    return AnalysedHorse.foal(loaded, sireIndex, damIndex, depth.generations());
  }

  private void print(AnalysedHorse foal) {
    if (json) {
      context.printJson(MatingJson.of(foal, why));
    } else {
      context.println(MatingRelationship.of(foal.analysis()).text(foal));
      context.println("");
      new InbreedingPrinter(context).print(foal, why);
    }
  }
}

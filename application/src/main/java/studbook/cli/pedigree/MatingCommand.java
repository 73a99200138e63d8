package studbook.cli.pedigree;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import studbook.cli.figures.inbreeding.InbreedingPrinter;
import studbook.cli.figures.inbreeding.MatingFile;
import studbook.cli.pedigree.FigureSource.FigureSelection;
import studbook.cli.support.CommandContext;
import studbook.cli.support.ExitCode;
import studbook.cli.support.UsageException;
import studbook.inbreeding.AnalysedHorse;
import studbook.inbreeding.MatingJson;
import studbook.inbreeding.MatingRelationship;
import studbook.store.pedigree.KinExtent;

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
      writeMatrix(horses(sires), horses(dams));
    } else if (sires == null && dams == null && sire != null && dam != null) {
      print(foal(FigureSource.select(source, context, List.of(sire, dam), KinExtent.FIGURES)));
    } else {
      throw new UsageException("mating needs a sire and a dam, or --sires FILE and --dams FILE");
    }
    return ExitCode.DONE;
  }

  private List<String> horses(Path file) {
    return HorseListFile.read(context.environment().workingDirectory().resolve(file));
  }

  private void writeMatrix(List<String> males, List<String> females) {
    List<String> all = Stream.concat(males.stream(), females.stream()).toList();
    FigureSelection selected = FigureSource.select(source, context, all, KinExtent.FIGURES);
    int[] animals = selected.animals().stream().mapToInt(animal -> animal).toArray();
    new MatingFile(
            selected.loaded(),
            Arrays.copyOf(animals, males.size()),
            Arrays.copyOfRange(animals, males.size(), animals.length))
        .write(out, force, context);
  }

  private AnalysedHorse foal(FigureSelection parents) {
    int sireIndex = parents.animals().getFirst();
    int damIndex = parents.animals().getLast();
    if (sireIndex == damIndex) {
      throw new UsageException("the sire and the dam are the same horse");
    }
    return AnalysedHorse.foal(parents.loaded(), sireIndex, damIndex, depth.generations());
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

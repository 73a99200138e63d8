package studbook.bench.pedigree;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Collectors;
import studbook.bench.environment.Seconds;
import studbook.pedigree.ParentLinks;
import studbook.pedigree.Pedigree;
import studbook.pedigree.kinship.Inbreeding;

/**
 * One measurement in a process of its own, whose heap has a limit. Prints lines of a name, a blank
 * and numbers.
 */
final class PedigreeProgram {

  private static final long SEED = 1;

  private PedigreeProgram() {}

  /** Arguments: what to measure, the number of horses, of threads, and of repetitions. */
  public static void main(String[] arguments) throws InterruptedException, IOException {
    int horses = Integer.parseInt(arguments[1]);
    int threads = Integer.parseInt(arguments[2]);
    int repetitions = Integer.parseInt(arguments[3]);
    switch (arguments[0]) {
      case "inbreeding" -> inbreeding(horses, threads, repetitions);
      case "order" -> order(horses, repetitions);
      case "baseline" -> baseline(horses);
      default -> throw new IllegalArgumentException(arguments[0]);
    }
    print("resident", residentMegabytes());
  }

  private static void inbreeding(int horses, int threads, int repetitions)
      throws InterruptedException {
    Pedigree pedigree = Pedigree.of(ThoroughbredPedigree.of(horses, SEED));
    double[][] last = new double[1][];
    print(
        "seconds",
        Seconds.times(
            repetitions,
            () -> {
              last[0] = new double[0];
              last[0] = Inbreeding.of(pedigree, threads);
            }));
    print("generations", pedigree.generations());
    print("mean", Arrays.stream(last[0]).skip(horses - horses / 50).average().orElse(0));
  }

  /** Animals in no order: the worst case. */
  private static void order(int horses, int repetitions) throws InterruptedException {
    ParentLinks links = shuffled(ThoroughbredPedigree.of(horses, SEED));
    print("seconds", Seconds.times(repetitions, () -> Pedigree.of(links)));
  }

  private static ParentLinks shuffled(ParentLinks links) {
    int[] places = new int[links.size()];
    Arrays.setAll(places, place -> place);
    Random random = new Random(SEED);
    for (int last = places.length - 1; last > 0; last--) {
      int other = random.nextInt(last + 1);
      int place = places[last];
      places[last] = places[other];
      places[other] = place;
    }
    int[] sires = new int[places.length];
    int[] dams = new int[places.length];
    for (int animal = 0; animal < places.length; animal++) {
      int sire = links.sire(animal);
      int dam = links.dam(animal);
      sires[places[animal]] = sire < 0 ? sire : places[sire];
      dams[places[animal]] = dam < 0 ? dam : places[dam];
    }
    return ParentLinks.of(sires, dams);
  }

  private static void baseline(int horses) throws InterruptedException {
    Pedigree pedigree = Pedigree.of(ThoroughbredPedigree.of(horses, SEED));
    double[][] plain = new double[1][];
    print("seconds", Seconds.of(() -> plain[0] = PlainMeuwissenLuo.byPosition(pedigree)));
    double[][] here = new double[1][];
    print("here", Seconds.median(Seconds.times(5, () -> here[0] = Inbreeding.of(pedigree, 1))));
    double difference = 0;
    for (int position = 0; position < horses; position++) {
      difference =
          Math.max(
              difference, Math.abs(plain[0][position] - here[0][pedigree.atPosition(position)]));
    }
    print("difference", difference);
  }

  private static double residentMegabytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElse(0);
  }

  private static void print(String name, double... values) {
    System.out.println(
        name
            + " "
            + Arrays.stream(values).mapToObj(Double::toString).collect(Collectors.joining(" ")));
  }
}

package studbook.pedigree.ancestry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import studbook.pedigree.ParentLinks;
import studbook.pedigree.Pedigree;

/**
 * A small pedigree with names, for tests. A row is {@code foal=sire,dam}; {@code foal=,dam} has an
 * unknown sire.
 */
public record NamedPedigree(Pedigree pedigree, List<String> names) {

  public static NamedPedigree of(String... rows) {
    Map<String, Integer> indexes = new LinkedHashMap<>();
    List<int[]> links = new ArrayList<>();
    for (String row : rows) {
      String[] names = row.split("[=,]", -1);
      int[] ids = new int[3];
      for (int i = 0; i < ids.length; i++) {
        ids[i] =
            names[i].isEmpty()
                ? ParentLinks.UNKNOWN
                : indexes.computeIfAbsent(names[i], any -> indexes.size());
      }
      links.add(ids);
    }
    int[] sires = unknown(indexes.size());
    int[] dams = unknown(indexes.size());
    for (int[] link : links) {
      sires[link[0]] = link[1];
      dams[link[0]] = link[2];
    }
    return new NamedPedigree(
        Pedigree.of(ParentLinks.of(sires, dams)), List.copyOf(indexes.keySet()));
  }

  /** A pedigree in which a fifth of the parents is unknown and close matings are common. */
  public static Pedigree random(long seed, int size) {
    Random random = new Random(seed);
    int founders = 2 + random.nextInt(6);
    int[] sires = unknown(size);
    int[] dams = unknown(size);
    for (int animal = founders; animal < size; animal++) {
      sires[animal] = parent(random, animal, 0);
      dams[animal] = parent(random, animal, 1);
    }
    int[] shuffled = shuffled(random, size);
    int[] newSires = unknown(size);
    int[] newDams = unknown(size);
    for (int animal = 0; animal < size; animal++) {
      newSires[shuffled[animal]] = renamed(shuffled, sires[animal]);
      newDams[shuffled[animal]] = renamed(shuffled, dams[animal]);
    }
    return Pedigree.of(ParentLinks.of(newSires, newDams));
  }

  /** A recent animal; those with even numbers are sires. */
  private static int parent(Random random, int animal, int sex) {
    if (random.nextInt(5) == 0) {
      return ParentLinks.UNKNOWN;
    }
    int oldest = Math.max(0, animal - 12);
    int candidate = oldest + random.nextInt(animal - oldest);
    return candidate % 2 == sex ? candidate : ParentLinks.UNKNOWN;
  }

  private static int[] shuffled(Random random, int size) {
    int[] order = IntStream.range(0, size).toArray();
    for (int i = size - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int kept = order[i];
      order[i] = order[other];
      order[other] = kept;
    }
    return order;
  }

  private static int renamed(int[] names, int animal) {
    return animal == ParentLinks.UNKNOWN ? animal : names[animal];
  }

  private static int[] unknown(int size) {
    return IntStream.generate(() -> ParentLinks.UNKNOWN).limit(size).toArray();
  }

  public int index(String name) {
    return names.indexOf(name);
  }

  public String name(int animal) {
    return names.get(animal);
  }

  List<String> names(int... animals) {
    return IntStream.of(animals).mapToObj(this::name).toList();
  }
}

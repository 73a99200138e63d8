package studbook.pedigree.ancestry;

import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;
import studbook.pedigree.ParentLinks;
import studbook.pedigree.Pedigree;

/**
 * The number of distinct known ancestors of each animal.
 *
 * <p>Sets of ancestors are bits. The animals with offspring are divided into blocks of 512; one
 * pass over the pedigree gives every animal its ancestors of one block, by joining its parents'
 * sets. So the memory is that of one block, and the time does not grow with the depth of the
 * pedigree. The blocks are independent, so they are spread over threads.
 */
public final class AncestorCounts {

  private static final int WORDS = 8;
  private static final int BLOCK = WORDS * Long.SIZE;

  /**
   * Animals by position, each with the ranks of its parents and its own; UNKNOWN if it has none.
   */
  private final int[] sireRanks;

  private final int[] damRanks;
  private final int[] ranks;

  /** The position of the parent of each rank. */
  private final int[] parentPositions;

  private AncestorCounts(Pedigree pedigree) {
    int size = pedigree.size();
    BitSet parents = parentPositions(pedigree);
    parentPositions = parents.stream().toArray();
    ranks = new int[size];
    Arrays.fill(ranks, ParentLinks.UNKNOWN);
    for (int rank = 0; rank < parentPositions.length; rank++) {
      ranks[parentPositions[rank]] = rank;
    }
    sireRanks = new int[size];
    damRanks = new int[size];
    for (int position = 0; position < size; position++) {
      int animal = pedigree.atPosition(position);
      sireRanks[position] = rank(pedigree, pedigree.sire(animal));
      damRanks[position] = rank(pedigree, pedigree.dam(animal));
    }
  }

  private static BitSet parentPositions(Pedigree pedigree) {
    BitSet parents = new BitSet(pedigree.size());
    for (int animal = 0; animal < pedigree.size(); animal++) {
      for (int parent : new int[] {pedigree.sire(animal), pedigree.dam(animal)}) {
        if (parent != ParentLinks.UNKNOWN) {
          parents.set(pedigree.positionOf(parent));
        }
      }
    }
    return parents;
  }

  private int rank(Pedigree pedigree, int parent) {
    return parent == ParentLinks.UNKNOWN ? parent : ranks[pedigree.positionOf(parent)];
  }

  /** The counts of all animals. */
  public static int[] of(Pedigree pedigree) {
    return of(pedigree, Runtime.getRuntime().availableProcessors());
  }

  /** The same with a number of threads, which changes no count. */
  public static int[] of(Pedigree pedigree, int threads) {
    int[] byPosition = new AncestorCounts(pedigree).count(threads);
    int[] counts = new int[pedigree.size()];
    for (int position = 0; position < counts.length; position++) {
      counts[pedigree.atPosition(position)] = byPosition[position];
    }
    return counts;
  }

  private int[] count(int threads) {
    return IntStream.range(0, threads)
        .parallel()
        .mapToObj(thread -> countEveryNthBlock(thread, threads))
        .reduce(new int[ranks.length], AncestorCounts::sum);
  }

  private static int[] sum(int[] first, int[] second) {
    int[] sums = first.clone();
    for (int i = 0; i < sums.length; i++) {
      sums[i] += second[i];
    }
    return sums;
  }

  private int[] countEveryNthBlock(int first, int threads) {
    int[] counts = new int[ranks.length];
    long[] sets = new long[parentPositions.length * WORDS];
    long[] own = new long[WORDS];
    for (int base = first * BLOCK; base < parentPositions.length; base += threads * BLOCK) {
      addBlock(base, sets, own, counts);
    }
    return counts;
  }

  /**
   * Adds the ancestors with the ranks base to base + 511.
   *
   * @param sets the ancestors of each rank from base, and the animal itself; those before base have
   *     none in this block
   */
  private void addBlock(int base, long[] sets, long[] own, int[] counts) {
    for (int position = parentPositions[base]; position < ranks.length; position++) {
      Arrays.fill(own, 0);
      join(own, sets, sireRanks[position], base);
      join(own, sets, damRanks[position], base);
      int count = 0;
      for (long word : own) {
        count += Long.bitCount(word);
      }
      counts[position] += count;
      int rank = ranks[position];
      if (rank != ParentLinks.UNKNOWN) {
        if (rank - base < BLOCK) {
          own[(rank - base) / Long.SIZE] |= 1L << (rank - base) % Long.SIZE;
        }
        System.arraycopy(own, 0, sets, rank * WORDS, WORDS);
      }
    }
  }

  private static void join(long[] own, long[] sets, int parentRank, int base) {
    if (parentRank >= base) {
      int start = parentRank * WORDS;
      for (int word = 0; word < WORDS; word++) {
        own[word] |= sets[start + word];
      }
    }
  }
}

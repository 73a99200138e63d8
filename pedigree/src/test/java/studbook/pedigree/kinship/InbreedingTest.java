package studbook.pedigree.kinship;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static studbook.pedigree.ParentLinks.UNKNOWN;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import studbook.pedigree.ParentLinks;
import studbook.pedigree.Pedigree;
import studbook.pedigree.RandomPedigree;

class InbreedingTest {

  private static final Offset<Double> EXACT = within(1e-12);

  @Test
  void thousandsOfPedigreesAreAsTheTabularMethodHasThem() {
    for (long seed = 0; seed < 3_000; seed++) {
      Random random = new Random(seed);
      Pedigree pedigree = RandomPedigree.of(random, 1 + random.nextInt(60));
      assertAsTabular("seed " + seed, pedigree);
    }
  }

  @Test
  void largerPedigreesAreAsTheTabularMethodHasThem() {
    for (long seed = 0; seed < 5; seed++) {
      assertAsTabular("seed " + seed, RandomPedigree.of(new Random(seed), 800));
    }
  }

  private static void assertAsTabular(String seed, Pedigree pedigree) {
    TabularMethod tabular = new TabularMethod(pedigree);
    double[] inbreeding = Inbreeding.of(pedigree, 1);
    for (int animal = 0; animal < pedigree.size(); animal++) {
      assertThat(inbreeding[animal]).as(seed).isCloseTo(tabular.inbreeding(animal), EXACT);
    }
  }

  @Test
  void threadsChangeNoBit() {
    for (long seed = 0; seed < 5; seed++) {
      Pedigree pedigree = RandomPedigree.of(new Random(seed), 20_000);
      double[] inbreeding = Inbreeding.of(pedigree, 1);
      assertThat(Inbreeding.of(pedigree, 2)).isEqualTo(inbreeding);
      assertThat(Inbreeding.of(pedigree, 7)).isEqualTo(inbreeding);
      assertThat(Inbreeding.of(pedigree)).isEqualTo(inbreeding);
    }
  }

  @Test
  void theOrderOfTheAnimalsChangesNothing() {
    for (long seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      Pedigree pedigree = RandomPedigree.of(random, 100);
      int[] places = RandomPedigree.shuffled(random, pedigree.size());
      double[] moved = Inbreeding.of(RandomPedigree.moved(pedigree, places, pedigree.size()));
      double[] inbreeding = Inbreeding.of(pedigree);
      for (int animal = 0; animal < pedigree.size(); animal++) {
        assertThat(moved[places[animal]]).isCloseTo(inbreeding[animal], EXACT);
      }
    }
  }

  @Test
  void unrelatedAnimalsChangeNothing() {
    for (long seed = 0; seed < 200; seed++) {
      Pedigree pedigree = RandomPedigree.of(new Random(seed), 100);
      int[] places = IntStream.range(0, 100).map(animal -> 2 * animal + 1).toArray();
      double[] among = Inbreeding.of(RandomPedigree.moved(pedigree, places, 220));
      double[] inbreeding = Inbreeding.of(pedigree);
      for (int animal = 0; animal < pedigree.size(); animal++) {
        assertThat(among[places[animal]]).isCloseTo(inbreeding[animal], EXACT);
      }
    }
  }

  @Test
  void oneAnimalNeedsItsAncestorsOnly() {
    Pedigree pedigree = RandomPedigree.of(new Random(1), 300);
    double[] inbreeding = Inbreeding.of(pedigree);
    for (int animal = 0; animal < pedigree.size(); animal++) {
      assertThat(Inbreeding.ofAnimal(pedigree, animal)).isCloseTo(inbreeding[animal], EXACT);
    }
  }

  /** F(t) = (1 + 2·F(t-1) + F(t-2)) / 4; two animals of each generation. */
  @Test
  void sixtyGenerationsOfFullSiblings() {
    int[] sires = new int[122];
    int[] dams = new int[122];
    Arrays.setAll(sires, animal -> animal < 2 ? UNKNOWN : animal - animal % 2 - 2);
    Arrays.setAll(dams, animal -> animal < 2 ? UNKNOWN : animal - animal % 2 - 1);

    double[] inbreeding = Inbreeding.of(Pedigree.of(ParentLinks.of(sires, dams)));

    assertThat(inbreeding[2]).isZero();
    assertThat(inbreeding[4]).isEqualTo(0.25);
    assertThat(inbreeding[6]).isEqualTo(0.375);
    for (int animal = 4; animal < inbreeding.length; animal++) {
      double expected = (1 + 2 * inbreeding[animal - 2] + inbreeding[animal - 4]) / 4;
      assertThat(inbreeding[animal]).isCloseTo(expected, EXACT);
    }
  }

  /** F(t) = (1 + 2·F(t-1)) / 4 for daughters, granddaughters, … of one sire, all by him. */
  @Test
  void repeatedBackcrossesToOneSire() {
    int[] sires = {UNKNOWN, UNKNOWN, 0, 0, 0, 0, 0};
    int[] dams = {UNKNOWN, UNKNOWN, 1, 2, 3, 4, 5};

    assertThat(Inbreeding.of(Pedigree.of(ParentLinks.of(sires, dams))))
        .containsExactly(0, 0, 0, 0.25, 0.375, 0.4375, 0.46875);
  }

  /** A common ancestor counts (1/2)^(n1+n2+1)·(1 + F of it). */
  @Test
  void halfSiblingsByAnInbredSire() {
    // 0 × 1 → 2, 3; 2 × 3 → 4 (F = 1/4); 4 × 5 → 7; 4 × 6 → 8; 7 × 8 → 9
    int[] sires = {-1, -1, 0, 0, 2, -1, -1, 4, 4, 7};
    int[] dams = {-1, -1, 1, 1, 3, -1, -1, 5, 6, 8};

    assertThat(Inbreeding.of(Pedigree.of(ParentLinks.of(sires, dams))))
        .containsExactly(0, 0, 0, 0, 0.25, 0, 0, 0, 0, 0.15625);
  }

  /** F(t) = (1 + F(t-1)) / 2. */
  @Test
  void anAnimalThatIsBothParents() {
    int[] parents = {UNKNOWN, 0, 1, 2};

    assertThat(Inbreeding.of(Pedigree.of(ParentLinks.of(parents, parents))))
        .containsExactly(0, 0.5, 0.75, 0.875);
  }

  @Test
  void oneUnknownParentIsNoInbreeding() {
    assertThat(
            Inbreeding.of(
                Pedigree.of(ParentLinks.of(new int[] {-1, 0, 0, 1}, new int[] {-1, -1, 1, -1}))))
        .containsExactly(0, 0, 0.25, 0);
  }

  @Test
  void aHundredThousandHalfSiblings() {
    int siblings = 100_000;
    int[] sires = new int[2 * siblings + 2];
    int[] dams = new int[sires.length];
    Arrays.fill(sires, UNKNOWN);
    Arrays.fill(dams, UNKNOWN);
    Arrays.fill(sires, siblings + 1, sires.length, 0);
    Arrays.setAll(dams, animal -> animal > siblings ? animal - siblings : UNKNOWN);
    sires[sires.length - 1] = siblings + 1;
    dams[sires.length - 1] = siblings + 2;

    double[] inbreeding = Inbreeding.of(Pedigree.of(ParentLinks.of(sires, dams)));

    assertThat(inbreeding[inbreeding.length - 1]).isEqualTo(0.125);
    assertThat(Arrays.stream(inbreeding).sum()).isEqualTo(0.125);
  }

  @Test
  void aLineOfAHundredThousandGenerations() {
    int[] sires = new int[100_000];
    int[] dams = new int[sires.length];
    Arrays.setAll(sires, animal -> animal - 1);
    Arrays.fill(dams, UNKNOWN);
    dams[sires.length - 1] = sires.length - 3;

    double[] inbreeding = Inbreeding.of(Pedigree.of(ParentLinks.of(sires, dams)));

    assertThat(inbreeding[inbreeding.length - 1]).isEqualTo(0.25);
  }

  @Test
  void thereIsAThreadAtLeast() {
    Pedigree pedigree = Pedigree.of(ParentLinks.of(new int[0], new int[0]));
    assertThat(Inbreeding.of(pedigree)).isEmpty();
    assertThatThrownBy(() -> Inbreeding.of(pedigree, 0)).hasMessage("0 threads");
  }
}

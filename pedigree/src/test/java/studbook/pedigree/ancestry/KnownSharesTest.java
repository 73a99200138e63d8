package studbook.pedigree.ancestry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import studbook.pedigree.Pedigree;

class KnownSharesTest {

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23})
  void theyAddUpToTheEquivalentGenerations(long seed) {
    Pedigree pedigree = NamedPedigree.random(seed, 150);
    PedigreeCompleteness completeness = PedigreeCompleteness.of(pedigree);
    for (int animal = 0; animal < pedigree.size(); animal++) {
      double[] shares = KnownShares.of(pedigree, animal, 200);
      assertThat(shares).hasSize(completeness.maxGenerations(animal));
      assertThat(Arrays.stream(shares).sum())
          .isCloseTo(completeness.equivalentGenerations(animal), within(1e-9));
      for (int generation = 1; generation <= Math.min(5, shares.length); generation++) {
        assertThat(shares[generation - 1]).isEqualTo(completeness.knownShare(animal, generation));
      }
    }
  }
}

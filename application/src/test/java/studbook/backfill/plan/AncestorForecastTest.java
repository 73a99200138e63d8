package studbook.backfill.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import studbook.backfill.plan.AncestorForecast.GenerationForecast;
import studbook.store.pedigree.MissingAncestors.GenerationCount;

/** What each generation of ancestors will cost. */
class AncestorForecastTest {

  @Test
  void generationsShrinkByTheParentsOfEachHorse() {
    AncestorForecast forecast =
        AncestorForecast.of(List.of(new GenerationCount(1, 50_000, 2_000)), 0.4, 3);
    assertThat(forecast.generations())
        .extracting(GenerationForecast::horses)
        .containsExactly(50_000L, 20_000L, 8_000L);
    assertThat(forecast.generations())
        .extracting(GenerationForecast::estimated)
        .containsExactly(false, true, true);
    assertThat(forecast.generations().getFirst().sires()).contains(2_000L);
    assertThat(forecast.generations().getLast().sires()).isEmpty();
    assertThat(forecast.requests()).isEqualTo(51_000 + 20_400 + 8_160);
  }

  @Test
  void aStoredGenerationIsLeftOut() {
    AncestorForecast forecast =
        AncestorForecast.of(List.of(new GenerationCount(2, 100, 10)), 0.5, 2);
    assertThat(forecast.generations()).hasSize(1);
    assertThat(forecast.generations().getFirst().estimated()).isFalse();
    assertThat(AncestorForecast.of(List.of(), 0.5, 5).generations()).isEmpty();
  }
}

package studbook.backfill.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import studbook.store.pedigree.MissingAncestors.GenerationCount;

/**
 * The requests that each generation of missing ancestors will cost. What a generation names is
 * known once it was requested; before, it is taken to name as many distinct parents for each horse
 * as the user's horses do. Generations shrink faster than that, since old ones have fewer horses.
 *
 * @param generations the nearest first; those without requests are left out
 */
public record AncestorForecast(List<GenerationForecast> generations) {

  /**
   * One generation.
   *
   * @param horses that are missing
   * @param sires of these; empty if they are estimated
   * @param estimated whether an earlier generation has to be requested first
   */
  public record GenerationForecast(
      int generation, long horses, Optional<Long> sires, boolean estimated) {

    /** The requests for them. */
    public long requests() {
      return DurationEstimate.requests(horses);
    }
  }

  public AncestorForecast {
    generations = List.copyOf(generations);
  }

  /**
   * Up to a number of generations.
   *
   * @param counts what is known to be missing now
   * @param parentsPerHorse distinct sires and dams for each of the user's horses
   */
  public static AncestorForecast of(
      List<GenerationCount> counts, double parentsPerHorse, int generations) {
    Map<Integer, GenerationCount> known = new HashMap<>();
    counts.forEach(count -> known.put(count.generation(), count));
    List<GenerationForecast> forecast = new ArrayList<>();
    long named = 0;
    for (int generation = 1; generation <= generations; generation++) {
      GenerationCount count = known.getOrDefault(generation, new GenerationCount(generation, 0, 0));
      long horses = count.count() + named;
      if (horses > 0) {
        forecast.add(
            new GenerationForecast(
                generation,
                horses,
                named > 0 ? Optional.empty() : Optional.of(count.sires()),
                named > 0));
      }
      named = Math.round(horses * parentsPerHorse);
    }
    return new AncestorForecast(forecast);
  }

  /** The requests for all. */
  public long requests() {
    return generations.stream().mapToLong(GenerationForecast::requests).sum();
  }
}

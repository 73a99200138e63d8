package studbook.bench.search;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import studbook.bench.environment.BenchEnvironment;
import studbook.bench.environment.Benchmark;
import studbook.bench.environment.Measurement;
import studbook.bench.environment.Seconds;
import studbook.bench.search.TypedText.TextKind;
import studbook.store.database.Database;
import studbook.store.search.HorseSearchQueries;
import studbook.store.search.HorseSearchResult;
import studbook.store.search.SearchIndexes;
import studbook.store.search.SearchIndexes.IndexResult;
import studbook.text.HumanFormat;
import studbook.time.SystemTime;

/**
 * How long the dashboard's search takes, from the typed text to the rows of a page, one search
 * after the other: ids, beginnings of names, names, names with a typing error, and names that no
 * horse has, in equal shares. The warm-up types other texts.
 *
 * @param horses of ra_horses
 */
public record SearchPart(int horses) implements Benchmark {

  private static final long SEED = 1;
  private static final int EACH = 200;
  private static final int PAGE_SIZE = 25;
  private static final Duration LONGEST_STATEMENT = Duration.ofSeconds(10);
  private static final double MOST_MILLISECONDS = 100;
  private static final double MIN_SHARE = 95;

  @Override
  public String name() {
    return "search";
  }

  private record TimedSearch(TypedText typed, double seconds, boolean found) {}

  @Override
  public List<Measurement> measure(BenchEnvironment workshop) throws InterruptedException {
    InventedNames names = new InventedNames(SEED);
    List<Measurement> figures = new ArrayList<>();
    String of = HumanFormat.count(horses) + " horses, ";
    figures.add(took(of + "filling the tables", () -> fill(workshop, names)));
    try (Database database = workshop.connect("public")) {
      figures.add(took(of + "init --search-index", () -> index(workshop, database)));
      HorseSearchQueries queries = new HorseSearchQueries(database.readOnly(LONGEST_STATEMENT));
      search(queries, names, TypedText.mixed(SEED + 1, EACH, horses, names));
      List<TypedText> texts =
          TypedText.mixed(SEED, EACH, horses, names).stream()
              .filter(text -> text.kind() != TextKind.UNKNOWN || isUnknown(workshop, text))
              .toList();
      double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
      report("search of " + of, search(queries, names, texts), load, figures);
    }
    workshop.empty();
    return figures;
  }

  private static Measurement took(String name, Seconds.Work work) throws InterruptedException {
    return Measurement.known(name, Measurement.text("%.0f s", Seconds.of(work)));
  }

  private void fill(BenchEnvironment workshop, InventedNames names) {
    workshop.populate(names.horses(horses));
    workshop
        .jdbi()
        .useHandle(handle ->
            handle.execute(
                """
                INSERT INTO ra_horse_pedigree (horse_id, sire_id, sire, dam_id, dam)
                SELECT horse_id, 'sir_' || n / 40, 'Sire', 'dam_' || n / 5, 'Dam'
                FROM (SELECT horse_id, substring(horse_id FROM 5)::integer AS n FROM ra_horses) horse
                """));
  }

  private static void index(BenchEnvironment workshop, Database database) {
    for (IndexResult result : new SearchIndexes(database.dataSource()).create()) {
      result
          .failure()
          .ifPresent(reason -> {
            throw new IllegalStateException(result.statement() + ": " + reason);
          });
    }
    workshop
        .jdbi()
        .useHandle(handle -> handle.execute("VACUUM ANALYZE ra_horses, ra_horse_pedigree"));
  }

  private static boolean isUnknown(BenchEnvironment workshop, TypedText text) {
    return workshop
        .jdbi()
        .withHandle(handle ->
            handle
                .createQuery(
                    """
                    SELECT NOT EXISTS (SELECT FROM ra_horses
                      WHERE lower(name::text COLLATE "default") LIKE lower(:pattern))
                    """)
                .bind("pattern", text.text() + "%")
                .mapTo(Boolean.class)
                .one());
  }

  private static List<TimedSearch> search(
      HorseSearchQueries queries, InventedNames names, List<TypedText> texts) {
    return texts.stream()
        .map(text -> {
          long began = SystemTime.ticker().nanos();
          HorseSearchResult result = queries.find(text.text(), 1, PAGE_SIZE);
          double seconds = Seconds.since(began);
          String id = names.id(text.horse());
          boolean found = result.horses().stream().anyMatch(horse -> horse.id().equals(id));
          return new TimedSearch(text, seconds, found);
        })
        .toList();
  }

  private static void report(
      String of, List<TimedSearch> searches, double load, List<Measurement> figures) {
    figures.add(
        Measurement.known(of + "median", milliseconds(percentile(searches, 50)))
            .with("%d searches, load %.1f before".formatted(searches.size(), load)));
    figures.add(
        Measurement.atMost(of + "p95", "%.0f ms", MOST_MILLISECONDS, percentile(searches, 95))
            .with("longest " + milliseconds(percentile(searches, 100))));
    for (TextKind kind : TextKind.values()) {
      List<TimedSearch> some =
          searches.stream().filter(search -> search.typed().kind() == kind).toList();
      figures.add(
          Measurement.known(of + kind.title + ": p95", milliseconds(percentile(some, 95)))
              .with(
                  "median %s, longest %s"
                      .formatted(
                          milliseconds(percentile(some, 50)),
                          milliseconds(percentile(some, 100)))));
      if (kind == TextKind.TYPO) {
        double found = some.stream().filter(TimedSearch::found).count();
        figures.add(
            Measurement.atLeast(
                of + "horse on the first page in spite of a typing error",
                "%.1f %%",
                MIN_SHARE,
                100 * found / some.size()));
      }
    }
  }

  private static String milliseconds(double value) {
    return Measurement.text("%.0f ms", value);
  }

  /** In milliseconds. */
  private static double percentile(List<TimedSearch> searches, int percent) {
    double[] sorted = searches.stream().mapToDouble(TimedSearch::seconds).sorted().toArray();
    return 1e3 * sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
  }
}

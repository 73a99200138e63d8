package studbook.bench.speed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import studbook.simulator.population.Population;
import studbook.simulator.racecards.RacecardPage;
import studbook.simulator.racecards.RacecardPages;
import studbook.time.SystemTime;

/**
 * The racecards of every day so far, rendered beforehand on disk, so that a simulator does not
 * write a megabyte and a half a request during a measurement.
 */
final class RenderedPages implements RacecardPages {

  /** Races per page, as requested by a scan. */
  private static final int LIMIT = 500;

  private final Path folder;
  private final RacecardPage racecards;

  private RenderedPages(Path folder, RacecardPage racecards) {
    this.folder = folder;
    this.racecards = racecards;
  }

  static RenderedPages render(Path folder, RacecardPage racecards) throws IOException {
    Files.createDirectories(folder);
    RenderedPages pages = new RenderedPages(folder, racecards);
    LocalDate tomorrow = LocalDate.now(SystemTime.clock()).plusDays(1);
    Population.FIRST_RACE_DAY.datesUntil(tomorrow.plusDays(1)).toList().parallelStream()
        .forEach(pages::render);
    return pages;
  }

  private void render(LocalDate day) {
    try {
      Files.write(file(day), racecards.page(day, LIMIT, 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public byte[] page(LocalDate day, int limit, int skip) {
    Path file = file(day);
    if (limit != LIMIT || skip != 0 || !Files.exists(file)) {
      return racecards.page(day, limit, skip);
    }
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file(LocalDate day) {
    return folder.resolve(day + ".json");
  }
}

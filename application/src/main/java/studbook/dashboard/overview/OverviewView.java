package studbook.dashboard.overview;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import studbook.dashboard.overview.TableFigures.CountedTables;
import studbook.dashboard.run.RunView;
import studbook.json.LoggedErrorJson;

/**
 * The state of everything.
 *
 * @param tables empty until they are counted
 * @param run the newest; empty before the first
 * @param next what is due next, soonest first
 * @param attention what needs a person
 * @param errors the newest of the run
 * @param quality scores after the last runs, oldest first
 */
public record OverviewView(
    Instant at,
    Optional<CountedTables> tables,
    Optional<RunView> run,
    List<NextJob> next,
    List<AttentionItem> attention,
    List<LoggedErrorJson> errors,
    List<QualityPoint> quality) {

  public OverviewView {
    next = List.copyOf(next);
    attention = List.copyOf(attention);
    errors = List.copyOf(errors);
    quality = List.copyOf(quality);
  }

  /** A job that is due. */
  public record NextJob(String job, Instant at, boolean running) {}

  /**
   * Something that needs a person.
   *
   * @param path of the page where it is dealt with
   */
  public record AttentionItem(String text, String path) {}

  /** The data quality score after a run, 0 to 100. */
  public record QualityPoint(long run, double score) {}

  /** The latest quality score. */
  public Optional<QualityPoint> score() {
    return quality.isEmpty() ? Optional.empty() : Optional.of(quality.getLast());
  }

  /** How far it is from the score before; empty with fewer than two. */
  public Optional<Double> scoreChange() {
    return quality.size() < 2
        ? Optional.empty()
        : Optional.of(quality.getLast().score() - quality.get(quality.size() - 2).score());
  }
}

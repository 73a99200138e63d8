package studbook.dashboard.horse;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import studbook.dashboard.page.HtmlFormat;
import studbook.store.change.RecordedChange;
import studbook.store.change.WaitingReview;
import studbook.store.finding.StoredFinding;
import studbook.store.pedigree.AncestorQueries.StoredAncestor;
import studbook.store.pedigree.FamilyQueries.StoredFigures;
import studbook.store.pedigree.PedigreeLoader;
import studbook.store.statistics.HorseEvent;
import studbook.store.statistics.HorseHistory;

/**
 * What the page of a horse shows.
 *
 * @param history empty if neither the user's tables nor any run has it
 * @param stored if it was requested as an ancestor
 * @param generations of the chart, as asked for
 * @param chart empty if nothing but its offspring is known
 * @param figures of its pedigree, if they are stored
 * @param findings of the pedigree checks
 */
public record HorseView(
    String id,
    Optional<HorseHistory> history,
    Optional<StoredAncestor> stored,
    int generations,
    Optional<PedigreeChart> chart,
    HorseFamily family,
    Optional<StoredFigures> figures,
    List<StoredFinding> findings,
    List<WaitingReview> reviews) {

  /** The name; the id without one. */
  public String title() {
    return HtmlFormat.text(
        history
            .flatMap(HorseHistory::horse)
            .flatMap(row -> Optional.ofNullable(row.name()))
            .or(() -> stored.flatMap(row -> Optional.ofNullable(row.name())))
            .filter(name -> !name.isBlank())
            .orElse(id));
  }

  /** Whether the user's tables have it. */
  public boolean isOwn() {
    return history.flatMap(HorseHistory::horse).isPresent();
  }

  /** The page of a mating with this horse as the sire or, if it is female, as the dam. */
  public String mating() {
    Optional<String> sex =
        history
            .flatMap(HorseHistory::horse)
            .flatMap(row -> recorded(row.sexCode()).or(() -> recorded(row.sex())))
            .or(() -> stored.flatMap(row -> recorded(row.sex())));
    return MatingView.address(id, PedigreeLoader.sex(sex.orElse(null)));
  }

  private static Optional<String> recorded(@Nullable String sex) {
    return Optional.ofNullable(sex).filter(text -> !text.isBlank());
  }

  /** Its fields, of the user's tables if these have it. */
  public List<HorseField> fields() {
    return isOwn()
        ? HorseField.of(history.orElseThrow())
        : stored.map(HorseField::of).orElse(List.of());
  }

  /** Its attempts and outcomes, the newest first. */
  public List<HorseEvent> events() {
    return history.map(HorseEvent::of).orElse(List.of()).reversed();
  }

  /** The changes of its fields, the newest first. */
  public List<RecordedChange> changes() {
    return history.map(HorseHistory::changes).orElse(List.of());
  }

  /** Whether the stored figures used the parents that it has now. */
  public boolean figuresAreCurrent() {
    return figures
        .filter(stored ->
            Objects.equals(stored.figures().sire(), chart.map(PedigreeChart::sireId).orElse(null))
                && Objects.equals(
                    stored.figures().dam(), chart.map(PedigreeChart::damId).orElse(null)))
        .isPresent();
  }
}

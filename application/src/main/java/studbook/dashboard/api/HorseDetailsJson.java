package studbook.dashboard.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import studbook.dashboard.horse.HorseField;
import studbook.dashboard.horse.HorseView;
import studbook.json.ReviewJson;
import studbook.json.horse.HorseJson;
import studbook.json.horse.ListedFinding;
import studbook.store.pedigree.FamilyQueries.StoredFigures;
import studbook.store.pedigree.FigureRow;

/**
 * What is known of a horse.
 *
 * @param fields its values, each with its source
 * @param shown as {@code show --json} has it; empty if neither the user's tables nor a run has it
 * @param figures of its pedigree, if they are stored
 * @param figuresCurrent whether they used the parents that it has now
 * @param findings of the pedigree checks
 * @param reviews changes that wait for a person
 */
record HorseDetailsJson(
    String horseId,
    String name,
    List<HorseFieldJson> fields,
    Optional<HorseJson> shown,
    Optional<StoredFiguresJson> figures,
    boolean figuresCurrent,
    List<ListedFinding> findings,
    List<ReviewJson> reviews) {

  private record HorseFieldJson(
      String field,
      Optional<String> value,
      Optional<String> horseId,
      String source,
      Optional<Long> runId,
      Optional<Instant> readAt) {

    static HorseFieldJson of(HorseField field) {
      return new HorseFieldJson(
          field.label(), field.value(), field.horse(), field.source(), field.run(), field.at());
    }
  }

  private record StoredFiguresJson(
      double inbreedingPercent,
      double equivalentGenerations,
      int maxGenerations,
      int fullGenerations,
      double completenessPercent,
      int ancestorCount,
      Instant computedAt) {

    static StoredFiguresJson of(StoredFigures stored) {
      FigureRow row = stored.figures();
      return new StoredFiguresJson(
          100 * row.inbreeding(),
          row.equivalentGenerations(),
          row.maxGenerations(),
          row.fullGenerations(),
          100 * row.completenessIndex(),
          row.ancestors(),
          stored.computedAt());
    }
  }

  static HorseDetailsJson of(HorseView horse) {
    return new HorseDetailsJson(
        horse.id(),
        horse.title(),
        horse.fields().stream().map(HorseFieldJson::of).toList(),
        horse.history().map(HorseJson::of),
        horse.figures().map(StoredFiguresJson::of),
        horse.figuresAreCurrent(),
        horse.findings().stream().map(ListedFinding::of).toList(),
        horse.reviews().stream().map(ReviewJson::of).toList());
  }
}

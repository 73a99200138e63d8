package studbook.dashboard.horse;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import studbook.store.change.RecordedChange;
import studbook.store.pedigree.AncestorQueries.StoredAncestor;
import studbook.store.statistics.HorseHistory;
import studbook.store.statistics.HorseHistory.HorseRow;
import studbook.store.statistics.HorseHistory.PedigreeRow;
import studbook.store.statistics.HorseHistory.RunOutcome;

/**
 * A value of a horse and where it comes from. The value comes from outside.
 *
 * @param horse whose name the value is
 * @param at when the source was read; empty if it is not known
 */
public record HorseField(
    String label,
    Optional<String> value,
    Optional<String> horse,
    String source,
    Optional<Long> run,
    Optional<Instant> at) {

  /** Where a value comes from. */
  private record FieldSource(String text, Optional<Long> run, Optional<Instant> at) {}

  /** Of a horse in the user's tables. */
  static List<HorseField> of(HorseHistory history) {
    return Stream.concat(
            history.horse().stream().flatMap(row -> horse(history, row)),
            history.pedigree().stream().flatMap(row -> pedigree(history, row)))
        .toList();
  }

  private static Stream<HorseField> horse(HorseHistory history, HorseRow row) {
    Optional<Instant> updated = Optional.ofNullable(row.updatedAt());
    return Stream.of(
        field("Name", row.name(), null, own(history, updated, "name")),
        field("Born", row.dob(), null, written(history, updated, "dob")),
        field("Sex", coded(row.sex(), row.sexCode()), null, written(history, updated, "sex")),
        field(
            "Colour",
            coded(row.colour(), row.colourCode()),
            null,
            written(history, updated, "colour")),
        field("Region", row.region(), null, written(history, updated, "region")));
  }

  private static Stream<HorseField> pedigree(HorseHistory history, PedigreeRow row) {
    Optional<Instant> updated = Optional.ofNullable(row.updatedAt());
    return Stream.of(
        field("Sire", row.sire(), row.sireId(), written(history, updated, "sire")),
        field("Dam", row.dam(), row.damId(), written(history, updated, "dam")),
        field("Damsire", row.damsire(), row.damsireId(), written(history, updated, "damsire")),
        field("Breeder", row.breeder(), null, written(history, updated, "breeder")));
  }

  /** Of a horse that only studbook.ancestor has. */
  static List<HorseField> of(StoredAncestor row) {
    FieldSource source =
        new FieldSource(
            "studbook.ancestor", Optional.of(row.runId()), Optional.of(row.requestedAt()));
    return List.of(
        field("Name", row.name(), null, source),
        field("Born", row.dob(), null, source),
        field("Sex", row.sex(), null, source),
        field("Colour", row.colour(), null, source),
        field("Region", row.region(), null, source),
        field("Sire", row.sire(), row.sireId(), source),
        field("Dam", row.dam(), row.damId(), source),
        field("Damsire", row.damsire(), row.damsireId(), source),
        field("Breeder", row.breeder(), null, source));
  }

  private static HorseField field(
      String label, @Nullable String value, @Nullable String horse, FieldSource source) {
    return new HorseField(
        label,
        Optional.ofNullable(value).filter(text -> !text.isBlank()),
        Optional.ofNullable(horse).flatMap(HorseAddress::ofParent),
        source.text(),
        source.run(),
        source.at());
  }

  private static @Nullable String coded(@Nullable String text, @Nullable String code) {
    return text == null ? code : code == null ? text : text + " (" + code + ")";
  }

  /** The last change of a column, or the run that wrote the row if nothing else did since. */
  private static FieldSource written(
      HorseHistory history, Optional<Instant> updated, String column) {
    return change(history, column)
        .or(() -> history.origin().filter(RunOutcome::unchanged).map(HorseField::run))
        .orElseGet(() -> table(updated));
  }

  /** The same of a column that no run fills. */
  private static FieldSource own(HorseHistory history, Optional<Instant> updated, String column) {
    return change(history, column).orElseGet(() -> table(updated));
  }

  private static FieldSource table(Optional<Instant> updated) {
    return new FieldSource("your table", Optional.empty(), updated);
  }

  private static Optional<FieldSource> change(HorseHistory history, String column) {
    return history.changes().stream()
        .filter(change -> change.column().equals(column))
        .findFirst()
        .map(HorseField::change);
  }

  private static FieldSource change(RecordedChange change) {
    return new FieldSource(change.source(), change.run(), Optional.of(change.at()));
  }

  private static FieldSource run(RunOutcome outcome) {
    return new FieldSource(
        outcome.source().orElse("run"),
        Optional.of(outcome.run()),
        Optional.ofNullable(outcome.settledAt()));
  }
}

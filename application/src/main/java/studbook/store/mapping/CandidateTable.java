package studbook.store.mapping;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import studbook.store.mapping.TableMapping.MappedTable;
import studbook.store.table.TableColumn;

/**
 * A table or view of the user that may have the horses or pedigrees.
 *
 * @param schema its schema
 * @param table its name
 * @param quoted both, as an SQL statement writes them
 * @param owner the role that may change it
 * @param isOwned whether this database user may change it
 * @param isView whether it is a view, whose rows have no unique index
 * @param rows how many rows it has; an estimate for large ones
 * @param columns by name
 * @param identifiers the names of the columns as an SQL statement writes them
 * @param unique columns with a unique index
 * @param horseIds columns in which values begin with {@code hrs_}
 */
public record CandidateTable(
    String schema,
    String table,
    String quoted,
    String owner,
    boolean isOwned,
    boolean isView,
    long rows,
    Map<String, TableColumn> columns,
    Map<String, String> identifiers,
    Set<String> unique,
    Set<String> horseIds) {

  /** Names of a table that may have horses. */
  private static final String HORSE = "horse";

  /** Guesses the columns of ra_horses. */
  public TableMapping asHorses() {
    return TableMapping.guess(MappedTable.HORSES, this);
  }

  /** Guesses the columns of ra_horse_pedigree. */
  public TableMapping asPedigrees() {
    return TableMapping.guess(MappedTable.PEDIGREES, this);
  }

  /** Whether each row is one horse with a name. */
  boolean hasHorses() {
    TableMapping mapping = asHorses();
    Optional<String> id = mapping.source("horse_id");
    return mapping.source("name").isPresent()
        && id.filter(this::isUnique).isPresent()
        && (id.filter(horseIds::contains).isPresent() || isNamedHorse());
  }

  /** Whether each row is the pedigree of one horse. */
  boolean hasPedigrees() {
    TableMapping mapping = asPedigrees();
    return mapping.source("horse_id").filter(this::isUnique).isPresent()
        && List.of("sire_id", "sire", "dam_id", "dam").stream()
            .anyMatch(column -> mapping.source(column).isPresent());
  }

  /** A view has no index; what it is made of is not known. */
  private boolean isUnique(String column) {
    return isView || unique.contains(column);
  }

  boolean isNamedHorse() {
    return table.toLowerCase(Locale.ROOT).contains(HORSE);
  }
}

package studbook.store.mapping;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import studbook.store.table.TableColumn;
import studbook.store.table.TableColumn.ColumnContent;
import studbook.store.table.UserColumns;

/**
 * Which columns of a user's table are those of one of Studbook's. Immutable.
 *
 * @param target the table of Studbook's
 * @param table the user's
 * @param sources Studbook's columns, each with the user's; without one a column has to be added
 */
public record TableMapping(
    MappedTable target, CandidateTable table, Map<String, Optional<String>> sources) {

  /** A table of Studbook's that can be a view. */
  public enum MappedTable {
    HORSES("ra_horses"),
    PEDIGREES("ra_horse_pedigree");

    private final String table;

    MappedTable(String table) {
      this.table = table;
    }

    public String table() {
      return table;
    }

    public List<String> columns() {
      return this == HORSES ? UserColumns.OF_HORSES : UserColumns.OF_PEDIGREES;
    }
  }

  public TableMapping {
    sources = Collections.unmodifiableMap(new LinkedHashMap<>(sources));
  }

  static TableMapping guess(MappedTable target, CandidateTable table) {
    Map<String, Optional<String>> sources = new LinkedHashMap<>();
    for (String column : target.columns()) {
      Optional<String> source = column.equals("horse_id") ? idColumn(table) : byName(table, column);
      if (source.isPresent() || !isOptional(target, column)) {
        sources.put(column, source);
      }
    }
    return new TableMapping(target, table, sources);
  }

  /** Studbook uses it only if it exists. */
  private static boolean isOptional(MappedTable target, String column) {
    return target == MappedTable.HORSES && column.equals("created_at");
  }

  private static Optional<String> byName(CandidateTable table, String column) {
    return ColumnSynonyms.of(column).stream()
        .flatMap(synonym ->
            table.columns().keySet().stream()
                .filter(name -> ColumnSynonyms.plain(name).equals(synonym)))
        .filter(name -> fits(table, column, name))
        .findFirst();
  }

  /** Values that begin with hrs_ and a unique index say more than a name. */
  private static Optional<String> idColumn(CandidateTable table) {
    List<String> synonyms = ColumnSynonyms.of("horse_id");
    Comparator<String> order =
        Comparator.<String, Boolean>comparing(name -> !table.horseIds().contains(name))
            .thenComparing(name -> !table.unique().contains(name))
            .thenComparing(name -> {
              int place = synonyms.indexOf(ColumnSynonyms.plain(name));
              return place < 0 ? synonyms.size() : place;
            });
    return table.columns().keySet().stream()
        .filter(name -> fits(table, "horse_id", name))
        .filter(name ->
            synonyms.contains(ColumnSynonyms.plain(name))
                || (table.horseIds().contains(name) && table.unique().contains(name)))
        .min(order);
  }

  private static boolean fits(CandidateTable table, String column, String source) {
    return Optional.ofNullable(table.columns().get(source))
        .filter(found -> !found.isGenerated())
        .filter(found -> TableColumn.content(column).fits(found.base()))
        .isPresent();
  }

  /** The user's column for one of Studbook's; empty if it has to be added. */
  public Optional<String> source(String column) {
    return sources.getOrDefault(column, Optional.empty());
  }

  /**
   * Why a column of the user's cannot be one of Studbook's, as a sentence; empty if it can.
   *
   * @param column of Studbook's
   */
  public Optional<String> obstacle(String column, String source) {
    TableColumn found = table.columns().get(source);
    ColumnContent content = TableColumn.content(column);
    if (found == null) {
      return Optional.of(
          "%s has no column %s; its columns are %s"
              .formatted(table.quoted(), source, String.join(", ", table.columns().keySet())));
    }
    if (found.isGenerated()) {
      return Optional.of(
          "the database computes %s, so that it cannot be written".formatted(source));
    }
    return content.fits(found.base())
        ? Optional.empty()
        : Optional.of(
            "%s has type %s, but Studbook stores a %s in %s: change its type, or let a column be added"
                .formatted(source, found.declared(), content.text(), column));
  }

  /** The same with another column of the user's; empty: a column has to be added. */
  public TableMapping with(String column, Optional<String> source) {
    Map<String, Optional<String>> changed = new LinkedHashMap<>(sources);
    changed.put(column, source);
    return new TableMapping(target, table, changed);
  }

  /** The columns that have to be added to the user's table, by their names there. */
  Map<String, String> additions() {
    Map<String, String> added = new LinkedHashMap<>();
    sources.forEach((column, source) -> {
      if (source.isEmpty()) {
        added.put(column, table.columns().containsKey(column) ? "studbook_" + column : column);
      }
    });
    return added;
  }

  /** Columns that no addition can replace: Studbook finds horses by them. */
  public List<String> lacking() {
    return additions().keySet().stream()
        .filter(column -> column.equals("horse_id") || column.equals("name"))
        .toList();
  }

  /** Two columns of Studbook's cannot be one of the user's. */
  public List<String> usedTwice() {
    return sources.values().stream()
        .flatMap(Optional::stream)
        .collect(Collectors.groupingBy(name -> name, LinkedHashMap::new, Collectors.counting()))
        .entrySet()
        .stream()
        .filter(used -> used.getValue() > 1)
        .map(Map.Entry::getKey)
        .toList();
  }

  /**
   * The statements that make the view; the first adds columns to the user's table, if any are
   * missing.
   *
   * @param schema of the view, as an SQL statement writes it
   */
  List<String> statements(String schema) {
    List<String> statements = new ArrayList<>();
    Map<String, String> added = additions();
    if (!added.isEmpty()) {
      statements.add(
          added.entrySet().stream()
              .map(column ->
                  "ADD COLUMN "
                      + column.getValue()
                      + " "
                      + type(TableColumn.content(column.getKey())))
              .collect(Collectors.joining(",\n  ", "ALTER TABLE " + table.quoted() + "\n  ", ";")));
    }
    statements.add(
        sources.entrySet().stream()
            .map(column -> {
              String own = column.getKey();
              String source =
                  column
                      .getValue()
                      .map(name -> table.identifiers().getOrDefault(name, name))
                      .orElseGet(() -> added.getOrDefault(own, own));
              return source.equals(own) ? own : source + " AS " + own;
            })
            .collect(
                Collectors.joining(
                    ",\n  ",
                    "CREATE VIEW %s.%s AS\nSELECT\n  ".formatted(schema, target.table()),
                    "\nFROM " + table.quoted() + ";")));
    return statements;
  }

  private static String type(ColumnContent content) {
    return switch (content) {
      case TEXT -> "text";
      case DATE -> "date";
      case TIMESTAMP -> "timestamptz";
    };
  }
}

package studbook.faults.service;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import studbook.faults.invariant.ExpectedRows;
import studbook.faults.invariant.UserTables;
import studbook.simulator.population.HorseRecord;
import tools.jackson.databind.JsonNode;

/**
 * What the API last answered about each horse, and what follows from it: the rows of both tables
 * and the changes. It shares no statement with the program.
 */
final class ConfirmedRecords {

  /** A changed value. */
  record ExpectedChange(
      String horse, String column, @Nullable String oldValue, @Nullable String newValue) {}

  private final Map<String, HorseRecord> first = new HashMap<>();
  private final Map<String, HorseRecord> last = new HashMap<>();
  private final List<ExpectedChange> changes = new ArrayList<>();

  /** The API answered with this record; repeating it changes nothing. */
  void confirm(HorseRecord now) {
    first.putIfAbsent(now.id(), now);
    HorseRecord then = last.put(now.id(), now);
    if (then != null) {
      Map<String, @Nullable String> before = columns(then);
      columns(now)
          .forEach((column, value) -> {
            if (!column.equals("dob") && !Objects.equals(value, before.get(column))) {
              changes.add(new ExpectedChange(now.id(), column, before.get(column), value));
            }
          });
    }
  }

  /** All changes, if a person accepted each date of birth at the end. */
  List<ExpectedChange> changes() {
    List<ExpectedChange> all = new ArrayList<>(changes);
    first.forEach((id, then) -> {
      String before = columns(then).get("dob");
      String now = columns(last.getOrDefault(id, then)).get("dob");
      if (!Objects.equals(before, now)) {
        all.add(new ExpectedChange(id, "dob", before, now));
      }
    });
    return all;
  }

  /** Each value of the tables that differs from the last record of its horse. */
  List<String> violations(UserTables tables) {
    List<String> found = new ArrayList<>();
    last.forEach((id, record) -> {
      compare("ra_horses " + id, ExpectedRows.horse(record), tables.horses().get(id), found);
      Optional<Map<String, @Nullable String>> pedigree = ExpectedRows.pedigree(record);
      if (pedigree.isPresent()) {
        compare("ra_horse_pedigree " + id, pedigree.get(), tables.pedigrees().get(id), found);
      } else if (tables.pedigrees().containsKey(id)) {
        found.add("ra_horse_pedigree " + id + " has a row without a parent");
      }
    });
    return found;
  }

  private static void compare(
      String row,
      Map<String, @Nullable String> served,
      @Nullable JsonNode stored,
      List<String> found) {
    if (stored == null) {
      found.add(row + " is missing");
      return;
    }
    served.forEach((column, value) -> {
      JsonNode node = stored.path(column);
      String text = node.isNull() ? null : node.asString();
      if (!Objects.equals(text, value)) {
        found.add("%s: %s is %s, served was %s".formatted(row, column, text, value));
      }
    });
  }

  /** Columns of both tables, with the names that changes have. */
  private static Map<String, @Nullable String> columns(HorseRecord record) {
    Map<String, @Nullable String> columns = new LinkedHashMap<>(ExpectedRows.horse(record));
    ExpectedRows.pedigree(record)
        .ifPresent(pedigree ->
            pedigree.forEach((column, value) ->
                columns.put(column.equals("region") ? "pedigree_region" : column, value)));
    return columns;
  }

  /** The columns of ra_horses or ra_horse_pedigree that changed, by horse. */
  Map<String, Long> changesByHorse(boolean ofPedigree) {
    return changes().stream()
        .filter(change -> ofPedigree == change.column().equals("breeder"))
        .collect(Collectors.groupingBy(ExpectedChange::horse, Collectors.counting()));
  }
}

package studbook.store.outcome;

import java.util.List;
import java.util.stream.Collectors;

/**
 * SQL that merges The Racing API's values with a horse's rows. Nothing is erased. A run over
 * incomplete horses fills blanks and overwrites nothing.
 */
final class MergedColumns {

  /** Columns with the other half of their pair; a column without a pair is its own. */
  private record Half(String column, String partner) {}

  private static final List<Half> HORSE =
      List.of(
          new Half("sex", "sex_code"),
          new Half("sex_code", "sex"),
          new Half("colour", "colour_code"),
          new Half("colour_code", "colour"),
          new Half("region", "region"));

  private static final List<Half> PEDIGREE =
      List.of(
          new Half("sire_id", "sire"),
          new Half("sire", "sire_id"),
          new Half("dam_id", "dam"),
          new Half("dam", "dam_id"),
          new Half("damsire_id", "damsire"),
          new Half("damsire", "damsire_id"),
          new Half("breeder", "breeder"),
          new Half("region", "region"));

  /**
   * Columns of ra_horses for a SELECT, except the date of birth: w has the API's values and whether
   * only blanks are filled, s the row's.
   */
  static final String OF_HORSE =
      HORSE.stream()
          .map(half -> merged(half, "w.blanks_only", "w", "s") + " AS " + half.column())
          .collect(Collectors.joining(",\n"));

  /**
   * Assignments of an upsert of ra_horse_pedigree as p; the CTE {@code run_mode} has the run's
   * mode.
   */
  static final String OF_PEDIGREE =
      PEDIGREE.stream()
          .map(half ->
              half.column()
                  + " = "
                  + merged(half, "(SELECT includes_incomplete FROM run_mode)", "EXCLUDED", "p"))
          .collect(Collectors.joining(",\n"));

  private MergedColumns() {}

  /**
   * Two functions instead of an argument for the mode: with a subquery as argument none is inlined.
   */
  private static String merged(Half half, String blanksOnly, String given, String there) {
    String values =
        "(%1$s.%3$s, %1$s.%4$s, %2$s.%3$s, %2$s.%4$s)"
            .formatted(given, there, half.column(), half.partner());
    return "CASE WHEN %s THEN studbook.fill_blank_pair%s ELSE studbook.merge_pair%s END"
        .formatted(blanksOnly, values, values);
  }
}

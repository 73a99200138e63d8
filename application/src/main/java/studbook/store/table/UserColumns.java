package studbook.store.table;

import java.util.List;

/** The columns of the user's tables that Studbook reads and writes. There may be others. */
public final class UserColumns {

  /** Of ra_horses; {@code created_at} only if it exists. */
  public static final List<String> OF_HORSES =
      List.of(
          "horse_id",
          "name",
          "sex",
          "sex_code",
          "dob",
          "colour",
          "colour_code",
          "region",
          "created_at",
          "updated_at");

  /** Of ra_horse_pedigree. */
  public static final List<String> OF_PEDIGREES =
      List.of(
          "horse_id",
          "sire_id",
          "sire",
          "dam_id",
          "dam",
          "damsire_id",
          "damsire",
          "breeder",
          "region",
          "created_at",
          "updated_at");

  private UserColumns() {}

  public static List<String> without(List<String> columns, String... excluded) {
    List<String> names = List.of(excluded);
    return columns.stream().filter(column -> !names.contains(column)).toList();
  }
}

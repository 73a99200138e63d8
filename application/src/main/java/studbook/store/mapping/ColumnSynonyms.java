package studbook.store.mapping;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Names under which others keep the columns of Studbook's tables, the likeliest first. */
final class ColumnSynonyms {

  private static final Map<String, List<String>> NAMES =
      Map.ofEntries(
          Map.entry("horse_id", List.of("horse_id", "id", "hrs_id", "racing_api_id", "api_id")),
          Map.entry("name", List.of("name", "horse_name", "horse")),
          Map.entry("sex", List.of("sex", "gender")),
          Map.entry("sex_code", List.of("sex_code", "gender_code")),
          Map.entry(
              "dob",
              List.of(
                  "dob",
                  "birth_date",
                  "date_of_birth",
                  "born",
                  "born_on",
                  "foaled",
                  "foaled_on",
                  "foaling_date")),
          Map.entry("colour", List.of("colour", "color", "coat_colour", "coat_color", "coat")),
          Map.entry("colour_code", List.of("colour_code", "color_code", "coat_code")),
          Map.entry(
              "region",
              List.of(
                  "region", "country", "country_code", "bred_in", "country_of_birth", "origin")),
          Map.entry("created_at", List.of("created_at", "created", "created_on", "inserted_at")),
          Map.entry(
              "updated_at",
              List.of(
                  "updated_at",
                  "updated",
                  "updated_on",
                  "modified_at",
                  "modified",
                  "modified_on",
                  "last_updated",
                  "last_modified")),
          Map.entry("sire_id", List.of("sire_id", "father_id")),
          Map.entry("sire", List.of("sire", "sire_name", "father", "father_name")),
          Map.entry("dam_id", List.of("dam_id", "mother_id")),
          Map.entry("dam", List.of("dam", "dam_name", "mother", "mother_name")),
          Map.entry("damsire_id", List.of("damsire_id", "broodmare_sire_id")),
          Map.entry(
              "damsire",
              List.of("damsire", "damsire_name", "broodmare_sire", "broodmare_sire_name")),
          Map.entry("breeder", List.of("breeder", "breeder_name")));

  private ColumnSynonyms() {}

  /** Names of a column of Studbook's, in the form of {@link #plain}. */
  static List<String> of(String column) {
    return NAMES.getOrDefault(column, List.of(column)).stream().map(ColumnSynonyms::plain).toList();
  }

  /** A name without underscores and capitals: birthDate is birth_date. */
  static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replace("_", "").replace(" ", "");
  }
}

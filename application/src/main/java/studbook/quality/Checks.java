package studbook.quality;

import java.util.List;
import studbook.model.CountrySuffix;
import studbook.model.ParentRole;
import studbook.model.ProfileValidator;

/**
 * The checks of the rows, counted in one scan. The rules are those of {@link ProfileValidator}, so
 * Studbook did not write what fails here.
 */
public final class Checks {

  private Checks() {}

  /**
   * The suffix as {@link studbook.model.HorseName} reads it: invisible characters are trimmed from
   * both ends, the name is one line, and the suffix is a country's.
   */
  static final String SUFFIX =
      """
      lower(substring(h.name COLLATE "C" from '(?i)^[%1$s]*[^%1$s%2$s][^%2$s]*\\((%3$s)\\)[%1$s]*$'))
      """
          .formatted(
              "\\u0009-\\u000D\\u001C-\\u0020\\u00A0\\u00AD\\u0600-\\u0605\\u061C\\u06DD\\u070F\\u0890\\u0891\\u08E2\\u1680\\u180E\\u2000-\\u200F\\u2028-\\u202F\\u205F-\\u2064\\u2066-\\u206F\\u3000\\uFEFF\\uFFF9-\\uFFFB",
              "\\u000A\\u000D\\u0085\\u2028\\u2029",
              String.join("|", CountrySuffix.all()));

  /** Nearly every name ends in its region's suffix: only the others are parsed. */
  private static final String CONTRADICTED =
      """
      h.region <> ''
      AND right(h.name, length(h.region) + 2) <> '(' || upper(h.region COLLATE "C") || ')'
      AND %s <> lower(btrim(h.region) COLLATE "C")\
      """
          .formatted(SUFFIX);

  /** A number is one horse, with any prefix and leading zeros; most differ in the last digit. */
  private static final String OWN_PARENT =
      """
      right(h.horse_id, 1) IN (right(p.sire_id, 1), right(p.dam_id, 1), right(p.damsire_id, 1))
      AND ltrim(substr(h.horse_id, 5), '0') IN
        (ltrim(substr(p.sire_id, 5), '0'), ltrim(substr(p.dam_id, 5), '0'), ltrim(substr(p.damsire_id, 5), '0'))
      """;

  /** By ids; by names only if an id is missing. */
  private static final String SIRE_IS_DAM =
      """
      CASE WHEN p.sire_id <> '' AND p.dam_id <> ''
           THEN right(p.sire_id, 1) = right(p.dam_id, 1)
             AND ltrim(substr(p.sire_id, 5), '0') = ltrim(substr(p.dam_id, 5), '0')
           ELSE p.sire <> '' AND p.sire = p.dam END
      """;

  /** All checks, in display order. */
  public static final List<Check> ALL =
      List.of(
          new Check("dob_missing", "dob missing", CheckKind.MISSING, "h.dob IS NULL"),
          new Check(
              "sex_code_missing",
              "sex code missing",
              CheckKind.MISSING,
              "h.sex_code IS NULL OR h.sex_code = ''"),
          new Check(
              "colour_missing",
              "colour missing",
              CheckKind.MISSING,
              "h.colour IS NULL OR h.colour = ''"),
          new Check(
              "region_missing",
              "region missing",
              CheckKind.MISSING,
              "h.region IS NULL OR h.region = ''"),
          new Check("sire_known", "sire known", CheckKind.KNOWN, "p.sire IS NULL OR p.sire = ''"),
          new Check("dam_known", "dam known", CheckKind.KNOWN, "p.dam IS NULL OR p.dam = ''"),
          new Check(
              "damsire_known",
              "damsire known",
              CheckKind.KNOWN,
              "p.damsire IS NULL OR p.damsire = ''"),
          new Check(
              "breeder_known",
              "breeder known",
              CheckKind.KNOWN,
              "p.breeder IS NULL OR p.breeder = ''"),
          new Check(
              "sex_code_unknown",
              "sex code none of " + String.join(" ", ProfileValidator.SEX_CODES),
              CheckKind.IMPOSSIBLE,
              "h.sex_code NOT IN ('', '%s')"
                  .formatted(String.join("', '", ProfileValidator.SEX_CODES))),
          new Check(
              "dob_impossible",
              "dob in future or before " + ProfileValidator.EARLIEST_DOB.getYear(),
              CheckKind.IMPOSSIBLE,
              "h.dob > current_date OR h.dob < DATE '%s'".formatted(ProfileValidator.EARLIEST_DOB)),
          new Check(
              "id_prefix",
              "id with a wrong prefix",
              CheckKind.IMPOSSIBLE,
              """
              NOT starts_with(h.horse_id, 'hrs_')
              OR NOT starts_with(NULLIF(p.sire_id, ''), '%s')
              OR NOT starts_with(NULLIF(p.dam_id, ''), '%s')
              OR NOT starts_with(NULLIF(p.damsire_id, ''), '%s')\
              """
                  .formatted(
                      ParentRole.SIRE.prefix(),
                      ParentRole.DAM.prefix(),
                      ParentRole.DAMSIRE.prefix())),
          new Check("own_parent", "its own parent", CheckKind.IMPOSSIBLE, OWN_PARENT),
          new Check("sire_is_dam", "sire equal to dam", CheckKind.IMPOSSIBLE, SIRE_IS_DAM),
          new Check(
              "parent_without_id",
              "parent with a name and no id",
              CheckKind.SUSPECT,
              """
              p.sire <> '' AND COALESCE(p.sire_id, '') = ''
              OR p.dam <> '' AND COALESCE(p.dam_id, '') = ''
              OR p.damsire <> '' AND COALESCE(p.damsire_id, '') = ''\
              """),
          new Check("region_suffix", "region against the suffix", CheckKind.SUSPECT, CONTRADICTED));

  /** Rows with the same name and dob: a separate statement, since it compares rows. */
  public static final Check REPEATED =
      new Check("repeated", "name and dob of another row", CheckKind.SUSPECT, "false");
}

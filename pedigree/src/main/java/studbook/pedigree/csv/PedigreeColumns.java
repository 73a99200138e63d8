package studbook.pedigree.csv;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Where the columns of a file are; -1: missing. */
record PedigreeColumns(
    int id, int sire, int dam, int sex, int year, int date, int name, int colour, int damsire) {

  /** Finds the columns by their names, in any order and case; others are ignored. */
  static PedigreeColumns of(List<String> header, int line) {
    List<String> names =
        header.stream().map(name -> name.strip().toLowerCase(Locale.ROOT)).toList();
    List<String> missing = new ArrayList<>(List.of("id", "sire", "dam"));
    missing.removeAll(names);
    if (!missing.isEmpty()) {
      throw new PedigreeFormatException(
          line,
          "no column %s; the first line must name id, sire and dam, and may name sex, yob or dob, and name"
              .formatted(String.join(", ", missing)));
    }
    return new PedigreeColumns(
        names.indexOf("id"),
        names.indexOf("sire"),
        names.indexOf("dam"),
        names.indexOf("sex"),
        names.indexOf("yob"),
        names.indexOf("dob"),
        names.indexOf("name"),
        Math.max(names.indexOf("colour"), names.indexOf("color")),
        names.indexOf("damsire"));
  }
}

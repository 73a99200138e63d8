package studbook.pedigree.csv;

import java.io.IOException;
import java.io.Reader;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import studbook.pedigree.AnimalRow;
import studbook.pedigree.AnimalTable;
import studbook.pedigree.AnimalTableBuilder;
import studbook.pedigree.BirthDate;
import studbook.pedigree.Sex;

/**
 * Reads a pedigree from CSV: columns id, sire and dam, and, if present, sex, yob or dob, name,
 * colour and damsire, in any order; other columns are ignored. Separated by commas, semicolons or
 * tabs, as the first line is. A parent that is not known is empty, 0, -, ?, NA, null, none or
 * unknown. Parents may come after their offspring or have no row.
 */
public final class PedigreeCsv {

  private static final Set<String> NOT_KNOWN =
      Set.of("", "0", "-", "?", ".", "*", "na", "n/a", "null", "none", "unknown");

  private final CsvRecords records;
  private final AnimalTableBuilder table = AnimalTable.builder();

  private PedigreeCsv(Reader in) throws IOException {
    records = new CsvRecords(in);
  }

  /**
   * Reads to the end; does not close the reader.
   *
   * @throws PedigreeFormatException with the line, if a column is missing, a row has another number
   *     of fields than the first line, an id is missing or has two rows, or a sex, year or date is
   *     none
   */
  public static AnimalTable read(Reader in) throws IOException {
    return new PedigreeCsv(in).read();
  }

  private AnimalTable read() throws IOException {
    List<String> header = records.next();
    if (header == null) {
      throw new PedigreeFormatException(1, "the file is empty");
    }
    PedigreeColumns columns = PedigreeColumns.of(header, records.line());
    for (List<String> fields = records.next(); fields != null; fields = records.next()) {
      if (fields.size() != header.size()) {
        throw problem(
            "%d fields, but the first line has %d".formatted(fields.size(), header.size()));
      }
      add(fields, columns);
    }
    return table.build();
  }

  private void add(List<String> fields, PedigreeColumns columns) {
    String id = fields.get(columns.id());
    if (isUnknown(id)) {
      throw problem("no id");
    }
    OptionalInt first = table.lineOf(id);
    if (first.isPresent()) {
      throw problem(
          "'%s' has a row already, on line %d".formatted(shortened(id), first.getAsInt()));
    }
    table.add(
        new AnimalRow(
            id,
            text(fields, columns.name()),
            sex(text(fields, columns.sex())),
            born(text(fields, columns.date()), text(fields, columns.year())),
            orEmpty(text(fields, columns.colour())),
            text(fields, columns.sire()),
            text(fields, columns.dam()),
            text(fields, columns.damsire()),
            records.line()));
  }

  private static @Nullable String text(List<String> fields, int column) {
    return column < 0 || isUnknown(fields.get(column)) ? null : fields.get(column);
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static boolean isUnknown(String text) {
    return text.length() <= 7 && NOT_KNOWN.contains(text.toLowerCase(Locale.ROOT));
  }

  private Sex sex(@Nullable String code) {
    return code == null
        ? Sex.UNKNOWN
        : switch (code.toLowerCase(Locale.ROOT)) {
          case "m", "male", "c", "colt", "h", "horse", "r", "rig", "stallion" -> Sex.MALE;
          case "f", "female", "filly", "mare" -> Sex.FEMALE;
          case "g", "gelding" -> Sex.GELDING;
          case "u" -> Sex.UNKNOWN;
          default -> throw problem("the sex '%s' is none of M, F and G".formatted(shortened(code)));
        };
  }

  private @Nullable BirthDate born(@Nullable String date, @Nullable String year) {
    String text = date == null ? year : date;
    if (text == null) {
      return null;
    }
    return BirthText.parse(text)
        .orElseThrow(() ->
            problem("'%s' is no year (2015) and no date (2015-03-29)".formatted(shortened(text))));
  }

  private PedigreeFormatException problem(String text) {
    return new PedigreeFormatException(records.line(), text);
  }

  private static String shortened(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }
}

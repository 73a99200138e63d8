package studbook.simulator.population;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the horses of a CSV file; errors name the line. */
final class HorseFile {

  private static final Pattern SUFFIXED = Pattern.compile("(.*\\S)\\s*\\(([A-Za-z]{2,3})\\)");

  private final Path file;

  HorseFile(Path file) {
    this.file = file;
  }

  List<HorseRecord> read() {
    List<HorseRecord> horses = new ArrayList<>();
    Set<String> known = new HashSet<>();
    try (CsvReader<NamedCsvRecord> rows =
        CsvReader.builder().detectBomHeader(true).ofNamedCsvRecord(file)) {
      for (NamedCsvRecord row : rows) {
        HorseRecord horse = horse(row);
        if (!known.add(horse.id())) {
          throw unusable(row, horse.id() + " occurs twice");
        }
        horses.add(horse);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    } catch (CsvParseException e) {
      throw new IllegalArgumentException(file + " is no CSV: " + e.getMessage(), e);
    }
    return horses;
  }

  private HorseRecord horse(NamedCsvRecord row) {
    String name = text(row, "name");
    String region = upper(text(row, "region"));
    Matcher suffixed = SUFFIXED.matcher(name == null ? "" : name);
    boolean hasSuffix = suffixed.matches();
    return new HorseRecord(
        id(row),
        hasSuffix ? suffixed.group(1) : name == null ? "" : name,
        hasSuffix ? upper(suffixed.group(2)) : region,
        dob(row),
        upper(text(row, "sex_code")),
        lower(text(row, "colour_code")),
        text(row, "breeder"),
        relative(row, "sir_", "sire"),
        relative(row, "dam_", "dam"),
        relative(row, "dsi_", "damsire"),
        ProfileAvailability.DETAILED);
  }

  private String id(NamedCsvRecord row) {
    if (!row.getHeader().contains("horse_id")) {
      throw new IllegalArgumentException(file + " has no column horse_id");
    }
    String text = text(row, "horse_id");
    if (text == null || !HorseRecord.isId(text)) {
      throw unusable(row, "not a horse id: " + text);
    }
    return text;
  }

  private @Nullable LocalDate dob(NamedCsvRecord row) {
    String text = text(row, "dob");
    try {
      return text == null ? null : LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw unusable(row, "not a date: " + text);
    }
  }

  private @Nullable ParentRef relative(NamedCsvRecord row, String prefix, String column) {
    String id = text(row, column + "_id");
    String name = text(row, column);
    if (id == null || name == null) {
      return null;
    }
    if (!id.matches(prefix + "[0-9]{1,18}")) {
      throw unusable(row, "not an id of a " + column + ": " + id);
    }
    Matcher suffixed = SUFFIXED.matcher(name);
    String number = id.substring(prefix.length());
    return suffixed.matches()
        ? new ParentRef(number, suffixed.group(1), upper(suffixed.group(2)))
        : new ParentRef(number, name, null);
  }

  private IllegalArgumentException unusable(NamedCsvRecord row, String reason) {
    return new IllegalArgumentException(
        file + ", line " + row.getStartingLineNumber() + ": " + reason);
  }

  private static @Nullable String text(NamedCsvRecord row, String column) {
    return row.findField(column).map(String::strip).filter(text -> !text.isEmpty()).orElse(null);
  }

  private static @Nullable String upper(@Nullable String text) {
    return text == null ? null : text.toUpperCase(Locale.ROOT);
  }

  private static @Nullable String lower(@Nullable String text) {
    return text == null ? null : text.toLowerCase(Locale.ROOT);
  }
}

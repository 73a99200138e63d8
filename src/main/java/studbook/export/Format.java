package studbook.export;

import java.io.Writer;
import java.time.ZoneId;
import java.util.Locale;

/** How rows are written. */
public enum Format {
  CSV,
  JSON;

  /** As a person names it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Rows under their columns' names. */
  public Sheet sheet(Writer writer, ZoneId zone) {
    return switch (this) {
      case CSV -> CsvSheet.headed(writer, zone);
      case JSON -> JsonSheet.ofObjects(writer, zone);
    };
  }

  /** A single column as a bare list; in CSV one a line, without a heading: an ids file. */
  public Sheet list(Writer writer, ZoneId zone) {
    return switch (this) {
      case CSV -> CsvSheet.bare(writer, zone);
      case JSON -> JsonSheet.ofValues(writer, zone);
    };
  }
}

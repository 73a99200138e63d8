package studbook.export;

import java.io.Writer;
import java.time.ZoneId;
import java.util.Locale;

/** How rows are written. */
public enum ExportFormat {
  CSV,
  JSON;

  /** As a person names it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Rows under their columns' names. */
  public RowWriter sheet(Writer writer, ZoneId zone) {
    return switch (this) {
      case CSV -> CsvRowWriter.headed(writer, zone);
      case JSON -> JsonRowWriter.ofObjects(writer, zone);
    };
  }

  /** A single column as a bare list; in CSV one a line, without a heading: an ids file. */
  public RowWriter list(Writer writer, ZoneId zone) {
    return switch (this) {
      case CSV -> CsvRowWriter.bare(writer, zone);
      case JSON -> JsonRowWriter.ofValues(writer, zone);
    };
  }
}

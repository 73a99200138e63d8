package studbook.export;

import java.io.Writer;
import java.time.ZoneId;
import java.util.Locale;

/** The format of exported rows. */
public enum ExportFormat {
  CSV,
  JSON;

  /** As in flags. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Writes rows with column names. */
  public RowWriter sheet(Writer writer, ZoneId zone) {
    return switch (this) {
      case CSV -> CsvRowWriter.headed(writer, zone);
      case JSON -> JsonRowWriter.ofObjects(writer, zone);
    };
  }

  /**
   * Writes a single column as a list; in CSV one value a line without a heading, as an ids file.
   */
  public RowWriter list(Writer writer, ZoneId zone) {
    return switch (this) {
      case CSV -> CsvRowWriter.bare(writer, zone);
      case JSON -> JsonRowWriter.ofValues(writer, zone);
    };
  }
}

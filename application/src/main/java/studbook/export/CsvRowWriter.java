package studbook.export;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import studbook.text.JsonFormat;

/**
 * CSV by RFC 4180, safe to open: a cell that a spreadsheet would read as a formula gets an
 * apostrophe, and control characters become U+FFFD.
 */
final class CsvRowWriter implements RowWriter {

  /**
   * Where a formula can begin: at the start of a cell, and after any character at which a
   * spreadsheet may split a line. The last four are full-width forms, which it may treat as the
   * narrow ones.
   */
  private static final Pattern FORMULA =
      Pattern.compile(
          "(^|[;,|\\t\\r\\n])(?=[\\s\"]*[=+\\-@\uFF1D\uFF0B\uFF0D\uFF20])|^(?=[\\t\\r\\n])");

  private final CsvWriter csv;
  private final ZoneId zone;
  private final boolean headed;

  private CsvRowWriter(CsvWriter csv, ZoneId zone, boolean headed) {
    this.csv = csv;
    this.zone = zone;
    this.headed = headed;
  }

  static CsvRowWriter headed(Writer writer, ZoneId zone) {
    return new CsvRowWriter(CsvWriter.builder().build(writer), zone, true);
  }

  /** Without a heading, with lines that any tool reads. */
  static CsvRowWriter bare(Writer writer, ZoneId zone) {
    return new CsvRowWriter(
        CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(writer), zone, false);
  }

  @Override
  public void columns(List<String> names) {
    if (headed) {
      csv.writeRecord(names);
    }
  }

  @Override
  public void row(List<@Nullable Object> values) {
    csv.writeRecord(values.stream().map(this::cell).toList());
  }

  @Override
  public void end() {
    try {
      csv.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String cell(@Nullable Object value) {
    return switch (value) {
      case String text -> harmless(text);
      case OffsetDateTime time -> JsonFormat.time(time.atZoneSameInstant(zone).toOffsetDateTime());
      case null, default -> Objects.toString(value, "");
    };
  }

  private static String harmless(String text) {
    String shown = text.replaceAll("[\\p{Cc}&&[^\\t\\r\\n]]", "\uFFFD");
    return FORMULA.matcher(shown).replaceAll("$1'");
  }
}

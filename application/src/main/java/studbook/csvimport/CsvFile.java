package studbook.csvimport;

import static java.util.regex.Pattern.CASE_INSENSITIVE;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import studbook.model.SafeText;
import studbook.text.FileErrorMessages;

/**
 * A CSV file that is read once: fields separated by commas or semicolons, UTF-8 with or without a
 * byte order mark. Not thread-safe; close it.
 */
final class CsvFile implements AutoCloseable {

  /** Receives the records. */
  interface RecordSink {
    void take(CsvRecord record);
  }

  private static final Pattern SEPARATOR_LINE = Pattern.compile("\"?sep=.?\"?", CASE_INSENSITIVE);

  private static final int LONGEST_HEADER = 64 * 1024;

  private final Utf8Reader decoded;
  private final CsvReader<CsvRecord> reader;
  private final CloseableIterator<CsvRecord> records;
  private final List<String> header;

  /**
   * Opens the file and reads its header.
   *
   * @throws CsvFormatException if there is no file, or no column horse_id
   */
  static CsvFile open(Path file) {
    try {
      return read(Files.newInputStream(file));
    } catch (NoSuchFileException e) {
      throw new CsvFormatException(SafeText.excerpt(file.toString(), 200) + " does not exist");
    } catch (IOException | UncheckedIOException e) {
      throw new CsvFormatException(
          "%s cannot be read: %s"
              .formatted(SafeText.excerpt(file.toString(), 200), FileErrorMessages.reason(e)));
    }
  }

  /**
   * Reads the header from {@code in}, which {@link #close} closes.
   *
   * @throws CsvFormatException if there is no column horse_id
   */
  static CsvFile read(InputStream in) throws IOException {
    try {
      return new CsvFile(in);
    } catch (CsvParseException e) {
      throw new CsvFormatException("the first line is not a CSV header with a column horse_id");
    }
  }

  @SuppressWarnings("resource") // close() closes the readers, and so does a failure here
  private CsvFile(InputStream in) throws IOException {
    decoded = new Utf8Reader(in);
    try {
      BufferedReader buffered = new BufferedReader(decoded, LONGEST_HEADER);
      char separator = separator(buffered);
      reader = builder(separator).ofCsvRecord(buffered);
      records = reader.iterator();
      header = header(records);
      checkHeader();
    } catch (IOException | RuntimeException e) {
      decoded.close();
      throw e;
    }
  }

  /** The column names of the file, in lower case and trimmed. */
  List<String> header() {
    return header;
  }

  /**
   * Passes every record to {@code sink}; a record that cannot be split into fields ends the reading
   * as a bad line.
   */
  void forEach(RecordSink sink, LineErrors errors) {
    long line = 1;
    try {
      while (records.hasNext()) {
        CsvRecord next = records.next();
        line = next.getStartingLineNumber();
        sink.take(next);
      }
    } catch (CsvParseException e) {
      errors.add(line, "the record after this one has a misplaced quotation mark or no end");
      return;
    } catch (UncheckedIOException e) {
      throw new CsvFormatException("the file cannot be read beyond line " + line);
    }
    if (decoded.quotationMarks() % 2 != 0) {
      errors.add(line, "a quotation mark opened here or before is never closed");
    }
  }

  /**
   * The first record, after an optional line {@code sep=;} that tells spreadsheets the separator.
   */
  private static List<String> header(CloseableIterator<CsvRecord> records) {
    List<String> names = List.of();
    do {
      names = records.hasNext() ? names(records.next()) : List.of();
    } while (!names.isEmpty() && SEPARATOR_LINE.matcher(names.getFirst()).matches());
    return names;
  }

  /** The separator that yields a column horse_id in the first non-blank line. */
  private static char separator(BufferedReader reader) throws IOException {
    reader.mark(LONGEST_HEADER);
    char[] start = new char[LONGEST_HEADER];
    int length = 0;
    for (int count = 0; count >= 0 && length < start.length; length += Math.max(count, 0)) {
      count = reader.read(start, length, start.length - length);
    }
    reader.reset();
    String first =
        new String(start, 0, length)
            .lines()
            .filter(line -> !line.isBlank() && !SEPARATOR_LINE.matcher(line.strip()).matches())
            .findFirst()
            .orElse("");
    for (char separator : new char[] {',', ';'}) {
      if (names(first, separator).contains(ImportColumn.HORSE_ID.sqlName())) {
        return separator;
      }
    }
    throw new CsvFormatException("the first line has no column horse_id (separators are , and ;)");
  }

  private static List<String> names(String line, char separator) {
    try {
      return names(builder(separator).ofSingleCsvRecord(line));
    } catch (CsvParseException e) {
      return List.of();
    }
  }

  private void checkHeader() {
    Set<String> seen = new HashSet<>();
    for (String name : header) {
      if (ImportColumn.named(name).isPresent() && !seen.add(name)) {
        throw new CsvFormatException("the first line has the column " + name + " twice");
      }
    }
    if (!seen.contains(ImportColumn.HORSE_ID.sqlName())) {
      throw new CsvFormatException(
          "the first line has no column horse_id (separators are , and ;)");
    }
  }

  private static List<String> names(CsvRecord record) {
    return record.getFields().stream()
        .map(field -> field.strip().toLowerCase(Locale.ROOT))
        .toList();
  }

  private static CsvReader.CsvReaderBuilder builder(char separator) {
    return CsvReader.builder()
        .fieldSeparator(separator)
        .allowExtraFields(true)
        .allowMissingFields(true);
  }

  @Override
  public void close() {
    try {
      records.close();
      reader.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

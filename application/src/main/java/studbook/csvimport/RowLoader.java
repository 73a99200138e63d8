package studbook.csvimport;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Validates records and passes good ones to COPY; counts all, keeps the bad ones. Not thread-safe.
 */
final class RowLoader implements CsvFile.RecordSink {

  private static final int PROGRESS_STEP = 100_000;

  private final int fields;
  private final ImportColumn[] columns;
  private final int[] positions;
  private final int[] widths;
  private final Clock clock;
  private final CopyWriter copy;
  private final LineErrors errors;
  private final LongConsumer progress;
  private final @Nullable String[] values;
  private long read;

  RowLoader(
      List<String> header,
      Map<ImportColumn, Integer> columns,
      Clock clock,
      CopyWriter copy,
      LineErrors errors,
      LongConsumer progress) {
    this.fields = header.size();
    this.columns = columns.keySet().toArray(ImportColumn[]::new);
    this.positions = new int[this.columns.length];
    this.widths = new int[this.columns.length];
    for (int i = 0; i < this.columns.length; i++) {
      positions[i] = header.indexOf(this.columns[i].sqlName());
      widths[i] = Optional.ofNullable(columns.get(this.columns[i])).orElseThrow();
    }
    this.values = new String[this.columns.length];
    this.clock = clock;
    this.copy = copy;
    this.errors = errors;
    this.progress = progress;
  }

  long read() {
    return read;
  }

  @Override
  public void take(CsvRecord record) {
    if (record.getFieldCount() == 1 && record.getField(0).isBlank()) {
      return;
    }
    read++;
    List<String> rowErrors = validationErrors(record);
    if (rowErrors.isEmpty()) {
      copy.row(record.getStartingLineNumber(), values);
    } else {
      errors.add(record.getStartingLineNumber(), String.join("; ", rowErrors));
    }
    if (read % PROGRESS_STEP == 0) {
      progress.accept(read);
    }
  }

  /** Fills {@link #values} and returns their errors. */
  private List<String> validationErrors(CsvRecord record) {
    if (record.getFieldCount() != fields) {
      return List.of(record.getFieldCount() + " fields where the header has " + fields);
    }
    for (int i = 0; i < fields; i++) {
      if (record.getField(i).indexOf(Utf8Reader.MALFORMED) >= 0) {
        return List.of("not UTF-8");
      }
    }
    List<String> rowErrors = new ArrayList<>();
    for (int i = 0; i < columns.length; i++) {
      values[i] = columns[i].normalise(record.getField(positions[i]));
      String error = columns[i].validationError(values[i], widths[i], clock);
      if (error == null && columns[i].isOwn(values[i], values[0])) {
        error = columns[i].sqlName() + " has the horse's own number";
      }
      if (error != null) {
        rowErrors.add(error);
      }
    }
    return rowErrors;
  }
}

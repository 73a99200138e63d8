package studbook.export;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import studbook.text.JsonFormat;

/** A JSON array with a line for each row: an object, or the value if there is only one column. */
final class JsonRowWriter implements RowWriter {

  private final Writer writer;
  private final ZoneId zone;
  private final boolean objects;
  private List<String> names = List.of();
  private boolean begun;

  private JsonRowWriter(Writer writer, ZoneId zone, boolean objects) {
    this.writer = writer;
    this.zone = zone;
    this.objects = objects;
  }

  static JsonRowWriter ofObjects(Writer writer, ZoneId zone) {
    return new JsonRowWriter(writer, zone, true);
  }

  static JsonRowWriter ofValues(Writer writer, ZoneId zone) {
    return new JsonRowWriter(writer, zone, false);
  }

  @Override
  public void columns(List<String> columns) {
    names = columns;
  }

  @Override
  public void row(List<@Nullable Object> values) {
    write(
        (begun ? ",\n" : "[\n")
            + JsonFormat.line(objects ? object(values) : value(values.getFirst())));
    begun = true;
  }

  @Override
  public void end() {
    write(begun ? "\n]\n" : "[]\n");
    try {
      writer.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, Object> object(List<@Nullable Object> values) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      object.put(names.get(i), value(values.get(i)));
    }
    return object;
  }

  private @Nullable Object value(@Nullable Object value) {
    return value instanceof OffsetDateTime time
        ? JsonFormat.time(time.atZoneSameInstant(zone).toOffsetDateTime())
        : value;
  }

  private void write(String text) {
    try {
      writer.write(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

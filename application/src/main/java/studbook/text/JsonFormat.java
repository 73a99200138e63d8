package studbook.text;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.CharacterEscapes;
import tools.jackson.core.io.SerializedString;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * JSON as Studbook writes it everywhere: the keys in snake_case, in the order of the records, so
 * that a record's components are the stable keys of an output. Instants are ISO 8601 with offset,
 * durations seconds, enum values lower case; numbers have at most four decimals, and one that is
 * infinite or unknown is null. Characters that a terminal obeys or that deceive the eye are
 * escaped. Safe for many threads.
 */
public final class JsonFormat {

  private static final JsonMapper MAPPER =
      JsonMapper.builder(JsonFactory.builder().characterEscapes(new InvisibleEscapes()).build())
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
          .addModule(
              new SimpleModule()
                  .addSerializer(Instant.class, new ScalarSerializer<Instant>(JsonFormat::write))
                  .addSerializer(Duration.class, new ScalarSerializer<Duration>(JsonFormat::write))
                  .addSerializer(Double.class, new ScalarSerializer<Double>(JsonFormat::write))
                  .addSerializer(Double.TYPE, new ScalarSerializer<Double>(JsonFormat::write)))
          .build();

  private JsonFormat() {}

  /**
   * Of several lines, for a person too.
   *
   * @param zone whose offset instants have
   */
  public static String pretty(Object value, ZoneId zone) {
    return MAPPER
        .writerWithDefaultPrettyPrinter()
        .with(TimeZone.getTimeZone(zone))
        .writeValueAsString(value);
  }

  /** On one line. */
  public static String line(@Nullable Object value) {
    return MAPPER.writeValueAsString(value);
  }

  /** {@code 2026-03-01T12:00:00Z}, always with seconds. */
  public static String time(OffsetDateTime time) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time.truncatedTo(ChronoUnit.SECONDS));
  }

  private static void write(Instant instant, JsonGenerator out, SerializationContext context) {
    out.writeString(time(instant.atZone(context.getTimeZone().toZoneId()).toOffsetDateTime()));
  }

  private static void write(Duration duration, JsonGenerator out, SerializationContext context) {
    out.writeNumber(duration.toMillis() / 1e3);
  }

  private static void write(double number, JsonGenerator out, SerializationContext context) {
    if (Double.isFinite(number)) {
      out.writeNumber(Math.round(number * 1e4) / 1e4);
    } else {
      out.writeNull();
    }
  }

  private interface ScalarWriter<T> {
    void write(T value, JsonGenerator out, SerializationContext context);
  }

  private static final class ScalarSerializer<T> extends ValueSerializer<T> {

    private final ScalarWriter<T> writer;

    ScalarSerializer(ScalarWriter<T> writer) {
      this.writer = writer;
    }

    @Override
    public void serialize(T value, JsonGenerator out, SerializationContext context) {
      writer.write(value, out, context);
    }
  }

  /** Controls, formatting and direction marks, line separators: JSON itself asks for a few only. */
  private static final class InvisibleEscapes extends CharacterEscapes {

    private static final long serialVersionUID = 1L;

    @Override
    public int[] getEscapeCodesForAscii() {
      int[] codes = standardAsciiEscapesForJSON();
      codes[0x7F] = ESCAPE_STANDARD;
      return codes;
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int character) {
      return switch (Character.getType(character)) {
        case Character.CONTROL,
            Character.FORMAT,
            Character.LINE_SEPARATOR,
            Character.PARAGRAPH_SEPARATOR ->
            new SerializedString("\\u%04X".formatted(character));
        default -> null;
      };
    }
  }
}

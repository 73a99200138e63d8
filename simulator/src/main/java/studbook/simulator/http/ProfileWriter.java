package studbook.simulator.http;

import java.io.ByteArrayOutputStream;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import studbook.simulator.population.HorseRecord;
import studbook.simulator.population.ParentRef;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes a horse in the API's two profile shapes. Safe for many threads. */
final class ProfileWriter {

  private static final int USUAL = 512;

  private final JsonFactory factory = new JsonFactory();

  byte[] detailed(HorseRecord horse) {
    LocalDate dob = horse.dob();
    return write(
        horse,
        (json, blank) -> {
          json.writeStringProperty("breeder", or(horse.breeder(), blank));
          json.writeStringProperty("colour", or(horse.colour(), blank));
          json.writeStringProperty("colour_code", or(horse.colourCode(), blank));
          parent(json, blank, "dam", "dam_", horse.dam(), true);
          parent(json, blank, "damsire", "dsi_", horse.damsire(), true);
          json.writeStringProperty("dob", dob == null ? blank : dob.toString());
          json.writeStringProperty("name", horse.fullName());
          json.writeStringProperty("sex", or(horse.sex(), blank));
          json.writeStringProperty("sex_code", or(horse.sexCode(), blank));
          parent(json, blank, "sire", "sir_", horse.sire(), true);
        });
  }

  /** The API omits the suffix of some damsires here; so does this for every third horse. */
  byte[] standard(HorseRecord horse) {
    boolean suffix = lastDigit(horse) % 3 != 0;
    return write(
        horse,
        (json, blank) -> {
          parent(json, blank, "dam", "dam_", horse.dam(), true);
          parent(json, blank, "damsire", "dsi_", horse.damsire(), suffix);
          json.writeStringProperty("name", horse.fullName());
          parent(json, blank, "sire", "sir_", horse.sire(), true);
        });
  }

  private interface ProfileBody {
    void write(JsonGenerator json, @Nullable String blank);
  }

  /** Unknown values are {@code null} for some horses and an empty text for others. */
  private byte[] write(HorseRecord horse, ProfileBody body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL);
    try (JsonGenerator json = factory.createGenerator(ObjectWriteContext.empty(), bytes)) {
      json.writeStartObject();
      json.writeStringProperty("id", horse.id());
      body.write(json, lastDigit(horse) % 2 == 0 ? "" : null);
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private static void parent(
      JsonGenerator json,
      @Nullable String blank,
      String role,
      String prefix,
      @Nullable ParentRef parent,
      boolean suffix) {
    json.writeStringProperty(
        role, parent == null ? blank : suffix ? parent.fullName() : parent.name());
    json.writeStringProperty(role + "_id", parent == null ? blank : prefix + parent.number());
  }

  private static @Nullable String or(@Nullable String value, @Nullable String blank) {
    return value == null ? blank : value;
  }

  private static int lastDigit(HorseRecord horse) {
    String text = horse.id();
    return text.charAt(text.length() - 1) - '0';
  }
}

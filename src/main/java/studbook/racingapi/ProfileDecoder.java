package studbook.racingapi;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import studbook.horse.HorseId;
import studbook.horse.Printable;
import studbook.store.ErrorKind;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.DeserializationProblemHandler;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a profile's body strictly: UTF-8 without a flaw, one JSON object, no key twice, shallow,
 * and about the horse that was asked for. Safe for many threads.
 */
final class ProfileDecoder {

  private static final int EXCERPT = 80;

  private final JsonMapper mapper =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(32)
                          .maxNumberLength(100)
                          .maxStringLength(100_000)
                          .build())
                  .build())
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .addHandler(new UnknownFields())
          .build();

  private final FieldCensus fields;

  /** Tells {@code fields} what the bodies hold. */
  ProfileDecoder(FieldCensus fields) {
    this.fields = fields;
  }

  /** Found or Basic, by the endpoint; Malformed where the body is not such a profile. */
  Answer decode(HorseId horse, Endpoint endpoint, byte[] body) {
    String text;
    try {
      text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(body))
              .toString();
    } catch (CharacterCodingException e) {
      return malformed("the body is not UTF-8", new String(body, StandardCharsets.ISO_8859_1));
    }
    if (!text.stripLeading().startsWith("{")) {
      return malformed(text.isBlank() ? "the body is empty" : "the body is no JSON object", text);
    }
    ProfileWire wire;
    List<String> unknown = new ArrayList<>();
    try {
      wire =
          mapper
              .readerFor(ProfileWire.class)
              .withAttribute(UnknownFields.class, unknown)
              .readValue(text);
    } catch (JacksonException e) {
      return malformed("the body is not the JSON of a profile: " + reason(e), text);
    }
    if (wire.id() == null || wire.id().isBlank()) {
      return malformed("the profile has no id", text);
    }
    if (!wire.id().equals(horse.text())) {
      return new Answer.Malformed(
          ErrorKind.WRONG_ID, "asked for " + horse + ", answered with " + excerpt(wire.id()));
    }
    fields.saw(endpoint, wire.filled(endpoint), unknown);
    return switch (endpoint) {
      case PRO -> new Answer.Found(wire.toRaw());
      case STANDARD -> new Answer.Basic(wire.toRaw());
    };
  }

  private static String reason(JacksonException e) {
    return excerpt(e.getOriginalMessage());
  }

  private static Answer malformed(String reason, String body) {
    String shown = body.isBlank() ? "" : ": " + excerpt(body);
    return new Answer.Malformed(ErrorKind.MALFORMED, reason + shown);
  }

  /** The beginning of a text from outside, fit to be shown. */
  static String excerpt(String text) {
    return Printable.excerpt(text, EXCERPT);
  }

  /** Notes the names of the fields that we do not read, in the order in which they stand. */
  private static final class UnknownFields extends DeserializationProblemHandler {

    private static final int MOST = 50;

    @Override
    @SuppressWarnings("unchecked") // what decode() has put there
    public boolean handleUnknownProperty(
        DeserializationContext context,
        JsonParser parser,
        ValueDeserializer<?> deserializer,
        Object beanOrClass,
        String name) {
      List<String> unknown = (List<String>) context.getAttribute(UnknownFields.class);
      if (unknown.size() < MOST) {
        unknown.add(name);
      }
      parser.skipChildren();
      return true;
    }
  }
}

package studbook.racingapi;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import studbook.model.ErrorKind;
import studbook.model.HorseId;
import studbook.model.SafeText;
import studbook.racingapi.decode.JsonValues;
import studbook.racingapi.drift.DriftCounter;
import studbook.racingapi.drift.DriftTally;
import studbook.racingapi.drift.ObjectDrift;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * Decodes a profile strictly: valid UTF-8, one JSON object, no duplicate keys, limited depth, and
 * the requested horse. A value of the wrong type is left out and reported with the profile. Safe
 * for many threads.
 */
final class ProfileDecoder {

  private static final int EXCERPT = 80;

  private final JsonFactory factory =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(32)
                  .maxNumberLength(100)
                  .maxStringLength(100_000)
                  .build())
          .build();

  private final FieldCounter fieldCounter;
  private final DriftCounter driftCounter;

  /** Reports the fields of each body, and differences from what is known. */
  ProfileDecoder(FieldCounter fieldCounter, DriftCounter driftCounter) {
    this.fieldCounter = fieldCounter;
    this.driftCounter = driftCounter;
  }

  /** Found or Basic, by the endpoint; Malformed if the body is not such a profile. */
  ProfileResponse decode(HorseId horse, Endpoint endpoint, byte[] body) {
    String text;
    try {
      text = utf8().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      return malformed("the body is not UTF-8", new String(body, StandardCharsets.ISO_8859_1));
    }
    if (!text.stripLeading().startsWith("{")) {
      return malformed(text.isBlank() ? "the body is empty" : "the body is no JSON object", text);
    }
    DriftTally drift = new DriftTally(endpoint.text());
    JsonValues<ProfileField> profile;
    try (JsonParser json = factory.createParser(ObjectReadContext.empty(), text)) {
      json.nextToken();
      profile =
          JsonValues.read(
              json, ProfileField.class, ProfileField.BY_NAME, new ObjectDrift(drift, "", Set.of()));
      if (json.nextToken() != null) {
        return malformed("more follows the profile", text);
      }
    } catch (JacksonException e) {
      return malformed(
          "the body is not the JSON of a profile: " + excerpt(e.getOriginalMessage()), text);
    }
    String id = profile.get(ProfileField.ID);
    if (id == null || id.isBlank()) {
      return malformed("the profile has no id", text);
    }
    if (HorseId.fromApi(id).filter(horse::equals).isEmpty()) {
      return new ProfileResponse.Malformed(
          ErrorKind.WRONG_ID, "requested " + horse + ", received " + excerpt(id));
    }
    fieldCounter.record(endpoint, ProfileField.filled(profile, endpoint));
    profile.absent().stream()
        .filter(field -> field.isOf(endpoint))
        .forEach(field -> drift.missing(field.jsonName()));
    driftCounter.add(drift);
    return switch (endpoint) {
      case PRO -> new ProfileResponse.Found(ProfileField.profile(profile));
      case STANDARD -> new ProfileResponse.Basic(ProfileField.profile(profile));
    };
  }

  static CharsetDecoder utf8() {
    return StandardCharsets.UTF_8
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  /** A body that cannot be used, with its beginning. */
  static ProfileResponse.Malformed malformed(String reason, String body) {
    String shown = body.isBlank() ? "" : ": " + excerpt(body);
    return new ProfileResponse.Malformed(ErrorKind.MALFORMED, reason + shown);
  }

  /** The beginning of a text from outside, safe to display. */
  static String excerpt(String text) {
    return SafeText.excerpt(text, EXCERPT);
  }
}

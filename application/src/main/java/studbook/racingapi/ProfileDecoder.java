package studbook.racingapi;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import studbook.model.ErrorKind;
import studbook.model.HorseId;
import studbook.model.SafeText;
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

  /** Maximum number of unknown fields recorded per response. */
  private static final int MAX_UNKNOWN = 50;

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

  /** Reports the fields of each body to {@code fieldCounter}. */
  ProfileDecoder(FieldCounter fieldCounter) {
    this.fieldCounter = fieldCounter;
  }

  /** Found or Basic, by the endpoint; Malformed if the body is not such a profile. */
  ProfileResponse decode(HorseId horse, Endpoint endpoint, byte[] body) {
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
    ProfileFields profile = new ProfileFields();
    List<String> unknown = new ArrayList<>();
    try (JsonParser json = factory.createParser(ObjectReadContext.empty(), text)) {
      if (!read(json, profile, unknown)) {
        return malformed("more follows the profile", text);
      }
    } catch (JacksonException e) {
      return malformed("the body is not the JSON of a profile: " + reason(e), text);
    }
    String id = profile.get(ProfileFields.ProfileKey.ID);
    if (id == null || id.isBlank()) {
      return malformed("the profile has no id", text);
    }
    if (HorseId.fromApi(id).filter(horse::equals).isEmpty()) {
      return new ProfileResponse.Malformed(
          ErrorKind.WRONG_ID, "requested " + horse + ", received " + excerpt(id));
    }
    fieldCounter.record(endpoint, profile.filled(endpoint), unknown);
    return switch (endpoint) {
      case PRO -> new ProfileResponse.Found(profile.toRaw());
      case STANDARD -> new ProfileResponse.Basic(profile.toRaw());
    };
  }

  /** False if anything follows the object. */
  private static boolean read(JsonParser json, ProfileFields profile, List<String> unknown) {
    json.nextToken();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      json.nextToken();
      ProfileFields.ProfileKey key = ProfileFields.ProfileKey.of(name);
      if (key != null) {
        profile.read(key, json);
      } else {
        json.skipChildren();
        if (unknown.size() < MAX_UNKNOWN) {
          unknown.add(name);
        }
      }
    }
    return json.nextToken() == null;
  }

  private static String reason(JacksonException e) {
    return excerpt(e.getOriginalMessage());
  }

  private static ProfileResponse malformed(String reason, String body) {
    String shown = body.isBlank() ? "" : ": " + excerpt(body);
    return new ProfileResponse.Malformed(ErrorKind.MALFORMED, reason + shown);
  }

  /** The beginning of a text from outside, safe to display. */
  static String excerpt(String text) {
    return SafeText.excerpt(text, EXCERPT);
  }
}

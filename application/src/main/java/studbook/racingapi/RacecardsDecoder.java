package studbook.racingapi;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import studbook.model.ErrorKind;
import studbook.model.HorseId;
import studbook.racingapi.decode.JsonValues;
import studbook.racingapi.drift.DriftCounter;
import studbook.racingapi.drift.DriftTally;
import studbook.racingapi.drift.ObjectDrift;
import studbook.racingapi.drift.RacecardFields;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/**
 * Decodes a page of racecards as a stream, strictly: valid UTF-8, one JSON object, no duplicate
 * keys, limited depth; races of another day are left out. Only profile data is kept, so memory
 * holds some buffers and the runners. Safe for many threads.
 */
final class RacecardsDecoder {

  /** Five hundred races of forty runners. */
  private static final int MOST_RUNNERS = 20_000;

  /** Maximum number of recorded flaws. */
  private static final int MOST_FLAWS = 20;

  private static final int EXCERPT = 80;

  private final JsonFactory factory =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS) // NaN among odds must not reject a day
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(32)
                  .maxNumberLength(100)
                  .maxNameLength(1_000)
                  .maxStringLength(100_000)
                  .build())
          .build();

  private final DriftCounter driftCounter;

  /** Reports differences from what is known. */
  RacecardsDecoder(DriftCounter driftCounter) {
    this.driftCounter = driftCounter;
  }

  /**
   * Decodes a page; Malformed if the body is not one.
   *
   * @throws IOException if the body broke off or is too large
   */
  RacecardResponse decode(LocalDate day, InputStream body) throws IOException {
    try (Reader text = new BufferedReader(new InputStreamReader(body, ProfileDecoder.utf8()))) {
      String beginning = beginning(text);
      if (!beginning.stripLeading().startsWith("{")) {
        return ProfileDecoder.malformed(
            beginning.isBlank() ? "the body is empty" : "the body is no JSON object", beginning);
      }
      try (JsonParser json = factory.createParser(ObjectReadContext.empty(), text)) {
        Page page = new Page(json, day);
        RacecardResponse.RacecardPageRead read = page.read();
        driftCounter.add(page.drift);
        return read;
      } catch (JacksonIOException e) {
        throw e.getCause();
      } catch (JacksonException e) {
        return ProfileDecoder.malformed(
            "the body is not the JSON of racecards: "
                + ProfileDecoder.excerpt(e.getOriginalMessage()),
            beginning);
      } catch (NotRacecards e) {
        return new ProfileResponse.Malformed(e.kind, e.reason);
      }
    } catch (CharacterCodingException e) {
      return ProfileDecoder.malformed("the body is not UTF-8", "");
    }
  }

  /** The first characters of an invalid body, for the message. */
  private static String beginning(Reader text) throws IOException {
    char[] head = new char[EXCERPT];
    text.mark(EXCERPT);
    int length = 0;
    int read = 0;
    while (length < EXCERPT && read >= 0) {
      read = text.read(head, length, EXCERPT - length);
      length += Math.max(read, 0);
    }
    text.reset();
    return new String(head, 0, length);
  }

  /** JSON, but not of racecards. Never leaves the decoder. */
  private static final class NotRacecards extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ErrorKind kind;
    private final String reason;

    NotRacecards(ErrorKind kind, String reason) {
      super(reason, null, false, false);
      this.kind = kind;
      this.reason = reason;
    }

    NotRacecards(String reason) {
      this(ErrorKind.MALFORMED, reason);
    }
  }

  /** A page during decoding. */
  private static final class Page {

    private final JsonParser json;
    private final LocalDate day;
    private final DriftTally drift = new DriftTally("racecards");
    private final ObjectDrift pageDrift = new ObjectDrift(drift, "", RacecardFields.OF_PAGE);
    private final ObjectDrift raceDrift =
        new ObjectDrift(drift, "racecards.", RacecardFields.OF_RACE);
    private final ObjectDrift runnerDrift =
        new ObjectDrift(drift, "racecards.runners.", RacecardFields.OF_RUNNER);
    private final List<RacecardRunner> runners = new ArrayList<>();
    private final List<RacecardResponse.RacecardFlaw> flaws = new ArrayList<>();
    private int races;
    private int leftOut;
    private RacecardResponse.@Nullable RacecardFlaw lastLeftOut;
    private boolean racecards;
    private Optional<Integer> total = Optional.empty();

    Page(JsonParser json, LocalDate day) {
      this.json = json;
      this.day = day;
    }

    RacecardResponse.RacecardPageRead read() {
      json.nextToken();
      for (String key = json.nextName(); key != null; key = json.nextName()) {
        JsonToken value = json.nextToken();
        switch (key) {
          case "racecards" -> {
            expect(value, JsonToken.START_ARRAY, "racecards is no list");
            racecards = true;
            while (json.nextToken() != JsonToken.END_ARRAY) {
              race();
            }
          }
          case "total" ->
              total =
                  value == JsonToken.VALUE_NUMBER_INT
                      ? Optional.of(json.getValueAsInt(0))
                      : Optional.empty();
          default -> {
            pageDrift.skipped(key, json);
            json.skipChildren();
          }
        }
      }
      if (json.nextToken() != null) {
        throw new NotRacecards("there is text after the racecards");
      }
      if (!racecards) {
        throw new NotRacecards("the body has no racecards");
      }
      if (lastLeftOut != null && leftOut == races) {
        throw new NotRacecards(lastLeftOut.kind(), lastLeftOut.message());
      }
      return new RacecardResponse.RacecardPageRead(
          races, Math.max(races, total.orElse(races)), runners, flaws);
    }

    /** Reads a race; leaves it out if it is of another day or has no list of runners. */
    private void race() {
      races++;
      if (json.currentToken() != JsonToken.START_OBJECT) {
        json.skipChildren();
        leaveOut(ErrorKind.MALFORMED, "a race is no object");
        return;
      }
      int before = runners.size();
      boolean listed = false;
      Optional<String> otherDay = Optional.empty();
      for (String key = json.nextName(); key != null; key = json.nextName()) {
        JsonToken value = json.nextToken();
        if (key.equals("runners") && value == JsonToken.START_ARRAY) {
          listed = true;
          while (json.nextToken() != JsonToken.END_ARRAY) {
            runner();
          }
        } else if (key.equals("date") && value == JsonToken.VALUE_STRING) {
          otherDay = Optional.of(json.getString()).filter(date -> !date.equals(day.toString()));
        } else {
          raceDrift.skipped(key, json);
          json.skipChildren();
        }
      }
      if (otherDay.isPresent()) {
        runners.subList(before, runners.size()).clear();
        leaveOut(
            ErrorKind.WRONG_ID,
            "requested %s, received %s".formatted(day, ProfileDecoder.excerpt(otherDay.get())));
      } else if (!listed) {
        leaveOut(ErrorKind.MALFORMED, "the runners of a race are no list");
      }
    }

    private void leaveOut(ErrorKind kind, String reason) {
      leftOut++;
      lastLeftOut = new RacecardResponse.RacecardFlaw(kind, reason);
      flaw(kind, reason);
    }

    private void runner() {
      if (json.currentToken() != JsonToken.START_OBJECT) {
        json.skipChildren();
        flaw(ErrorKind.MALFORMED, "a runner is no object");
        return;
      }
      JsonValues<RunnerField> values =
          JsonValues.read(json, RunnerField.class, RunnerField.BY_NAME, runnerDrift);
      values.absent().forEach(field -> drift.missing(runnerDrift.path() + field.jsonName()));
      String id = values.get(RunnerField.HORSE_ID);
      Optional<HorseId> horse = id == null ? Optional.empty() : HorseId.fromApi(id);
      if (horse.isEmpty()) {
        flaw(
            ErrorKind.REJECTED_VALUE,
            id == null
                ? "a runner has no id"
                : "a runner has no valid ID: " + ProfileDecoder.excerpt(id));
      } else if (runners.size() == MOST_RUNNERS) {
        throw new NotRacecards(ErrorKind.TOO_LARGE, "more than " + MOST_RUNNERS + " runners");
      } else {
        runners.add(new RacecardRunner(horse.get(), RunnerField.profile(values)));
      }
    }

    private void flaw(ErrorKind kind, String message) {
      if (flaws.size() < MOST_FLAWS) {
        flaws.add(new RacecardResponse.RacecardFlaw(kind, message));
      }
    }

    private static void expect(@Nullable JsonToken is, JsonToken wanted, String otherwise) {
      if (is != wanted) {
        throw new NotRacecards(otherwise);
      }
    }
  }
}

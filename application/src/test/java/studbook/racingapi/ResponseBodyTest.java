package studbook.racingapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import studbook.model.ErrorKind;
import studbook.model.Field;
import studbook.model.RawProfile;
import studbook.model.RawProfile.RawParent;
import studbook.model.RejectedValue;

/** What the body of an answer may be, byte by byte. */
class ResponseBodyTest extends ApiClientTestBase {

  @Test
  void bodiesThatAreNoProfile() throws Exception {
    assertMalformed(ask(ok("")), ErrorKind.MALFORMED, "empty");
    assertMalformed(ask(ok("   \n ")), ErrorKind.MALFORMED, "empty");
    assertMalformed(ask(ok("null")), ErrorKind.MALFORMED, "no JSON object: null");
    assertMalformed(ask(ok("[]")), ErrorKind.MALFORMED, "no JSON object: []");
    assertMalformed(ask(ok("{}")), ErrorKind.MALFORMED, "no id");
    assertMalformed(
        ask(ok("<!DOCTYPE html><html>\u001b[31mDown\u009b31m\u202e")),
        ErrorKind.MALFORMED,
        "no JSON object: <!DOCTYPE html>");
    assertMalformed(ask(ok(PROFILE + PROFILE)), ErrorKind.MALFORMED, "");
    assertMalformed(ask(ok(PROFILE.substring(0, 30))), ErrorKind.MALFORMED, "");
    assertMalformed(
        ask(ok("{\"id\":\"hrs_4711\",\"dob\":\"2017-04-02\",\"dob\":\"2018-04-02\"}")),
        ErrorKind.MALFORMED,
        "uplicate");
    assertMalformed(
        ask(ok("{\"id\":\"hrs_4711\",\"more\":{\"a\":1,\"a\":2}}")),
        ErrorKind.MALFORMED,
        "uplicate");
    assertMalformed(
        ask(ok("{\"id\":\"hrs_4711\",\"more\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}")),
        ErrorKind.MALFORMED,
        "depth");
    assertMalformed(
        ask(ok("{\"id\":\"hrs_4711\",\"name\":\"raw \0 zero\"}")), ErrorKind.MALFORMED, "");
    assertMalformed(
        ask(ok(PROFILE.replace("4711", "4712"))),
        ErrorKind.WRONG_ID,
        "requested hrs_4711, received hrs_4712");
    assertMalformed(
        ask(ok(PROFILE.replace("hrs_4711", "\\u001b[2Jhrs_1"))), ErrorKind.WRONG_ID, "[2Jhrs_1");
  }

  @Test
  void anEscapedZeroIsForTheInspectionToLeaveOut() throws Exception {
    RawServer server =
        opened(RawServer.answering(ok("{\"id\":\"hrs_4711\",\"breeder\":\"a\\u0000b\"}")));
    assertThat(api(server.base(), TIMEOUT).fetchProfile(HORSE, Endpoint.PRO).response())
        .isInstanceOfSatisfying(
            ProfileResponse.Found.class,
            found -> assertThat(found.profile().breeder()).isEqualTo("a\0b"));
  }

  @Test
  void aNumberIsAnIdOrADayAndNoOtherTypeIsMadeAText() throws Exception {
    String body =
        """
        {"id": 4711, "dob": 20150304, "name": ["list"], "sex": 7, "colour": {"name": "bay"},
         "sire": false, "sire_id": 31, "dam_id": true, "damsire_id": 1e3, "damsire": null}
        """;
    RacingApi api = api(opened(RawServer.answering(ok(body))).base(), TIMEOUT);
    assertThat(api.fetchProfile(HORSE, Endpoint.PRO).response())
        .isInstanceOfSatisfying(
            ProfileResponse.Found.class,
            found ->
                assertThat(found.profile())
                    .isEqualTo(
                        new RawProfile(
                            null,
                            "20150304",
                            null,
                            null,
                            null,
                            null,
                            null,
                            new RawParent("31", null),
                            new RawParent(null, null),
                            new RawParent(null, null),
                            List.of(
                                new RejectedValue(Field.REGION, "a list", "name is no text"),
                                new RejectedValue(Field.SEX, "a number", "sex is no text"),
                                new RejectedValue(Field.COLOUR, "an object", "colour is no text"),
                                new RejectedValue(Field.SIRE, "true or false", "sire is no text"),
                                new RejectedValue(
                                    Field.DAM_ID, "true or false", "dam_id is no text"),
                                new RejectedValue(
                                    Field.DAMSIRE_ID, "a number", "damsire_id is no text")))));
  }

  @Test
  void theFieldsOfAnAnswerAreCountedAndUnknownOnesNamed() throws Exception {
    String body =
        "{\"id\":\"%s\",\"trainer\":{\"name\":[1]},\"dob\":\"2020-02-02\",\"sire\":\"\"}"
            .formatted(HORSE.text());
    RacingApi api = api(opened(RawServer.answering(ok(body))).base(), TIMEOUT);
    assertThat(api.fetchProfile(HORSE, Endpoint.PRO).response())
        .isInstanceOf(ProfileResponse.Found.class);
    assertThat(api.fields().counts())
        .contains(
            new FieldCounter.FieldPresence(Endpoint.PRO, "dob", 1, 1),
            new FieldCounter.FieldPresence(Endpoint.PRO, "sire", 1, 0));
    assertThat(api.drift().unknownFields("pro")).containsExactly("trainer");
    assertThat(api.traffic().count()).isEqualTo(new RequestCounters.SecondCount(1, 0, 1));
  }

  @Test
  void bytesThatAreNoUtf8() throws Exception {
    RawServer latin =
        opened(
            new RawServer((socket, out) -> {
              byte[] body =
                  PROFILE.replace("Harbour", "H\u00e5rbour").getBytes(StandardCharsets.ISO_8859_1);
              out.write(head("200 OK", body.length).getBytes(StandardCharsets.UTF_8));
              out.write(body);
            }));
    assertMalformed(ask(latin, TIMEOUT), ErrorKind.MALFORMED, "not UTF-8");
    RawServer packed =
        opened(
            new RawServer((socket, out) -> {
              var bytes = new java.io.ByteArrayOutputStream();
              try (var gzip = new java.util.zip.GZIPOutputStream(bytes)) {
                gzip.write(PROFILE.getBytes(StandardCharsets.UTF_8));
              }
              out.write(
                  ("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: "
                          + bytes.size()
                          + "\r\n\r\n")
                      .getBytes(StandardCharsets.UTF_8));
              out.write(bytes.toByteArray());
            }));
    assertMalformed(ask(packed, TIMEOUT), ErrorKind.MALFORMED, "not UTF-8");
  }

  @Test
  void aBodyShorterThanItsLengthIsCutOff() throws Exception {
    assertMalformed(ask(head("200 OK", 1_000) + PROFILE), ErrorKind.MALFORMED, "cut off");
    assertMalformed(
        ask("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\n{\"id\":\"hrs"),
        ErrorKind.MALFORMED,
        "cut off");
  }

  @Test
  void aBodyTooLargeIsGivenUpWhenItIs() throws Exception {
    AtomicLong sent = new AtomicLong();
    for (String headText :
        List.of(head("200 OK", 2_000_000_000L), "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")) {
      sent.set(0);
      RawServer server =
          opened(
              new RawServer((socket, out) -> {
                out.write(headText.getBytes(StandardCharsets.UTF_8));
                byte[] chunk = new byte[100_000];
                java.util.Arrays.fill(chunk, (byte) '[');
                while (sent.addAndGet(chunk.length) < 2_000_000_000L) {
                  out.write(chunk);
                }
              }));
      assertMalformed(ask(server, TIMEOUT), ErrorKind.TOO_LARGE, "larger than 5000000 bytes");
      assertThat(sent.get())
          .as("read no further than what lies in the sockets' buffers")
          .isLessThan(30_000_000);
    }
  }
}

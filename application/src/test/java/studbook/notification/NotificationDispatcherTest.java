package studbook.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import studbook.model.PauseCause;
import studbook.notification.WebhookConfig.WebhookFormat;
import studbook.security.Secret;
import studbook.store.TestStore;
import studbook.store.notification.NotificationRepository;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class NotificationDispatcherTest {

  private static final TestStore STORE = TestStore.fresh();

  private WebhookServer server;

  @AfterAll
  static void closeStore() {
    STORE.close();
  }

  @BeforeEach
  void open() throws Exception {
    STORE.reset();
    STORE.horses(3);
    server = new WebhookServer();
  }

  @AfterEach
  void close() {
    server.close();
  }

  private NotificationDispatcher dispatcher() {
    WebhookConfig webhook =
        new WebhookConfig(
            Secret.of(server.url("/hook")),
            WebhookFormat.JSON,
            Optional.of(Secret.of("key")),
            Optional.empty());
    return new NotificationDispatcher(
        STORE.jdbi, new NotificationConfig(Optional.of(webhook), Optional.empty()).channels());
  }

  private List<String> texts() {
    return server.received.stream()
        .map(request -> JsonMapper.shared().readTree(request.body()).path("text").stringValue())
        .toList();
  }

  private static void letTimePass() {
    STORE.sql("UPDATE studbook.notification SET next_attempt_at = clock_timestamp()");
  }

  @Test
  void pausesFailuresAndTheEndOfARunAreNotifiedOnce() throws Exception {
    long run = STORE.plan();
    dispatcher().tick();
    assertThat(texts()).as("a plan is no event to notify").isEmpty();
    STORE.runStates.pause(
        run, STORE.me, PauseCause.API, "the API is \u001b[2J down", Optional.empty());
    dispatcher().tick();
    dispatcher().tick();
    assertThat(texts())
        .containsExactly("Run 1 is paused: the API is \uFFFD[2J down".replace("1", "" + run));
    STORE.runStates.resume(run, STORE.me, "it is up");
    STORE.runStates.leave(
        run, STORE.me, Optional.of(PauseCause.CREDENTIALS), "The Racing API answered 401");
    STORE.sql(
        "INSERT INTO studbook.run_event (run_id, event) VALUES (?, 'finished'), (?, 'resumed')",
        run,
        run);
    dispatcher().tick();
    assertThat(texts())
        .hasSize(3)
        .contains(
            "Run %d is stopped because of an error: The Racing API answered 401".formatted(run),
            "Run %d is finished: 0 of 3 horses enriched, 0 failed.".formatted(run));
  }

  private static void review(long number, @Nullable Long run, String state, String age) {
    STORE.sql(
        """
        INSERT INTO studbook.review (horse_id, field, new_value, source, run_id, state, raised_at)
        VALUES ('hrs_' || ?, 'dob', '2009-01-01', 'pro', ?, ?, clock_timestamp() - ?::interval)
        """,
        number,
        run,
        state,
        age);
  }

  private List<String> reviewTexts() {
    return texts().stream().filter(text -> text.startsWith("Suspicious")).toList();
  }

  @Test
  void reviewsOfARunAreNotifiedOnceWhenItEnds() throws Exception {
    long run = STORE.plan();
    review(1, run, "waiting", "0");
    review(2, run, "waiting", "0");
    review(3, run, "accepted", "0");
    dispatcher().tick();
    assertThat(server.received).as("the run works").isEmpty();
    STORE.runStates.leave(run, STORE.me, Optional.empty(), "stopped by a signal");
    dispatcher().tick();
    dispatcher().tick();
    assertThat(reviewTexts())
        .containsExactly(
            "Suspicious changes that wait for a decision: 2 of run %d. `studbook review` lists them."
                .formatted(run));
    STORE.sql("INSERT INTO studbook.run_event (run_id, event) VALUES (?, 'restarted')", run);
    review(4, run, "waiting", "0");
    STORE.sql("INSERT INTO studbook.run_event (run_id, event) VALUES (?, 'finished')", run);
    dispatcher().tick();
    assertThat(reviewTexts())
        .as("only those that are new")
        .hasSize(2)
        .last()
        .asString()
        .contains("decision: 1 of run " + run);
  }

  @Test
  void reviewsOfRacecardsAreNotifiedOnceAnHour() throws Exception {
    review(1, null, "waiting", "0");
    dispatcher().tick();
    assertThat(server.received).as("the hour is not over").isEmpty();
    review(2, null, "waiting", "70 minutes");
    dispatcher().tick();
    dispatcher().tick();
    assertThat(reviewTexts())
        .containsExactly(
            "Suspicious changes that wait for a decision: 1 of racecards that `studbook discover`"
                + " read. `studbook review` lists them.");
  }

  @Test
  void aStopByAPersonIsNotNotified() throws Exception {
    long run = STORE.plan();
    STORE.runStates.leave(run, STORE.me, Optional.empty(), "stopped by a signal");
    dispatcher().tick();
    assertThat(server.received).isEmpty();
  }

  @Test
  void theBodyIsSignedAndHasTheId() throws Exception {
    dispatcher().add(NotificationEvent.VALIDATION_FAILED, "2026-11-27", Optional.of(7L), "no");
    dispatcher().tick();
    WebhookServer.Received request = server.received.getFirst();
    assertThat(request.signature())
        .contains(
            WebhookChannel.signature(
                Secret.of("key"), request.body().getBytes(StandardCharsets.UTF_8)));
    JsonNode body = JsonMapper.shared().readTree(request.body());
    assertThat(body.path("id").stringValue()).isEqualTo(request.delivery().orElseThrow());
    assertThat(body.path("event").stringValue()).isEqualTo("validation_failed");
    assertThat(body.path("run_id").longValue()).isEqualTo(7);
    assertThat(body.has("occurred_at")).isTrue();
  }

  /** From RFC 4231, test case 2. */
  @Test
  void signaturesAreThoseOfTheStandard() {
    assertThat(
            WebhookChannel.signature(
                Secret.of("Jefe"), "what do ya want for nothing?".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  }

  @Test
  void aRefusedNotificationIsSentAgainLaterWithTheSameId() throws Exception {
    server.status = 503;
    NotificationDispatcher first = dispatcher();
    first.add(NotificationEvent.REVIEW_WAITING, "1", Optional.empty(), "3 changes wait.");
    first.tick();
    first.tick();
    assertThat(server.received).as("not before its time").hasSize(1);
    assertThat(STORE.value("SELECT error_message FROM studbook.notification"))
        .startsWith("http://127.0.0.1:")
        .endsWith("/… answered 503");
    letTimePass();
    server.status = 200;
    dispatcher().tick(); // as a process that starts later
    letTimePass();
    dispatcher().tick();
    assertThat(server.received)
        .hasSize(2)
        .extracting(request -> request.delivery().orElseThrow())
        .containsOnly(STORE.value("SELECT notification_id FROM studbook.notification"));
    assertThat(STORE.value("SELECT state FROM studbook.notification")).isEqualTo("sent");
  }

  @Test
  void aProcessThatDiedWhileSendingLosesNothing() throws Exception {
    NotificationDispatcher dispatcher = dispatcher();
    dispatcher.add(NotificationEvent.SCHEDULE_MISSED, "1", Optional.empty(), "missed");
    assertThat(
            new NotificationRepository(STORE.jdbi).claim(List.of("webhook"), Duration.ofMinutes(2)))
        .isPresent();
    dispatcher.tick();
    assertThat(server.received).isEmpty();
    letTimePass();
    dispatcher.tick();
    assertThat(texts()).containsExactly("missed");
  }

  @Test
  void severalProcessesSendEachOnce() throws Exception {
    for (int i = 0; i < 15; i++) {
      dispatcher().add(NotificationEvent.SCHEDULE_MISSED, "" + i, Optional.empty(), "missed " + i);
      dispatcher().add(NotificationEvent.SCHEDULE_MISSED, "" + i, Optional.empty(), "again " + i);
    }
    CountDownLatch start = new CountDownLatch(1);
    List<Thread> processes =
        List.of(1, 2, 3).stream()
            .map(_ ->
                Thread.ofVirtual()
                    .start(() -> {
                      try {
                        start.await();
                        dispatcher().tick();
                      } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                      }
                    }))
            .toList();
    start.countDown();
    for (Thread process : processes) {
      process.join();
    }
    assertThat(texts())
        .hasSize(15)
        .doesNotHaveDuplicates()
        .allMatch(text -> text.startsWith("missed"));
  }

  @Test
  void afterADayOfFailuresItIsGivenUp() throws Exception {
    server.status = 500;
    dispatcher().add(NotificationEvent.SCHEDULE_MISSED, "1", Optional.empty(), "missed");
    STORE.sql("UPDATE studbook.notification SET attempt_count = 31");
    dispatcher().tick();
    letTimePass();
    dispatcher().tick();
    assertThat(server.received).hasSize(1);
    assertThat(STORE.value("SELECT state FROM studbook.notification")).isEqualTo("failed");
  }

  @Test
  void delaysGrowToAnHour() {
    assertThat(NotificationDispatcher.delay(1)).isEqualTo(Duration.ofSeconds(10));
    assertThat(NotificationDispatcher.delay(4)).isEqualTo(Duration.ofSeconds(80));
    assertThat(NotificationDispatcher.delay(31)).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void withoutReceiversNothingIsStored() throws Exception {
    long run = STORE.plan();
    STORE.runStates.pause(run, STORE.me, PauseCause.API, "down", Optional.empty());
    new NotificationDispatcher(STORE.jdbi, List.of()).tick();
    assertThat(STORE.value("SELECT count(*) FROM studbook.notification")).isEqualTo("0");
  }
}
